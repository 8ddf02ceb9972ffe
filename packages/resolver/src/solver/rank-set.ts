/**
 * A set of version ranks of one package.
 *
 * Half-open intervals `[lo, hi)`, flattened: even length, strictly ascending, so that intervals are
 * neither empty nor touching.
 */
export type RankSet = readonly number[];

export const noRanks: RankSet = [];

export function oneRank(rank: number): RankSet {
  return [rank, rank + 1];
}

/** Every rank below `count`. */
export function allRanks(count: number): RankSet {
  return count === 0 ? noRanks : [0, count];
}

/** Above every rank; a small integer, which is quicker to compare than infinity. */
const beyondAll = 2 ** 30 - 1;

export function ranksContain(set: RankSet, rank: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((set[middle] ?? 0) <= rank) low = middle + 1;
    else high = middle;
  }
  return (low & 1) === 1;
}

export function sameRanks(a: RankSet, b: RankSet): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Where both, either, or only the first has a member, as a bit for each of: neither, a alone, b alone, both. */
const inBoth = 0b1000;
const inEither = 0b1110;
const inFirstOnly = 0b0010;

/** Merges two sets by their edges: an edge is kept where membership in the result changes. */
function combine(a: RankSet, b: RankSet, members: number): RankSet {
  const result: number[] = [];
  const [aLength, bLength] = [a.length, b.length];
  let i = 0;
  let j = 0;
  let within = 0;
  while (i < aLength || j < bLength) {
    const aEdge = i < aLength ? (a[i] ?? 0) : beyondAll;
    const bEdge = j < bLength ? (b[j] ?? 0) : beyondAll;
    if (aEdge <= bEdge) i++;
    if (bEdge <= aEdge) j++;
    const next = (members >> ((i & 1) | ((j & 1) << 1))) & 1;
    if (next !== within) {
      result.push(Math.min(aEdge, bEdge));
      within = next;
    }
  }
  return result;
}

export function intersectRanks(a: RankSet, b: RankSet): RankSet {
  if (a === b || b.length === 0) return b;
  if (a.length === 0) return a;
  return combine(a, b, inBoth);
}

export function uniteRanks(a: RankSet, b: RankSet): RankSet {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  return combine(a, b, inEither);
}

/** Members of `a` that are not in `b`. */
export function subtractRanks(a: RankSet, b: RankSet): RankSet {
  if (a.length === 0 || b.length === 0) return a;
  return combine(a, b, inFirstOnly);
}

/** How `a` lies to `b`; an empty `a` is a subset. */
export type RankRelation = 'subset' | 'disjoint' | 'overlapping';

export function relateRanks(a: RankSet, b: RankSet): RankRelation {
  const [aLength, bLength] = [a.length, b.length];
  let shared = false;
  let outside = false;
  let j = 0;
  for (let i = 0; i < aLength; i += 2) {
    const low = a[i] ?? 0;
    const high = a[i + 1] ?? 0;
    while (j < bLength && (b[j + 1] ?? 0) <= low) j += 2;
    const otherLow = j < bLength ? (b[j] ?? 0) : beyondAll;
    if (otherLow >= high) outside = true;
    else {
      shared = true;
      if (otherLow > low || (b[j + 1] ?? 0) < high) outside = true;
    }
    if (shared && outside) return 'overlapping';
  }
  return outside ? 'disjoint' : 'subset';
}

export function isSubsetOfRanks(a: RankSet, b: RankSet): boolean {
  return relateRanks(a, b) === 'subset';
}

export function areDisjointRanks(a: RankSet, b: RankSet): boolean {
  return a.length === 0 || relateRanks(a, b) === 'disjoint';
}

/** The only member, or -1. */
export function onlyRank(set: RankSet): number {
  const [low = -1, high = -1] = set;
  return set.length === 2 && low + 1 === high ? low : -1;
}
