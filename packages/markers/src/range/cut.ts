import { raise, successor } from '../version/bump-version.ts';
import { compareReleases, compareVersions } from '../version/compare-versions.ts';
import { AFTER, AFTER_POSTS, BEFORE, CUT_DISTANCES, type Side } from '../version/key.ts';
import {
  makeVersion,
  type OrderKey,
  type PreRelease,
  type Version,
  type VersionNumber,
} from '../version/version.ts';

/**
 * A place between versions. `before` and `after` stand right beside `version`; `after-posts` stands
 * after all post-releases of a final `version`. No two different cuts have no version between them,
 * so equal sets have equal cuts: where a version has a successor (the next dev, post or pre-release),
 * the cut is put before that.
 */
export type Cut = OrderKey & { readonly version: Version; readonly side: Side };

function cutAt(version: Version, side: Side): Cut {
  const { high, low } = version;
  return { high, low: Number.isInteger(low) ? low + CUT_DISTANCES[side] : low, version, side };
}

/** The cut before a version of these parts; its text is left out, since most of them are only compared. */
export function cutBeforeParts(
  epoch: VersionNumber,
  release: readonly VersionNumber[],
  pre: PreRelease | null,
  post: VersionNumber | null,
  dev: VersionNumber,
): Cut {
  return cutBefore(makeVersion(epoch, release, pre, post, dev, null, ''));
}

/** The cut below which `version` and everything after it lies. */
export function cutBefore(version: Version): Cut {
  return cutAt(version, BEFORE);
}

/** The cut right after `version` alone, without the local versions of it. */
export function cutAfter(version: Version): Cut {
  return cutAt(version, AFTER);
}

/** The cut after a public version and all its local versions. */
export function cutAfterLocals({ epoch, release, pre, post, dev }: Version): Cut {
  return dev === null
    ? cutBeforeParts(epoch, release, pre, post === null ? 0 : successor(post), 0)
    : cutBeforeParts(epoch, release, pre, post, successor(dev));
}

/** The cut after a final or pre-release version and all its post-releases. */
export function cutAfterPosts(version: Version): Cut {
  const { epoch, release, pre } = version;
  if (pre) return cutBeforeParts(epoch, release, [pre[0], successor(pre[1])], null, 0);
  return cutAt(version, AFTER_POSTS);
}

/** The cut before the first development release of the family of `release`. */
export function cutBeforeFamily(epoch: VersionNumber, release: readonly VersionNumber[]): Cut {
  return cutBeforeParts(epoch, release, null, null, 0);
}

/** The cut after every version whose release begins with `prefix`. */
export function cutAfterPrefix(epoch: VersionNumber, prefix: readonly VersionNumber[]): Cut {
  return cutBeforeFamily(epoch, raise(prefix, prefix.length - 1));
}

/** The cut below every version. */
export const lowestCut: Cut = /* @__PURE__ */ cutBeforeFamily(0, [0]);

/** Whether the version lies above the cut. */
export function isAbove(version: Version, cut: Cut): boolean {
  if (cut.high !== version.high) return cut.high < version.high;
  if (cut.low !== version.low) return cut.low < version.low;
  return (placeOrder(cut, version, cut.side) || cut.side - 0.5) < 0;
}

/** Negative, 0 or positive: the order of cuts. */
export function compareCuts(a: Cut, b: Cut): number {
  if (a.high !== b.high) return a.high - b.high;
  if (a.low !== b.low) return a.low < b.low ? -1 : 1;
  if (Number.isInteger(a.low)) return 0;
  return placeOrder(a, b.version, Math.max(a.side, b.side)) || a.side - b.side;
}

/** The order of versions beside cuts; after the post-releases, all of a release are at one place. */
function placeOrder(cut: Cut, version: Version, side: number): number {
  return (side === AFTER_POSTS ? compareReleases : compareVersions)(cut.version, version);
}

/**
 * Sets of versions as ascending cuts, each of which is a change: below the first nothing is in the
 * set, between the first and the second everything, and so on. An odd number of cuts has no end.
 */
export type Cuts = readonly Cut[];

/** Whether the version is in the set. */
export function cutsContain(cuts: Cuts, version: Version): boolean {
  let below = 0;
  for (const cut of cuts) if (isAbove(version, cut)) below++;
  return (below & 1) === 1;
}

/** The set of everything that is not in `cuts`. */
export function complementCuts(cuts: Cuts): Cuts {
  const first = cuts[0];
  return first && compareCuts(first, lowestCut) === 0 ? cuts.slice(1) : [lowestCut, ...cuts];
}

/** The set of what at least `needed` (1: union, 2: intersection) of both sets hold. */
export function mergeCuts(a: Cuts, b: Cuts, needed: 1 | 2): Cuts {
  const merged: Cut[] = [];
  let i = 0;
  let j = 0;
  while (a[i] || b[j]) {
    const [left, right] = [a[i], b[j]];
    const order = left && right ? compareCuts(left, right) : left ? -1 : 1;
    if (order <= 0) i++;
    if (order >= 0) j++;
    // After an odd number of its changes one is inside a set.
    const isInside = (i & 1) + (j & 1) >= needed;
    if (isInside !== ((merged.length & 1) === 1)) merged.push((order <= 0 ? left : right) as Cut);
  }
  return merged;
}
