import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../packages/pyplan/src/command/main.ts';
import type { ExplanationCase } from './case.ts';

/** What a tool told of a case. */
export interface Told {
  readonly code: number;
  /** Standard error, and standard output where something was refused; no trailing space. */
  readonly text: string;
}

/** Gives a case's files a directory for as long as `run` takes. */
export async function inCaseDirectory<T>(
  { files }: ExplanationCase,
  run: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'pyplan-explanations-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The arguments of pyplan for a case, but for where the index is. */
export function pyplanArguments(each: ExplanationCase): readonly string[] {
  const { python = '3.12', platform = 'linux', sources = ['requirements.in'], pyplan = [] } = each;
  const own = pyplan.includes('--python') ? [] : ['--python', python];
  const binary = each.sdists === true ? [] : ['--only-binary', ':all:'];
  return ['lock', ...sources, ...own, '--platform', platform, ...binary, ...(each.options ?? []), ...pyplan];
}

/** Runs pyplan in this process, over the index that `index` names (`--snapshot DIR` or `--index-url URL`). */
export async function tellByPyplan(
  each: ExplanationCase,
  index: readonly string[],
  more: readonly string[] = [],
): Promise<Told> {
  return await inCaseDirectory(each, async (cwd) => {
    let stdout = '';
    let stderr = '';
    const stream = (write: (text: string) => void) => ({ isTTY: false, columns: null, write });
    const code = await main([...pyplanArguments(each), ...index, '--color', 'never', ...more], {
      env: { HOME: cwd, PIP_CONFIG_FILE: '/dev/null', UV_NO_CONFIG: '1' },
      cwd,
      machine: { platform: 'linux', arch: 'x64', musl: () => false },
      now: () => Date.parse('2026-11-01T00:00:00Z'),
      readStdin: async () => '',
      stdout: stream((text) => {
        stdout += text;
      }),
      stderr: stream((text) => {
        stderr += text;
      }),
      takeMemory: () => undefined,
      signal: new AbortController().signal,
    });
    return { code, text: withoutTime(code === 0 ? stderr : stdout + stderr) };
  });
}

/** How long it took is no part of what is told. */
function withoutTime(text: string): string {
  return text.replace(/ in [\d.]+ m?s$/m, '').trimEnd();
}
