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

const at = (set: RankSet, index: number): number => set[index] ?? Number.POSITIVE_INFINITY;

export function ranksContain(set: RankSet, rank: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(set, middle) <= rank) low = middle + 1;
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

/**
 * Merges two sets by their edges: an edge is kept where membership under `inside` changes.
 * `inside` takes 1 for a member of a, 2 for a member of b, 3 for both.
 */
function combine(a: RankSet, b: RankSet, inside: (mask: number) => boolean): RankSet {
  const result: number[] = [];
  let i = 0;
  let j = 0;
  let within = false;
  while (i < a.length || j < b.length) {
    const edge = Math.min(at(a, i), at(b, j));
    if (at(a, i) === edge) i++;
    if (at(b, j) === edge) j++;
    const next = inside((i & 1) | ((j & 1) << 1));
    if (next !== within) {
      result.push(edge);
      within = next;
    }
  }
  return result;
}

export function intersectRanks(a: RankSet, b: RankSet): RankSet {
  if (a === b || b.length === 0) return b;
  if (a.length === 0) return a;
  return combine(a, b, (mask) => mask === 3);
}

export function uniteRanks(a: RankSet, b: RankSet): RankSet {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  return combine(a, b, (mask) => mask !== 0);
}

/** Members of `a` that are not in `b`. */
export function subtractRanks(a: RankSet, b: RankSet): RankSet {
  if (a.length === 0 || b.length === 0) return a;
  return combine(a, b, (mask) => mask === 1);
}

/** How `a` lies to `b`; an empty `a` is a subset. */
export type RankRelation = 'subset' | 'disjoint' | 'overlapping';

export function relateRanks(a: RankSet, b: RankSet): RankRelation {
  let shared = false;
  let outside = false;
  let i = 0;
  let j = 0;
  while (i < a.length) {
    const low = at(a, i);
    const high = at(a, i + 1);
    while (j < b.length && at(b, j + 1) <= low) j += 2;
    const otherLow = at(b, j);
    if (otherLow >= high) outside = true;
    else {
      shared = true;
      if (otherLow > low || at(b, j + 1) < high) outside = true;
    }
    if (shared && outside) return 'overlapping';
    i += 2;
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
  return set.length === 2 && at(set, 0) + 1 === at(set, 1) ? at(set, 0) : -1;
}
