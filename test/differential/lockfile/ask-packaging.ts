import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A lock as text, and environments to select for. */
export interface OracleRequest {
  readonly text: string;
  readonly cases: readonly object[];
}

/**
 * What `packaging.pylock` answers: for each lock `{invalid}`, or a list with an answer for each case.
 *
 * `peers` is a virtual environment that has packaging 26.
 */
export function askPackaging(peers: string, requests: readonly OracleRequest[]): readonly unknown[] {
  const oracle = join(import.meta.dirname, 'packaging_oracle.py');
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const options = { input, encoding: 'utf8', maxBuffer: 1 << 30 } as const;
  const run = spawnSync(join(peers, 'bin/python'), [oracle], options);
  if (run.status !== 0) throw new Error(`the oracle failed: ${run.stderr || run.error?.message}`);
  return run.stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}
