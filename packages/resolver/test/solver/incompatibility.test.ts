import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dependencyIncompatibility,
  type Incompatibility,
  mergeDependents,
  priorCause,
  termOf,
} from '../../src/solver/incompatibility.ts';
import { isAlwaysTrue, negative, positive, type Term, termHolds } from '../../src/solver/term.ts';
import { outcomes, rankSet, term } from '../support/rank-arbitraries.ts';

const runs = { numRuns: 500 };

/** Ranks of three packages, -1 where one is not selected. */
type Selection = readonly number[];

const selection: fc.Arbitrary<Selection> = fc.tuple(
  fc.constantFrom(...outcomes),
  fc.constantFrom(...outcomes),
  fc.constantFrom(...outcomes),
);

/** Whether a selection breaks the incompatibility: all its terms hold. */
function isBroken({ packages, terms }: Incompatibility, selected: Selection): boolean {
  return terms.every((one, i) => termHolds(one, selected[packages[i] ?? -1] ?? -1));
}

function incompatibility(packages: readonly number[], terms: readonly Term[]): Incompatibility {
  return { packages, terms, cause: { kind: 'root' } };
}

describe('the prior cause of two incompatibilities', () => {
  const pair = fc
    .record({ shared: term, otherShared: term, own: term, others: term, meet: fc.boolean() })
    .map(({ shared, otherShared, own, others, meet }) => [
      incompatibility([0, 1], [own, shared]),
      incompatibility([1, meet ? 0 : 2], [otherShared, others]),
    ]);

  test('breaks only where one of them does', () => {
    fc.assert(
      fc.property(pair, selection, (store, selected) => {
        const derived = priorCause(0, 1, 1, store);
        if (isBroken(derived, selected)) {
          expect(store.some((one) => isBroken(one, selected))).toBe(true);
        }
      }),
      { numRuns: 5000 },
    );
  });

  test('has one term a package, none of which always holds for the shared one', () => {
    fc.assert(
      fc.property(pair, (store) => {
        const derived = priorCause(0, 1, 1, store);
        expect(new Set(derived.packages).size).toBe(derived.packages.length);
        expect(derived.terms.length).toBe(derived.packages.length);
        const shared = termOf(derived, 1);
        expect(shared === undefined || !isAlwaysTrue(shared)).toBe(true);
        expect(derived.cause).toEqual({ kind: 'derived', left: 0, right: 1 });
      }),
      runs,
    );
  });

  test('of a dependency on a dependency is the dependency of the one on the other’s', () => {
    const store = [
      dependencyIncompatibility(0, [1, 2], 1, [2, 3], null),
      dependencyIncompatibility(1, [2, 3], 2, [5, 7], null),
    ];
    expect(priorCause(0, 1, 1, store)).toEqual({
      packages: [0, 2],
      terms: [positive([1, 2]), negative([5, 7])],
      cause: { kind: 'derived', left: 0, right: 1 },
    });
  });

  test('keeps what is left of the shared package where the satisfier does not cover it', () => {
    const store = [
      incompatibility([0, 1], [positive([0, 1]), positive([0, 4])]),
      incompatibility([1, 2], [negative([2, 6]), positive([3, 4])]),
    ];
    // Of ranks 2 to 5 the first rules out 2 and 3; that 4 or 5 is selected must be excluded, too.
    expect(termOf(priorCause(0, 1, 1, store), 1)).toEqual(negative([4, 6]));
  });
});

describe('a dependency', () => {
  test('is broken where the dependent is selected and nothing allowed is', () => {
    fc.assert(
      fc.property(rankSet, rankSet, selection, (ranks, allowed, selected) => {
        const [own = -1, other = -1] = selected;
        const broken = termHolds(positive(ranks), own) && !termHolds(positive(allowed), other);
        expect(isBroken(dependencyIncompatibility(0, ranks, 1, allowed, null), selected)).toBe(broken);
      }),
      runs,
    );
  });

  test('on no version at all speaks of the dependent alone', () => {
    const { packages, terms } = dependencyIncompatibility(0, [3, 4], 1, [], null);
    expect({ packages, terms }).toEqual({ packages: [0], terms: [positive([3, 4])] });
  });
});

describe('merging dependencies of a package', () => {
  test('is broken exactly where one of the two is', () => {
    fc.assert(
      fc.property(rankSet, rankSet, rankSet, selection, (a, b, allowed, selected) => {
        const first = dependencyIncompatibility(0, a, 1, allowed, null);
        const second = dependencyIncompatibility(0, b, 1, allowed, null);
        const joined = mergeDependents(first, second);
        expect(joined).not.toBeNull();
        if (joined === null) return;
        expect(isBroken(joined, selected)).toBe(isBroken(first, selected) || isBroken(second, selected));
      }),
      runs,
    );
  });

  test('takes only dependencies on the same ranks', () => {
    const onTwo = dependencyIncompatibility(0, [0, 1], 1, [2, 3], null);
    const onThree = dependencyIncompatibility(0, [1, 2], 1, [3, 4], null);
    const onNone = dependencyIncompatibility(0, [1, 2], 1, [], null);
    expect(mergeDependents(onTwo, onThree)).toBeNull();
    expect(mergeDependents(onTwo, onNone)).toBeNull();
    expect(mergeDependents(onTwo, incompatibility([0], [positive([1, 2])]))).toBeNull();
  });
});
