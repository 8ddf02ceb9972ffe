import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/paths.ts';

export const bin: string = join(root, 'packages/pyplan/src/bin.ts');
export const exampleSnapshot: string = join(root, 'examples/snapshot');

/** What a run of the command gave. */
export interface Run {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** The program to run; by default the sources. */
  readonly program?: string;
  /** Options of Node's own, before the program. */
  readonly node?: readonly string[];
  /** Called with the process once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs the command from its sources, without colour, without the environment's own settings of indexes. */
export function pyplan(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, [...(options.node ?? []), options.program ?? bin, ...argv], {
    cwd: options.cwd ?? root,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: tmpdir(),
      PIP_CONFIG_FILE: '/dev/null',
      UV_NO_CONFIG: '1',
      NODE_COMPILE_CACHE: join(tmpdir(), 'pyplan-test-compile'),
      ...options.env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  options.onStart?.(child);
  child.stdin.end(options.stdin ?? '');
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** A directory of its own with these files, removed in the end. */
export async function inDirectory<T>(
  files: Readonly<Record<string, string>>,
  run: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'pyplan-cli-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Options that leave nothing to be assumed: the example's snapshot, Python 3.12 on Linux. */
export const offline: readonly string[] = [
  '--snapshot',
  exampleSnapshot,
  '--python',
  '3.12',
  '--platform',
  'linux',
];

/** The `error` of a `--json` run. */
export function errorOf(run: Run): Readonly<Record<string, unknown>> {
  const { error } = JSON.parse(run.stdout);
  return error;
}
