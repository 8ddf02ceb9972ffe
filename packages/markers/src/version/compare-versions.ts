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
  // No local part stands before any.
  const order = compareReleases(a, b) || compareLists(suffixOf(a), suffixOf(b), 0);
  return order || compareLists(a.local ?? [], b.local ?? [], '');
}

/** Compares epochs and releases, trailing zeros aside. */
export function compareReleases(a: Version, b: Version): number {
  return compareLists([a.epoch, ...a.release], [b.epoch, ...b.release], 0);
}

/**
 * What orders versions of one release. A bare development release stands before every alpha, a release without
 * pre-release after every candidate.
 */
function suffixOf({ pre, post, dev }: Version): readonly (string | VersionNumber)[] {
  const letter = pre?.[0] ?? (dev !== null && post === null ? '' : 'z');
  return [letter, pre?.[1] ?? 0, post ?? -1, dev === null ? 1 : 0, dev ?? 0];
}

/** Compares item by item, words before numbers; `missing` stands for what one list lacks. */
export function compareLists(
  a: readonly (string | VersionNumber)[],
  b: readonly (string | VersionNumber)[],
  missing: string | VersionNumber,
): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const left = a[index] ?? missing;
    const right = b[index] ?? missing;
    if (left === right) continue;
    const isWord = typeof left === 'string';
    return (isWord === (typeof right === 'string') ? left < right : isWord) ? -1 : 1;
  }
  return 0;
}
