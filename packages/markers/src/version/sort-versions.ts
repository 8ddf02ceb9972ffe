import { compareVersions } from './compare-versions.ts';
import type { Version } from './version.ts';

/** Buckets for each of the first three numbers of a release; all from the last one on share a bucket. */
const BUCKETS = 2048;
const LAST = BUCKETS - 1;
/** How far on average a version may stand from its place after the buckets, before they are given up. */
const MOST_MOVES = 8;

/**
 * The versions in ascending order; equal ones stay as they stood. As `toSorted(compareVersions)` and several
 * times as fast: versions go into buckets by the third, the second and the first number of their release (a radix
 * sort), and from there each has a short way to its place.
 */
export function sortVersions(versions: readonly Version[]): Version[] {
  const { length } = versions;
  const first = new Uint16Array(length);
  const second = new Uint16Array(length);
  const third = new Uint16Array(length);
  const start = new Uint16Array(length);
  if (length > 0xffff) return versions.toSorted(compareVersions);
  for (let index = 0; index < length; index++) {
    const { epoch, release } = versions[index] as Version;
    const a = epoch === 0 ? bucketOf(release[0] ?? 0) : LAST;
    const b = a === LAST ? 0 : bucketOf(release[1] ?? 0);
    first[index] = a;
    second[index] = b;
    third[index] = a === LAST || b === LAST ? 0 : bucketOf(release[2] ?? 0);
    start[index] = index;
  }
  const order = distribute(distribute(distribute(start, third), second), first);
  return settle(versions, order) ?? versions.toSorted(compareVersions);
}

function bucketOf(number: number | bigint): number {
  return typeof number === 'number' && number < LAST ? number : LAST;
}

/** The indices of `order` by their buckets; within one as they stood. */
function distribute(order: Uint16Array, buckets: Uint16Array): Uint16Array {
  const { length } = order;
  const ends = new Uint32Array(BUCKETS);
  for (let place = 0; place < length; place++) {
    const bucket = buckets[place] as number;
    ends[bucket] = (ends[bucket] as number) + 1;
  }
  let total = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = ends[bucket] as number;
    ends[bucket] = total;
    total += count;
  }
  const distributed = new Uint16Array(length);
  for (let place = 0; place < length; place++) {
    const index = order[place] as number;
    const bucket = buckets[index] as number;
    const next = ends[bucket] as number;
    ends[bucket] = next + 1;
    distributed[next] = index;
  }
  return distributed;
}

/** Moves each version down to its place; null where that takes too many moves. */
function settle(versions: readonly Version[], order: Uint16Array): Version[] | null {
  const sorted: Version[] = new Array(order.length);
  for (let place = 0; place < order.length; place++)
    sorted[place] = versions[order[place] as number] as Version;
  let left = order.length * MOST_MOVES;
  for (let end = 1; end < sorted.length; end++) {
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
    if (left < 0) return null;
  }
  return sorted;
}
