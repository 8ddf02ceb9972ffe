import type { OrderKey, PreRelease, VersionNumber } from './version.ts';

// A version's place in the order as two numbers, the first a small integer wherever it runs (31 bits):
//
//   high  release[0], release[1], release[2]
//   low   release[3], slot, tail
//
// The slot says where in the family of one release the version stands, the tail where beside its slot. Each number
// has a limit; one at the limit or above takes the limit, and all behind it falls away. A `low` that is no integer
// is inexact: other versions may share it. So the map keeps the order: a < b never gives key(a) > key(b).
//
// Every `low` is a multiple of 0.5 between -SHIFT and 2 ** 52, where a float64 holds all of those exactly.
const FIRST = 2047;
const SECOND = 1023;
const THIRD = 1023;
const FOURTH = 22_000_000;
/** Limit of the numbers of dev and post releases, above any date written as a number. */
const SERIAL = 25_000_000;
/** Limit of the numbers of a, b and rc. */
const PRE = 10_000;
/** No number above it is taken for usual: the limits are lower. */
export const MOST_USUAL = 100_000_000;

const SLOT_PRE = SERIAL + 1;
const SLOT_FINAL = SLOT_PRE + 3 * (PRE + 1);
const SLOT_POST = SLOT_FINAL + 1;
/** After every post-release of a final release. */
const SLOT_AFTER_POSTS = SLOT_POST + SERIAL + 1;

// Tails: the dev release of a pre- or post-release; (1) the cut before a version; the version itself; (3) the cut
// after it; the version with a local part, or the post-release of a pre-release.
const TAIL_DEV = 0.5;
const TAIL_PLAIN = 2;
const TAIL_LONGER = 3.5;
const TAILS = 4;

const FAMILY = (SLOT_AFTER_POSTS + 2) * TAILS;

/**
 * Taken off every `low`. Engines keep small integers (31 or 32 bits) apart from other numbers: were `low` now one and
 * now the other, it would be slow. As it is only fourth numbers near 5,000 have small ones.
 */
const SHIFT = 1_000_000_000_000;

/** The key of a version of these parts. */
export function orderKey(
  epoch: VersionNumber,
  release: readonly VersionNumber[],
  pre: PreRelease | null,
  post: VersionNumber | null,
  dev: VersionNumber | null,
  local: readonly unknown[] | null,
): OrderKey {
  // A bigint is above every limit and goes no further.
  const numbers = release as readonly number[];
  const first = numbers[0] ?? 0;
  const second = numbers[1] ?? 0;
  const third = numbers[2] ?? 0;
  const fourth = numbers[3] ?? 0;
  if (epoch !== 0 || first >= FIRST) return keyOf(FIRST, 0, 0, 0.5);
  if (second >= SECOND) return keyOf(first, SECOND, 0, 0.5);
  if (third >= THIRD) return keyOf(first, second, THIRD, 0.5);
  if (fourth >= FOURTH) return keyOf(first, second, third, FOURTH * FAMILY + 0.5);
  const isLonger = release.length > 4 && release.slice(4).some(Number);
  const place = isLonger ? FAMILY - 0.5 : familyPlace(pre, post, dev, local);
  return keyOf(first, second, third, fourth * FAMILY + place);
}

function keyOf(first: number, second: number, third: number, low: number): OrderKey {
  return { high: ((first - 1024) << 20) | (second << 10) | third, low: low - SHIFT };
}

function familyPlace(
  pre: PreRelease | null,
  post: VersionNumber | null,
  dev: VersionNumber | null,
  local: readonly unknown[] | null,
): number {
  let tail = local ? TAIL_LONGER : TAIL_PLAIN;
  if (pre && post !== null) tail = TAIL_LONGER;
  else if (dev !== null && (pre || post !== null)) tail = TAIL_DEV;
  if (pre) return placeOf(SLOT_PRE + 'abrc'.indexOf(pre[0]) * (PRE + 1), pre[1], PRE, tail);
  if (post !== null) return placeOf(SLOT_POST, post, SERIAL, tail);
  return dev === null ? SLOT_FINAL * TAILS + tail : placeOf(0, dev, SERIAL, tail);
}

function placeOf(slot: number, number: VersionNumber, limit: number, tail: number): number {
  return number < limit ? (slot + Number(number)) * TAILS + tail : (slot + limit) * TAILS + 0.5;
}

/** Where a cut stands beside its version. The numbers order cuts at the same version. */
export type Side = 0 | 1 | 2;
export const BEFORE = 0;
export const AFTER = 1;
/** After all post-releases of a final version. */
export const AFTER_POSTS = 2;

/** How far `low` of the cuts right before and after a version, and after all post-releases, is from the version's. */
export const CUT_DISTANCES: readonly [number, number, number] = [
  -1,
  1,
  (SLOT_AFTER_POSTS - SLOT_FINAL) * TAILS,
];
