import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mirror, startMirror } from './mirror.ts';
import { root, shared } from './paths.ts';
import { type StaticServer, startStaticServer } from './static-server.ts';

/** An index in one of the forms that people have. */
export interface IndexForm {
  readonly name: string;
  /** Flags of the mirror, or the static web server that serves a snapshot of the set. */
  readonly served: readonly string[] | ((directory: string) => Promise<StaticServer>);
  /** Without sidecars the mirror makes wheels up, and drops their digests. */
  readonly hasDigests: boolean;
}

export const indexForms: readonly IndexForm[] = [
  { name: 'JSON', served: [], hasDigests: true },
  { name: 'HTML', served: ['--no-json'], hasDigests: true },
  { name: 'no sidecars', served: ['--no-metadata'], hasDigests: false },
  { name: 'no ranges', served: ['--no-range'], hasDigests: true },
  { name: 'snapshot behind http.server', served: startStaticServer, hasDigests: true },
];

export interface FormAnswer {
  readonly code: number;
  /** The plan as `--format json` prints it, or the kind of the error. */
  readonly plan: string;
  /** The same with the digests of files. */
  readonly withDigests: string;
}

/** Whether a form of an index gave the plan of another, byte for byte in what both tell. */
export function isSameAnswer(form: IndexForm, found: FormAnswer, expected: FormAnswer): boolean {
  const isSame = found.code === expected.code && found.plan === expected.plan;
  return isSame && (!form.hasDigests || found.withDigests === expected.withDigests);
}

const recorded = join(shared, 'snapshot');
const target = ['--python', '3.12', '--platform', 'linux', '--only-binary', ':all:'];
/** pip answers for its own Python, which is one of these. */
const snapshotTargets = ['--python', '3.12,3.11', '--platform', 'linux', '--only-binary', ':all:'];

/** Answers sets over all forms of the recorded index. */
export interface FormRunner {
  answer(form: IndexForm, set: string): Promise<FormAnswer>;
  /** Runs `use` with an index that serves the set in this form; null where no snapshot can be made. */
  withIndex<T>(form: IndexForm, set: string, use: (indexUrl: string) => Promise<T>): Promise<T | null>;
  close(): Promise<void>;
}

/** @param program the command: arguments of Node. */
export function formRunner(program: readonly string[]): FormRunner {
  const mirrors = new Map<string, Promise<Mirror>>();
  const scratch = mkdtempSync(join(tmpdir(), 'pyplan-forms-'));

  async function mirror(flags: readonly string[]): Promise<string> {
    const key = flags.join(' ');
    const started = mirrors.get(key) ?? startMirror(recorded, { flags });
    mirrors.set(key, started);
    return (await started).indexUrl;
  }

  async function withIndex<T>(
    form: IndexForm,
    set: string,
    use: (indexUrl: string) => Promise<T>,
  ): Promise<T | null> {
    if (typeof form.served !== 'function') return await use(await mirror(form.served));
    const directory = join(scratch, set);
    const from = ['--index-url', await mirror([]), '--no-cache', '-q'];
    const made = await run(program, [
      'snapshot',
      'create',
      directory,
      setPath(set),
      ...snapshotTargets,
      ...from,
    ]);
    if (made.code !== 0) return null;
    const server = await form.served(directory);
    try {
      return await use(`${server.url}simple`);
    } finally {
      await server.close();
    }
  }

  return {
    withIndex,
    answer: async (form, set) =>
      (await withIndex(form, set, async (indexUrl) => {
        const { code, stdout } = await run(program, [
          ...['lock', setPath(set), ...target, '--index-url', indexUrl, '--no-cache'],
          ...['--format', 'json', '--json', '-q'],
        ]);
        if (code !== 0) return refused(code, String(JSON.parse(stdout).error.kind));
        const [plan, withDigests] = [true, false].map((drop) => normalised(stdout, indexUrl, drop));
        return { code, plan: plan ?? '', withDigests: withDigests ?? '' };
      })) ?? refused(1, 'no-solution'),
    close: async () => {
      for (const started of mirrors.values()) await (await started).close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

function refused(code: number, kind: string): FormAnswer {
  return { code, plan: kind, withDigests: kind };
}

/** The plan with URLs relative to the index, and without the sizes of files, which no HTML page tells. */
function normalised(stdout: string, indexUrl: string, dropsDigests: boolean): string {
  const home = indexUrl.replace(/simple\/?$/, '');
  return JSON.stringify(JSON.parse(stdout), (key, value: unknown) => {
    if (key === 'size' || (dropsDigests && key === 'hashes')) return undefined;
    if (key === 'url' && typeof value === 'string' && value.startsWith(home)) return value.slice(home.length);
    return value;
  });
}

function setPath(set: string): string {
  return join(recorded, 'sets', `${set}.in`);
}

/** The command from its sources. */
export const fromSources: readonly string[] = [join(root, 'packages', 'pyplan', 'src', 'bin.ts')];

function run(
  program: readonly string[],
  args: readonly string[],
): Promise<{ readonly code: number; readonly stdout: string }> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 1 << 28, cwd: tmpdir() };
    execFile(process.execPath, [...program, ...args], options, (error, stdout) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout }),
    );
  });
}
