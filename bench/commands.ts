import { writeFileSync } from 'node:fs';
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

/**
 * Bundles the command as people install it; `lockWithPyplan` runs the bundle.
 *
 * @param knownDependencies a table in place of the command's own; empty: none
 */
export async function buildPyplan(knownDependencies: string | null = null): Promise<void> {
  const home = join(root, 'packages', 'pyplan');
  await run(process.execPath, [join(home, 'build.ts')]);
  if (knownDependencies === null) return;
  writeFileSync(join(home, 'dist', 'command', 'known-dependencies.txt'), knownDependencies);
}

/** A program and what it is given. */
export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
}

/** `pyplan lock` as a process of its own, with a cache directory. */
export function lockWithPyplan(set: RequirementSet, index: Index, cache: string): Promise<void> {
  const { program, args } = pyplanLock(set, index, cache);
  return run(program, args);
}

/** `uv pip compile` with the same question, as a process of its own, with a cache directory. */
export function lockWithUv(set: RequirementSet, index: Index, cache: string, peers: Peers): Promise<void> {
  const { program, args } = uvCompile(set, index, cache, peers);
  return run(program, args);
}

const pyplanTarget = [
  ...['--python', benchTarget.python, '--platform', benchTarget.platform],
  ...['--format', 'requirements'],
];
const uvTarget = ['--python-version', benchTarget.python, '--python-platform', benchTarget.platform];

/** @param target arguments that say which targets, and in which format; by default the bench's */
export function pyplanLock(
  set: RequirementSet,
  index: Index,
  cache: string,
  target: readonly string[] = pyplanTarget,
): Invocation {
  const program = process.execPath;
  const bundle = join(root, 'packages', 'pyplan', 'dist', 'pyplan.cjs');
  const args = [
    ...[bundle, 'lock', set.path, ...target],
    ...['--only-binary', ':all:', '--exclude-newer', index.cutoff, '--index-url', index.url],
    ...['--cache-dir', cache, '-q'],
  ];
  return { program, args };
}

/** @param target arguments that say which targets; by default the bench's */
export function uvCompile(
  set: RequirementSet,
  index: Index,
  cache: string,
  peers: Peers,
  target: readonly string[] = uvTarget,
): Invocation {
  const args = [
    ...['pip', 'compile', set.path, '--no-build', '--no-config', '--generate-hashes', '-q'],
    // Naming an interpreter spares uv the search for one.
    ...['--python', peers.program('python'), ...target],
    ...['--exclude-newer', index.cutoff, '--index-url', index.url, '--cache-dir', cache],
  ];
  return { program: peers.program('uv'), args };
}

/** Runs a resolver to its end; a set without a solution ends with 1, which is an answer too. */
export function run(program: string, args: readonly string[]): Promise<void> {
  return runProgram(program, args, [0, 1]);
}
