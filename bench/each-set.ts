import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mirror, startMirror } from '../test/support/mirror.ts';
import { type BenchOptions, cutoff } from './bench.ts';
import { buildPyplan, type Index } from './commands.ts';
import { findPeers, type Peers } from './peers.ts';
import { type RequirementSet, requirementSets } from './sets.ts';

/** What a measurement of one set stands on. */
export interface Bed {
  readonly mirror: Mirror;
  readonly index: Index;
  readonly peers: Peers;
}

/** Measures each asked set over the recorded index, one after the other, with the command built before. */
export async function eachSet<T>(
  options: BenchOptions,
  measure: (set: RequirementSet, bed: Bed) => Promise<T>,
): Promise<readonly T[]> {
  const peers = findPeers();
  await buildPyplan(options.knownDependencies);
  const mirror = await startMirror(options.snapshot, { latencyMs: options.latencyMs });
  const bed: Bed = { mirror, index: { url: mirror.indexUrl, cutoff }, peers };
  const results: T[] = [];
  try {
    for (const set of requirementSets(options.sets, options.names)) {
      results.push(await measure(set, bed));
      options.progress(set.name);
    }
  } finally {
    await mirror.close();
  }
  return results;
}

/** A directory for as long as `use` takes. */
export async function withScratch<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'pyplan-bench-'));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
