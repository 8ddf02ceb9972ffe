import type { Version, VersionNumber } from './version.ts';

/**
 * Negative, 0 or positive: the total order of versions, local parts included
 * (Version specifiers, "Summary of permitted suffixes and relative ordering").
 * Trailing zeros of the release do not count: `1.0` and `1.0.0` are equal.
 */
export function compareVersions(a: Version, b: Version): number {
  if (a.high !== b.high) return a.high - b.high;
  if (a.low !== b.low) return a.low < b.low ? -1 : 1;
  return Number.isInteger(a.low) ? 0 : compareParts(a, b);
}

/** The same order, from the parts alone. */
export function compareParts(a: Version, b: Version): number {
  return comparePublic(a, b) || compareLocals(a.local, b.local);
}

/** Whether both are equal but for their local parts. */
export function isSamePublic(a: Version, b: Version): boolean {
  return a.high === b.high && comparePublic(a, b) === 0;
}

function comparePublic(a: Version, b: Version): number {
  return (
    compareReleases(a, b) ||
    compareNumbers(preRank(a), preRank(b)) ||
    compareNumbers(a.pre?.[1] ?? 0, b.pre?.[1] ?? 0) ||
    compareNumbers(a.post ?? -1, b.post ?? -1) ||
    compareNumbers(a.dev ?? Number.POSITIVE_INFINITY, b.dev ?? Number.POSITIVE_INFINITY)
  );
}

/** Compares epochs and releases, trailing zeros aside. */
export function compareReleases(a: Version, b: Version): number {
  const byEpoch = compareNumbers(a.epoch, b.epoch);
  if (byEpoch !== 0) return byEpoch;
  const length = Math.max(a.release.length, b.release.length);
  for (let index = 0; index < length; index++) {
    const difference = compareNumbers(a.release[index] ?? 0, b.release[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareNumbers(a: VersionNumber, b: VersionNumber): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A bare development release stands before every alpha, a release without pre-release after every candidate. */
function preRank(version: Version): number {
  if (version.pre === null) return version.dev !== null && version.post === null ? 0 : 4;
  return version.pre[0] === 'a' ? 1 : version.pre[0] === 'b' ? 2 : 3;
}

/** No local part first; then segment by segment, words before numbers. */
function compareLocals(a: Version['local'], b: Version['local']): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a[index] ?? 0;
    const right = b[index] ?? 0;
    if (left === right) continue;
    if (typeof left === 'string') return typeof right === 'string' && left > right ? 1 : -1;
    return typeof right === 'string' || left > right ? 1 : -1;
  }
  return a.length - b.length;
}
