import {
  compareVersions,
  parseSpecifierSet,
  parseVersion,
  specifierSetContains,
  type Version,
} from '@pyplan/markers';
import { InputError } from './input-error.ts';

/** What is known of the Python that a project is for. */
export interface ProjectPython {
  /** The text of `.python-version`, with its name; null where there is none. */
  readonly versionFile: { readonly text: string; readonly source: string } | null;
  /** `requires-python` of the project or script; null where there is none. */
  readonly requiresPython: { readonly text: string; readonly source: string } | null;
}

/** A default, and in words where it came from. */
export interface Assumption {
  readonly value: string;
  readonly reason: string;
}

/**
 * The Python to plan for where the user names none: the project's `.python-version`, else the lowest
 * that its `requires-python` allows, else the newest released one. No interpreter is run to find out.
 *
 * @param released the minor versions that are out, oldest first.
 * @throws InputError where the project's own words can't be read or met.
 */
export function assumePython(project: ProjectPython, released: readonly string[]): Assumption {
  const { versionFile, requiresPython } = project;
  const fromFile = versionFile === null ? null : readPythonVersionFile(versionFile.text, versionFile.source);
  if (fromFile !== null) return { value: fromFile, reason: `from ${versionFile?.source ?? ''}` };
  if (requiresPython !== null) {
    const lowest = lowestPython(requiresPython.text, requiresPython.source, released);
    return { value: lowest, reason: `the lowest that requires-python ${requiresPython.text} allows` };
  }
  return { value: released.at(-1) ?? '', reason: 'the newest released' };
}

/**
 * The version in a `.python-version` file as pyenv and uv write it: its first line that is neither
 * empty nor a comment, `3.12`, `3.12.4` or `cpython-3.12`. Null where the file names no version.
 */
export function readPythonVersionFile(text: string, source: string): string | null {
  const lines = text.split(/\r\n|\r|\n/);
  const index = lines.findIndex((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const line = lines[index]?.trim();
  if (line === undefined || line === 'system') return null;
  const match = /^(?:cpython|python)?[-@]?(\d+\.\d+(?:\.\d+)?)/i.exec(line);
  if (match?.[1] !== undefined) return match[1];
  throw new InputError(`Can't read ${JSON.stringify(line)} as a version of CPython`, {
    place: { source, line: index + 1 },
    hint: 'Expected 3.12 or 3.12.4; --python takes precedence',
  });
}

/** @throws InputError where no released Python fits. */
function lowestPython(text: string, source: string, released: readonly string[]): string {
  const set = parseRequiresPython(text, source);
  // A bound such as >=3.9.1 allows a patch release before the next minor one.
  const named = [...text.matchAll(/\d+\.\d+\.\d+/g)].flatMap(([version]) => [version, nextPatch(version)]);
  const candidates = [...released, ...named]
    .map((candidate) => ({ candidate, version: parseVersion(candidate) }))
    .toSorted((a, b) => compareVersions(a.version, b.version));
  const lowest = candidates.find(({ version }) => specifierSetContains(set, version));
  if (lowest !== undefined) return lowest.candidate;
  throw new InputError(`No released Python fits requires-python ${JSON.stringify(text)}`, {
    place: { source },
    hint: `Released are ${released[0] ?? ''} to ${released.at(-1) ?? ''}; name one with --python`,
  });
}

function nextPatch(version: string): string {
  const [major, minor, patch] = version.split('.');
  return `${major ?? '3'}.${minor ?? '0'}.${Number(patch ?? '0') + 1}`;
}

function parseRequiresPython(text: string, source: string): ReturnType<typeof parseSpecifierSet> {
  try {
    return parseSpecifierSet(text);
  } catch (error) {
    throw new InputError(
      `Can't read requires-python: ${error instanceof Error ? error.message : String(error)}`,
      {
        place: { source },
        cause: error,
      },
    );
  }
}

/** Whether a Python, by its full version, is one that `requires-python` allows. */
export function allowsPython(text: string, source: string, python: string): boolean {
  const version: Version = parseVersion(python);
  return specifierSetContains(parseRequiresPython(text, source), version, { prereleases: true });
}

/** As Node's `process.platform` and `process.arch`, and whether its C library is musl (asked on Linux alone). */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly musl: () => boolean;
}

/**
 * The machine's own platform, in the words of `--platform`.
 *
 * @throws InputError for a machine that is none of those that Python wheels are built for.
 */
export function assumePlatform(machine: Machine): Assumption {
  const value = platformName(machine);
  if (value !== null) return { value, reason: "this machine's" };
  throw new InputError(`There is no platform name for this machine (${machine.platform} ${machine.arch})`, {
    hint: 'Name one: --platform linux',
  });
}

const archNames: Readonly<Record<string, string>> = {
  x64: 'x86_64',
  arm64: 'aarch64',
  ppc64: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
  arm: 'armv7',
};

function platformName(machine: Machine): string | null {
  const arch = archNames[machine.arch];
  if (arch === undefined) return null;
  switch (machine.platform) {
    case 'linux': {
      const libc = machine.musl() ? 'musl' : 'gnu';
      if (arch === 'x86_64' && libc === 'gnu') return 'linux';
      return `${arch}-unknown-linux-${libc}`;
    }
    case 'darwin':
      return arch === 'aarch64' ? 'macos' : 'x86_64-apple-darwin';
    case 'win32':
      return arch === 'x86_64' ? 'windows' : 'aarch64-pc-windows-msvc';
    default:
      return null;
  }
}
