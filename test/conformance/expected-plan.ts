import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ResolveOptions } from '@pyplan/resolver';
import { CaseFileError, readText } from '../support/case-files.ts';

/** A recorded answer of uv or pip (`expected/<set>.<target>[.pip].json`). */
interface ExpectedFile {
  readonly set: string;
  readonly target: string;
  readonly tool: string;
  /** uv's; pip's files have none. */
  readonly args?: readonly string[];
  readonly cutoff: string;
  readonly ok: boolean;
  readonly error_text: string;
  readonly pins: Readonly<Record<string, string | readonly string[]>>;
  /** Pins with markers, of universal answers. */
  readonly lines?: readonly string[];
}

/** A recorded answer with what it answers. */
export interface ExpectedPlan {
  /** The file's name without `.json`. */
  readonly id: string;
  readonly set: string;
  readonly target: string;
  readonly tool: string;
  readonly universal: boolean;
  readonly python: string;
  readonly platform: string;
  readonly mode: ResolveOptions['mode'];
  readonly prerelease: ResolveOptions['prerelease'];
  /** Milliseconds since the epoch. */
  readonly cutoff: number;
  readonly ok: boolean;
  readonly errorText: string;
  readonly pins: ReadonlyMap<string, string>;
  /** Pins with markers; none where the answer is for one target. */
  readonly lines: readonly string[];
}

/** The recorded answers of a snapshot, sorted by file name. */
export function* expectedPlans(directory: string): Generator<ExpectedPlan> {
  const folder = join(directory, 'expected');
  const files = readdirSync(folder).filter((name) => /\.json(?:\.gz)?$/.test(name));
  if (files.length === 0) throw new CaseFileError(`${folder} holds no recorded answers`);
  for (const name of files.sort()) {
    const file: ExpectedFile = JSON.parse(readText(join(folder, name)));
    yield expectedPlan(name.replace(/\.json(?:\.gz)?$/, ''), file);
  }
}

function expectedPlan(id: string, file: ExpectedFile): ExpectedPlan {
  const args = file.args ?? [];
  const option = (name: string): string | null => args[args.indexOf(name) + 1 || args.length] ?? null;
  return {
    id,
    set: file.set,
    target: file.target,
    tool: file.tool,
    universal: args.includes('--universal'),
    python: option('--python-version') ?? pythonOf(file.target),
    platform: option('--python-platform') ?? file.target.split('-')[1] ?? 'linux',
    mode: modeOf(option('--resolution')),
    prerelease: prereleaseOf(option('--prerelease')),
    cutoff: Date.parse(file.cutoff),
    ok: file.ok,
    errorText: file.error_text,
    lines: file.lines ?? [],
    pins: new Map(
      Object.entries(file.pins).flatMap(([name, version]) =>
        typeof version === 'string' ? [[name, version] as const] : [],
      ),
    ),
  };
}

/** The Python that a target's name stands for; 3.11 is the 3.11.7 that ran pip (snapshot/README.md). */
function pythonOf(target: string): string {
  const [, minor = ''] = /^py3(\d+)/.exec(target) ?? [];
  return minor === '11' ? '3.11.7' : `3.${minor}`;
}

function modeOf(resolution: string | null): ResolveOptions['mode'] {
  switch (resolution) {
    case null:
    case 'highest':
      return 'highest';
    case 'lowest':
    case 'lowest-direct':
      return resolution;
    default:
      throw new CaseFileError(`there is no resolution mode ${resolution}`);
  }
}

function prereleaseOf(prerelease: string | null): ResolveOptions['prerelease'] {
  switch (prerelease) {
    case null:
      return 'if-necessary-or-explicit';
    case 'disallow':
    case 'allow':
    case 'if-necessary':
    case 'explicit':
    case 'if-necessary-or-explicit':
      return prerelease;
    default:
      throw new CaseFileError(`there is no pre-release mode ${prerelease}`);
  }
}
