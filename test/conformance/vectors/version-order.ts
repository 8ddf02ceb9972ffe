import { compareVersions, parseVersion } from '@pyplan/markers';
import { difference, firstDifference } from './difference.ts';

interface VersionOrderVector {
  readonly a: string;
  readonly b: string;
  readonly cmp: -1 | 0 | 1;
}

export function checkVersionOrder({ a, b, cmp }: VersionOrderVector): string | null {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  return firstDifference([
    difference(`the order of ${a} and ${b}`, Math.sign(compareVersions(left, right)), cmp),
    difference(`the order of ${b} and ${a}`, Math.sign(compareVersions(right, left)), 0 - cmp),
  ]);
}
