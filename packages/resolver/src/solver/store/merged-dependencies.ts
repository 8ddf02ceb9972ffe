import type { IncompatibilityId, PackageId } from '../incompatibility.ts';
import { type RankSet, sameRanks } from '../rank-set.ts';

/**
 * The dependency in force by dependent, dependency and ranks asked for.
 *
 * By dependent, then by dependency, then by a number worked out of the ranks; equal numbers of other ranks
 * are probed on.
 */
export type MergedDependencies = (Map<PackageId, Map<number, Merged>> | undefined)[];

interface Merged {
  readonly ranks: RankSet;
  id: IncompatibilityId;
}

/** The entry of a dependency, made with `id` where there was none. */
export function mergedEntry(
  merged: MergedDependencies,
  dependent: PackageId,
  dependency: PackageId,
  ranks: RankSet,
  id: IncompatibilityId,
): Merged {
  let ofDependent = merged[dependent];
  if (ofDependent === undefined) {
    ofDependent = new Map();
    merged[dependent] = ofDependent;
  }
  let entries = ofDependent.get(dependency);
  if (entries === undefined) {
    entries = new Map();
    ofDependent.set(dependency, entries);
  }
  for (let key = ranksKey(ranks); ; key++) {
    const entry = entries.get(key);
    if (entry === undefined) {
      const made = { ranks, id };
      entries.set(key, made);
      return made;
    }
    if (sameRanks(entry.ranks, ranks)) return entry;
  }
}

/** A small number, so that no text is made of the ranks. */
function ranksKey(ranks: RankSet): number {
  let key = ranks.length;
  for (const edge of ranks) key = (key * 31 + edge) & 0xfffffff;
  return key;
}
