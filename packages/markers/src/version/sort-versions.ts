import { compareVersions } from './compare-versions.ts';
import type { Version } from './version.ts';

/**
 * The versions in ascending order; equal ones stay as they stood. As `toSorted(compareVersions)` and several
 * times as fast: a radix sort by the first number of the keys, from which each version has a short way to its place.
 */
export function sortVersions(versions: readonly Version[]): Version[] {
  // So few are sorted as fast by comparing.
  const FEW = 100;
  if (versions.length >= FEW) {
    const sorted = distribute(distribute(distribute(versions, 0), 11), 22);
    if (settle(sorted)) return sorted;
  }
  return versions.toSorted(compareVersions);
}

/** The versions by the 11 bits of `high` from `shift` on; those with the same as they stood. */
function distribute(versions: readonly Version[], shift: number): Version[] {
  // No `high` is below -2 ** 30.
  const digit = ({ high }: Version): number => ((high + 0x4000_0000) >> shift) & 2047;
  const BUCKETS = 2048;
  const places = new Int32Array(BUCKETS);
  for (const version of versions) (places[digit(version)] as number)++;
  let total = 0;
  for (let index = 0; index < BUCKETS; index++) {
    const count = places[index] as number;
    places[index] = total;
    total += count;
  }
  const distributed: Version[] = new Array(versions.length);
  for (const version of versions) distributed[(places[digit(version)] as number)++] = version;
  return distributed;
}

/** Moves each version down to its place; whether that took few moves. */
function settle(sorted: Version[]): boolean {
  // How far on average a version may stand from its place before the passes are given up.
  const MOST_MOVES = 8;
  let left = sorted.length * MOST_MOVES;
  for (let end = 1; end < sorted.length && left >= 0; end++) {
    const version = sorted[end] as Version;
    let place = end;
    for (; place > 0; place--) {
      const before = sorted[place - 1] as Version;
      if (compareVersions(before, version) <= 0) break;
      sorted[place] = before;
    }
    if (place === end) continue;
    sorted[place] = version;
    left -= end - place;
  }
  return left >= 0;
}
