import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRequirementSet } from '../test/support/requirement-set.ts';
import type { Index } from './commands.ts';
import { median } from './measure.ts';
import type { Peers } from './peers.ts';
import type { RequirementSet } from './sets.ts';

/** nab is given up after so long, in milliseconds. */
const limit = 60_000;

/** The targets of the comparison as nab calls them. */
const matrix = { python: '>=3.10,<3.15', platforms: ['linux_x86_64', 'macos_arm64', 'windows_amd64'] };

/**
 * The median time of `nab lock` of a matrix over a full cache, in milliseconds; null where a run takes longer than
 * the limit. A matrix without a solution is an answer, too.
 */
export async function nabMatrix(
  set: RequirementSet,
  index: Index,
  scratch: string,
  peers: Peers,
  runs: number,
): Promise<number | null> {
  const project = join(scratch, 'nab');
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'pyproject.toml'), projectFile(set, index));
  const args = ['-q', 'lock', '--cache-dir', join(scratch, 'nab-cache'), 'pyproject.toml'];
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const start = performance.now();
    if (!(await endsInTime(peers.program('nab'), args, project))) return null;
    // The first one fills the cache.
    if (run > 0) times.push(performance.now() - start);
  }
  return median(times);
}

/** Text in JSON is text in TOML. */
function projectFile(set: RequirementSet, index: Index): string {
  const { requirements } = readRequirementSet(set.path);
  const dependencies = requirements.map(({ requirement }) => requirement.text);
  return [
    '[project]',
    'name = "bench"',
    'version = "0"',
    'requires-python = ">=3.10"',
    `dependencies = ${JSON.stringify(dependencies)}`,
    '[tool.nab]',
    'mode = "universal"',
    'dist-policy = "wheel-only"',
    `uploaded-prior-to = ${JSON.stringify(index.cutoff)}`,
    '[[tool.nab.indexes]]',
    'name = "bench"',
    `url = ${JSON.stringify(`${index.url}/`)}`,
    '[tool.nab.matrix]',
    `python = ${JSON.stringify(matrix.python)}`,
    `platforms = ${JSON.stringify(matrix.platforms)}`,
    '',
  ].join('\n');
}

/** Whether a program ends within the limit; else it is killed. */
function endsInTime(program: string, args: readonly string[], directory: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: directory,
      stdio: 'ignore',
      timeout: limit,
      killSignal: 'SIGKILL',
    });
    child.once('error', reject);
    child.once('close', (_, signal) => resolve(signal === null));
  });
}
