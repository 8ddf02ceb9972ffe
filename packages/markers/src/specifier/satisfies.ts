import { compareReleases, compareVersions, isSamePublic } from '../version/compare-versions.ts';
import { isPrerelease, type Version } from '../version/version.ts';
import type { SpecifierOperator } from './specifier.ts';

/**
 * Whether a version satisfies a clause of `operator` and `bound` (Version specifiers, "Version specifiers").
 * Pre-releases count like final releases. `range/specifier-cuts.ts` says the same as sets; tests hold both together.
 */
export function satisfies(
  version: Version,
  operator: SpecifierOperator,
  bound: Version,
  wildcard: boolean,
): boolean {
  switch (operator) {
    case '>=':
      return compareVersions(version, bound) >= 0;
    case '<=':
      return compareVersions(version, bound) <= 0 || isLocalOf(version, bound);
    case '==':
      return equals(version, bound, wildcard);
    case '!=':
      return !equals(version, bound, wildcard);
    case '~=':
      return compareVersions(version, bound) >= 0 && hasPrefix(version, bound, bound.release.length - 1);
    case '>':
      return compareVersions(version, bound) > 0 && !isLaterFormOf(version, bound);
    case '<':
      return compareVersions(version, bound) < 0 && (isPrerelease(bound) || !isEarlierFormOf(version, bound));
    case '===':
      return version.text === bound.text;
  }
}

function equals(version: Version, bound: Version, wildcard: boolean): boolean {
  if (wildcard) return hasPrefix(version, bound, bound.release.length);
  return compareVersions(version, bound) === 0 || (bound.local === null && isLocalOf(version, bound));
}

function isLocalOf(version: Version, bound: Version): boolean {
  return version.local !== null && isSamePublic(version, bound);
}

/** Whether the version is the bound with a local part or, where the bound is no post or dev release, a post-release. */
function isLaterFormOf(version: Version, bound: Version): boolean {
  if (bound.post !== null || bound.dev !== null) return isLocalOf(version, bound);
  if (version.post === null && version.local === null) return false;
  return compareReleases(version, bound) === 0 && String(version.pre) === String(bound.pre);
}

/** Whether the version is a pre-release of the bound, a final or post-release above it. */
function isEarlierFormOf(version: Version, bound: Version): boolean {
  if (!isPrerelease(version) || compareReleases(version, bound) !== 0) return false;
  return bound.post === null || (version.pre === null && version.post === bound.post);
}

/** Whether epoch and the first `length` numbers of the releases are equal; missing ones are 0. */
function hasPrefix(version: Version, bound: Version, length: number): boolean {
  if (version.epoch !== bound.epoch) return false;
  for (let index = 0; index < length; index++) {
    if ((version.release[index] ?? 0) !== (bound.release[index] ?? 0)) return false;
  }
  return true;
}
