import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../support/paths.ts';
import type { OptionCase } from './cases.ts';

/** Versions by name, or that there is none. */
export type Pins = Readonly<Record<string, string>> | 'no solution';

const bin = join(root, 'packages/pyplan/src/bin.ts');

/** Runs in a directory of its own with these files. */
export async function inDirectory<T>(
  files: Readonly<Record<string, string>>,
  run: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'pyplan-options-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What a program ended with, its output, and what it complained of. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program without the settings of the machine's user. */
export function runProgram(file: string, argv: readonly string[], cwd: string): Promise<Ended> {
  const { PATH = '' } = process.env;
  const env = {
    PATH,
    HOME: cwd,
    TZ: 'UTC',
    UV_CACHE_DIR: join(tmpdir(), 'pyplan-options-uv'),
    PIP_CONFIG_FILE: '/dev/null',
  };
  return new Promise((resolve) => {
    execFile(file, [...argv], { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 70;
      resolve({ code, stdout, stderr });
    });
  });
}

/** pyplan, from its sources. */
export function runPyplan(argv: readonly string[], indexUrl: string, cwd: string): Promise<Ended> {
  const cache = ['--cache-dir', join(tmpdir(), 'pyplan-options-cache')];
  return runProgram(process.execPath, [bin, ...argv, '--index-url', indexUrl, ...cache], cwd);
}

/** uv of the peers. */
export function runUv(peers: string, argv: readonly string[], indexUrl: string, cwd: string): Promise<Ended> {
  const interpreter = ['--python', join(peers, 'bin', 'python')];
  return runProgram(
    join(peers, 'bin', 'uv'),
    [...argv, ...interpreter, '--default-index', indexUrl, '-q'],
    cwd,
  );
}

const limits = ['--exclude-newer-package', 'no-such-package=false'];

/** What pyplan locks for Python 3.12 on Linux. */
export function ourPins({ files, before, ours }: OptionCase, indexUrl: string): Promise<Pins> {
  return inDirectory(withBefore(files, before), async (cwd) => {
    const output = before === undefined ? [] : ['-o', 'out.txt', '--no-hashes'];
    const target = ['--python', '3.12', '--platform', 'linux', ...binaries(ours), ...output];
    const format = before === undefined ? ['--format', 'json'] : ['--format', 'requirements'];
    const ended = await runPyplan(['lock', ...ours, ...target, ...format, ...limits], indexUrl, cwd);
    if (ended.code === 1) return 'no solution';
    if (ended.code !== 0) throw new Error(ended.stderr);
    return before === undefined
      ? jsonPins(ended.stdout)
      : linePins(readFileSync(join(cwd, 'out.txt'), 'utf8'));
  });
}

/** What uv compiles for the same target. */
export function uvPins(
  { files, before, theirs }: OptionCase,
  peers: string,
  indexUrl: string,
): Promise<Pins> {
  return inDirectory(withBefore(files, before), async (cwd) => {
    const output = before === undefined ? [] : ['-o', 'out.txt'];
    const target = ['--python-version', '3.12', '--python-platform', 'linux', ...binaries(theirs), ...output];
    const plain = ['--no-header', '--no-annotate'];
    const ended = await runUv(peers, ['pip', 'compile', ...theirs, ...target, ...plain], indexUrl, cwd);
    if (ended.code === 1) return 'no solution';
    if (ended.code !== 0) throw new Error(ended.stderr);
    return linePins(before === undefined ? ended.stdout : readFileSync(join(cwd, 'out.txt'), 'utf8'));
  });
}

/** No package code is run by uv either, unless the case is about that. */
function binaries(argv: readonly string[]): readonly string[] {
  return argv.some((argument) => argument.endsWith('-binary')) ? [] : ['--only-binary', ':all:'];
}

function withBefore(
  files: Readonly<Record<string, string>>,
  before: string | undefined,
): Readonly<Record<string, string>> {
  return before === undefined ? files : { ...files, 'out.txt': before };
}

interface LockJson {
  readonly targets: readonly {
    readonly packages: readonly { readonly name: string; readonly version: string }[];
  }[];
}

function jsonPins(text: string): Pins {
  const { targets }: LockJson = JSON.parse(text);
  return Object.fromEntries((targets[0]?.packages ?? []).map(({ name, version }) => [name, version]));
}

/** The pins of a requirements.txt. */
export function linePins(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/^([\w.-]+)==([^\s;\\]+)/gm)]
      .map(([, name = '', version = '']) => [name, version] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** `null` where two answers agree, else how they differ. */
export function difference(ours: Pins, theirs: Pins): string | null {
  if (ours === 'no solution' || theirs === 'no solution') {
    return ours === theirs ? null : `pyplan: ${shown(ours)}; uv: ${shown(theirs)}`;
  }
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
  const wrong = names.filter((name) => ours[name] !== theirs[name]);
  if (wrong.length === 0) return null;
  return wrong.map((name) => `${name} ${ours[name] ?? 'none'} (uv: ${theirs[name] ?? 'none'})`).join(', ');
}

function shown(pins: Pins): string {
  return pins === 'no solution' ? pins : `${Object.keys(pins).length} packages`;
}
