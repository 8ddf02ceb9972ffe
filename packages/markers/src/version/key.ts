import type { OrderKey, PreRelease, VersionNumber } from './version.ts';

// A version's place in the order as two numbers, the first a small integer wherever it runs (31 bits):
//
//   high  release[0], release[1], release[2]
//   low   release[3], slot, tail
//
// The slot says where in the family of one release the version stands, the tail where beside its slot. Each number
// has a limit; one at the limit or above takes the limit, and all behind it falls away. A `low` that is no integer
// is inexact: other versions may share it. So the map keeps the order: a < b never gives key(a) > key(b).
const FIRST = 2047;
const SECOND = 1023;
const THIRD = 1023;
const FOURTH = 25_000_000;
/** Limit of the numbers of dev and post releases, above any date written as a number. */
const SERIAL = 25_000_000;
/** Limit of the numbers of a, b and rc. */
const PRE = 10_000;

const SLOT_ALPHA = SERIAL + 1;
const SLOT_BETA = SLOT_ALPHA + PRE + 1;
const SLOT_CANDIDATE = SLOT_BETA + PRE + 1;
const SLOT_FINAL = SLOT_CANDIDATE + PRE + 1;
const SLOT_POST = SLOT_FINAL + 1;
/** After every post-release of a final release. */
const SLOT_AFTER_POSTS = SLOT_POST + SERIAL + 1;
/** A release of more than four numbers. */
const SLOT_LONGER = SLOT_AFTER_POSTS + 1;

// Tails: the dev release of a pre- or post-release; (1) the cut before a version; the version itself; (3) the cut
// after it; the version with a local part, or the post-release of a pre-release.
const TAIL_DEV = 0.5;
const TAIL_PLAIN = 2;
const TAIL_LONGER = 4.5;
const TAILS = 5;

const FAMILY = (SLOT_LONGER + 1) * TAILS;

/** The key of a version of these parts. */
export function orderKey(
  epoch: VersionNumber,
  release: readonly VersionNumber[],
  pre: PreRelease | null,
  post: VersionNumber | null,
  dev: VersionNumber | null,
  local: readonly unknown[] | null,
): OrderKey {
  const first = release[0] ?? 0;
  const second = release[1] ?? 0;
  const third = release[2] ?? 0;
  const fourth = release[3] ?? 0;
  if (epoch !== 0 || first >= FIRST) return inexact(FIRST, 0, 0);
  if (second >= SECOND) return inexact(first, SECOND, 0);
  if (third >= THIRD) return inexact(first, second, THIRD);
  const high = highOf(first, second, third);
  if (fourth >= FOURTH) return { high, low: (FOURTH / 2) * FAMILY + 0.5 };
  const low = (Number(fourth) - FOURTH / 2) * FAMILY;
  const isLonger = release.length > 4 && release.slice(4).some(Number);
  return { high, low: low + (isLonger ? SLOT_LONGER * TAILS + 0.5 : familyPlace(pre, post, dev, local)) };
}

function inexact(first: VersionNumber, second: VersionNumber, third: VersionNumber): OrderKey {
  return { high: highOf(first, second, third), low: 0.5 };
}

function highOf(first: VersionNumber, second: VersionNumber, third: VersionNumber): number {
  return ((Number(first) - 1024) << 20) | (Number(second) << 10) | Number(third);
}

function familyPlace(
  pre: PreRelease | null,
  post: VersionNumber | null,
  dev: VersionNumber | null,
  local: readonly unknown[] | null,
): number {
  let tail = local === null ? TAIL_PLAIN : TAIL_LONGER;
  if (pre !== null && post !== null) tail = TAIL_LONGER;
  else if (dev !== null && (pre !== null || post !== null)) tail = TAIL_DEV;
  if (pre !== null) {
    const slot = pre[0] === 'a' ? SLOT_ALPHA : pre[0] === 'b' ? SLOT_BETA : SLOT_CANDIDATE;
    return placeOf(slot, pre[1], PRE, tail);
  }
  if (post !== null) return placeOf(SLOT_POST, post, SERIAL, tail);
  return dev === null ? SLOT_FINAL * TAILS + tail : placeOf(0, dev, SERIAL, tail);
}

function placeOf(slot: number, number: VersionNumber, limit: number, tail: number): number {
  return number < limit ? (slot + Number(number)) * TAILS + tail : (slot + limit) * TAILS + 0.5;
}

/** How far `low` of the cuts right before and after a version, and after all post-releases, is from the version's. */
export const CUT_DISTANCES: readonly [number, number, number] = [
  -1,
  1,
  (SLOT_AFTER_POSTS - SLOT_FINAL) * TAILS,
];
