import type { OrderKey, PreRelease, VersionNumber } from './version.ts';

// A version's place in the order as two float64 integers within ±2^53:
//
//   high  release[0], release[1], release[2]
//   low   release[3], slot, tail
//
// The slot says where in the family of one release the version stands, the tail where beside its
// slot. Each number has a limit; one at the limit or above takes the limit, all behind it becomes 0,
// and the key is inexact. So the map keeps the order: a < b never gives key(a) > key(b), and an exact
// and an inexact place never share a key.
const FIRST = 30_000_000;
const SECOND = 20_000;
const THIRD = 30_000;
const FOURTH = 30_000_000;
/** Limit of the numbers of dev and post releases, above any date written as a number. */
const SERIAL = 30_000_000;
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
const SLOTS = SLOT_LONGER + 1;

// Tails: the dev release of a pre- or post-release; the cut before a version; the version itself;
// the cut after it; the version with a local part; the post-release of a pre-release.
const TAIL_DEV = 0;
const TAIL_BEFORE = 1;
const TAIL_PLAIN = 2;
const TAIL_AFTER = 3;
const TAIL_LOCAL = 4;
const TAIL_POST = 5;
const TAILS = 6;

const FAMILY = SLOTS * TAILS;

/** The key of a version of these parts. */
export function versionKey(
  epoch: VersionNumber,
  release: readonly VersionNumber[],
  pre: PreRelease | null,
  post: VersionNumber | null,
  dev: VersionNumber | null,
  local: readonly unknown[] | null,
): OrderKey {
  const head = releaseKey(epoch, release);
  if (!head.exact) return head;
  const slot = slotOf(pre, post, dev);
  const tail = tailOf(pre, post, dev, local);
  const exact = slot >= 0 && tail === TAIL_PLAIN;
  return {
    high: head.high,
    low: head.low + (slot < 0 ? ~slot : slot) * TAILS + (slot < 0 ? 0 : tail),
    exact,
  };
}

function releaseKey(epoch: VersionNumber, release: readonly VersionNumber[]): OrderKey {
  if (epoch !== 0) return { high: Number.POSITIVE_INFINITY, low: 0.5, exact: false };
  const first = release[0] ?? 0;
  const second = release[1] ?? 0;
  const third = release[2] ?? 0;
  const fourth = release[3] ?? 0;
  if (typeof first !== 'number' || first >= FIRST - 1) return clampedRelease(FIRST - 1, 0, 0);
  if (typeof second !== 'number' || second >= SECOND - 1) return clampedRelease(first, SECOND - 1, 0);
  if (typeof third !== 'number' || third >= THIRD - 1) return clampedRelease(first, second, THIRD - 1);
  const high = highOf(first, second, third);
  if (typeof fourth !== 'number' || fourth >= FOURTH - 1) {
    return { high, low: lowOf(FOURTH - 1), exact: false };
  }
  for (let index = 4; index < release.length; index++) {
    if (release[index] !== 0) return { high, low: lowOf(fourth) + SLOT_LONGER * TAILS, exact: false };
  }
  return { high, low: lowOf(fourth), exact: true };
}

/** The `high` of a release whose numbers are below their limits. */
export function highOf(first: number, second: number, third: number): number {
  return ((first - FIRST / 2) * SECOND + second) * THIRD + third;
}

/** Whether the numbers of a release are all below their limits. */
export function isUsual(first: number, second: number, third: number, fourth: number): boolean {
  return first < FIRST - 1 && second < SECOND - 1 && third < THIRD - 1 && fourth < FOURTH - 1;
}

/** What a suffix of a release adds to its `low`; negative where the number is beyond its limit. */
export function usualPlace(letter: 'a' | 'b' | 'rc' | 'post' | 'dev' | null, number: number): number {
  let base = SLOT_FINAL;
  if (letter === 'post' || letter === 'dev') {
    if (number >= SERIAL) return -1;
    base = letter === 'post' ? SLOT_POST : 0;
  } else if (letter !== null) {
    if (number >= PRE) return -1;
    base = letter === 'a' ? SLOT_ALPHA : letter === 'b' ? SLOT_BETA : SLOT_CANDIDATE;
  }
  return (base + number) * TAILS + TAIL_PLAIN;
}

/** The part of `low` that the fourth number makes. */
export function lowOf(fourth: number): number {
  return (fourth - FOURTH / 2) * FAMILY;
}

function clampedRelease(first: number, second: number, third: number): OrderKey {
  return { high: highOf(first, second, third), low: 0.5, exact: false };
}

/** The slot; its bitwise complement where a number is beyond its limit. */
function slotOf(pre: PreRelease | null, post: VersionNumber | null, dev: VersionNumber | null): number {
  if (pre !== null) {
    const base = pre[0] === 'a' ? SLOT_ALPHA : pre[0] === 'b' ? SLOT_BETA : SLOT_CANDIDATE;
    return numbered(base, pre[1], PRE);
  }
  if (post !== null) return numbered(SLOT_POST, post, SERIAL);
  return dev === null ? SLOT_FINAL : numbered(0, dev, SERIAL);
}

function numbered(base: number, number: VersionNumber, limit: number): number {
  return number < limit ? base + Number(number) : ~(base + limit);
}

function tailOf(
  pre: PreRelease | null,
  post: VersionNumber | null,
  dev: VersionNumber | null,
  local: readonly unknown[] | null,
): number {
  if (pre !== null && post !== null) return TAIL_POST;
  if (dev !== null && (pre !== null || post !== null)) return TAIL_DEV;
  return local === null ? TAIL_PLAIN : TAIL_LOCAL;
}

/** The key of the cut just before (`after` false) or just after a version. */
export function besideKey(version: OrderKey, after: boolean): OrderKey {
  if (!version.exact) return version;
  const low = version.low + (after ? TAIL_AFTER : TAIL_BEFORE) - TAIL_PLAIN;
  return { high: version.high, low, exact: true };
}

/** The key of the cut after every post-release of a final release. */
export function afterPostsKey(epoch: VersionNumber, release: readonly VersionNumber[]): OrderKey {
  const head = releaseKey(epoch, release);
  return head.exact ? { high: head.high, low: head.low + SLOT_AFTER_POSTS * TAILS, exact: true } : head;
}
