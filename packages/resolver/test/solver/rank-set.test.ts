import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allRanks,
  areDisjointRanks,
  intersectRanks,
  isSubsetOfRanks,
  oneRank,
  onlyRank,
  ranksContain,
  relateRanks,
  sameRanks,
  subtractRanks,
  uniteRanks,
} from '../../src/solver/rank-set.ts';
import { difference, intersection, isDisjoint, isSubset, union } from '../support/number-sets.ts';
import { everyRank, members, rankLimit, rankSet, rankSetOf } from '../support/rank-arbitraries.ts';

const runs = { numRuns: 2000 };

describe('a rank set is a set of numbers', () => {
  test('contains its members and nothing else', () => {
    fc.assert(
      fc.property(members, (a) => {
        for (const rank of [-1, ...everyRank, rankLimit]) {
          expect(ranksContain(rankSetOf(a), rank)).toBe(a.has(rank));
        }
      }),
      runs,
    );
  });

  test('intersection, union and difference are those of sets', () => {
    fc.assert(
      fc.property(members, members, (a, b) => {
        expect(intersectRanks(rankSetOf(a), rankSetOf(b))).toEqual(rankSetOf(intersection(a, b)));
        expect(uniteRanks(rankSetOf(a), rankSetOf(b))).toEqual(rankSetOf(union(a, b)));
        expect(subtractRanks(rankSetOf(a), rankSetOf(b))).toEqual(rankSetOf(difference(a, b)));
      }),
      runs,
    );
  });

  test('subset, disjoint and equal are those of sets', () => {
    fc.assert(
      fc.property(members, members, (a, b) => {
        expect(isSubsetOfRanks(rankSetOf(a), rankSetOf(b))).toBe(isSubset(a, b));
        expect(areDisjointRanks(rankSetOf(a), rankSetOf(b))).toBe(isDisjoint(a, b));
        expect(sameRanks(rankSetOf(a), rankSetOf(b))).toBe(isSubset(a, b) && isSubset(b, a));
      }),
      runs,
    );
  });

  test('relation says subset first, then disjoint, else overlapping', () => {
    fc.assert(
      fc.property(members, members, (a, b) => {
        const expected = isSubset(a, b) ? 'subset' : isDisjoint(a, b) ? 'disjoint' : 'overlapping';
        expect(relateRanks(rankSetOf(a), rankSetOf(b))).toBe(expected);
      }),
      runs,
    );
  });
});

describe('laws of rank sets', () => {
  test('union and intersection commute and associate', () => {
    fc.assert(
      fc.property(rankSet, rankSet, rankSet, (a, b, c) => {
        expect(uniteRanks(a, b)).toEqual(uniteRanks(b, a));
        expect(intersectRanks(a, b)).toEqual(intersectRanks(b, a));
        expect(uniteRanks(a, uniteRanks(b, c))).toEqual(uniteRanks(uniteRanks(a, b), c));
        expect(intersectRanks(a, intersectRanks(b, c))).toEqual(intersectRanks(intersectRanks(a, b), c));
      }),
      runs,
    );
  });

  test('a subset of b means that a and not b is empty', () => {
    fc.assert(
      fc.property(rankSet, rankSet, (a, b) => {
        expect(isSubsetOfRanks(a, b)).toBe(subtractRanks(a, b).length === 0);
      }),
      runs,
    );
  });

  test('a set is the disjoint union of what it shares with another and what it does not', () => {
    fc.assert(
      fc.property(rankSet, rankSet, (a, b) => {
        const shared = intersectRanks(a, b);
        const rest = subtractRanks(a, b);
        expect(areDisjointRanks(shared, rest)).toBe(true);
        expect(uniteRanks(shared, rest)).toEqual(a);
      }),
      runs,
    );
  });

  test('edges ascend strictly and come in pairs, whatever is combined', () => {
    fc.assert(
      fc.property(rankSet, rankSet, (a, b) => {
        for (const set of [uniteRanks(a, b), intersectRanks(a, b), subtractRanks(a, b)]) {
          expect(set.length % 2).toBe(0);
          for (let i = 1; i < set.length; i++) expect(set[i]).toBeGreaterThan(set[i - 1] ?? 0);
        }
      }),
      runs,
    );
  });
});

describe('small rank sets', () => {
  test('one rank holds itself, and is the only one', () => {
    expect(oneRank(4)).toEqual([4, 5]);
    expect(onlyRank(oneRank(4))).toBe(4);
    expect([[], [1, 3], [1, 2, 4, 5]].map(onlyRank)).toEqual([-1, -1, -1]);
  });

  test('all ranks of a package without versions are none', () => {
    expect(allRanks(0)).toEqual([]);
    expect(allRanks(3)).toEqual([0, 3]);
  });
});
