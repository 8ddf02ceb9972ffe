import { join } from 'node:path';
import { root } from '../test/support/paths.ts';
import type { Peers } from './peers.ts';
import { runProgram } from './run-program.ts';
import type { RequirementSet } from './sets.ts';

/** Where both commands look, and as of when. */
export interface Index {
  readonly url: string;
  readonly cutoff: string;
}

/** What both are asked: a lock for one target, wheels only. */
export const benchTarget = { python: '3.12', platform: 'linux' } as const;

/** Bundles the command as people install it; `lockWithPyplan` runs the bundle. */
export function buildPyplan(): Promise<void> {
  return run(process.execPath, [join(root, 'packages', 'pyplan', 'build.ts')]);
}

/** `pyplan lock` as a process of its own, with a cache directory. */
export function lockWithPyplan(set: RequirementSet, index: Index, cache: string): Promise<void> {
  return run(process.execPath, [
    join(root, 'packages', 'pyplan', 'dist', 'pyplan.js'),
    ...['lock', set.path, '--python', benchTarget.python, '--platform', benchTarget.platform],
    ...['--only-binary', ':all:', '--exclude-newer', index.cutoff, '--index-url', index.url],
    ...['--cache-dir', cache, '--format', 'requirements', '-q'],
  ]);
}

/** `uv pip compile` with the same question, as a process of its own, with a cache directory. */
export function lockWithUv(set: RequirementSet, index: Index, cache: string, peers: Peers): Promise<void> {
  return run(peers.program('uv'), [
    ...['pip', 'compile', set.path, '--no-build', '--no-config', '--generate-hashes', '-q'],
    // Naming an interpreter spares uv the search for one.
    ...['--python', peers.program('python')],
    ...['--python-version', benchTarget.python, '--python-platform', benchTarget.platform],
    ...['--exclude-newer', index.cutoff, '--index-url', index.url, '--cache-dir', cache],
  ]);
}

/** Runs a resolver to its end; a set without a solution ends with 1, which is an answer too. */
export function run(program: string, args: readonly string[]): Promise<void> {
  return runProgram(program, args, [0, 1]);
}
