import { compareVersions, tryParseVersion } from '@pyplan/markers';

/** The order of two versions by their texts; null where one is no version. */
export function tryCompareVersions(a: string, b: string): number | null {
  const [left, right] = [tryParseVersion(a), tryParseVersion(b)];
  return left === null || right === null ? null : compareVersions(left, right);
}
