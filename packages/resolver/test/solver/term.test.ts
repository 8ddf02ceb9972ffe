import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areDisjointTerms,
  intersectTerms,
  isAlwaysTrue,
  negate,
  negative,
  positive,
  relateTerm,
  sameTerm,
  type Term,
  termHolds,
  uniteTerms,
} from '../../src/solver/term.ts';
import { intersection, isDisjoint, isSubset, union } from '../support/number-sets.ts';
import { outcomes, rankSet, term } from '../support/rank-arbitraries.ts';

const runs = { numRuns: 2000 };

/** The outcomes in which a term holds; -1 is that no version is selected. */
const truth = (one: Term): ReadonlySet<number> => new Set(outcomes.filter((rank) => termHolds(one, rank)));

describe('a term is a set of outcomes', () => {
  test('a negative term holds where the package is not selected, a positive one does not', () => {
    fc.assert(
      fc.property(rankSet, (ranks) => {
        expect(termHolds(positive(ranks), -1)).toBe(false);
        expect(termHolds(negative(ranks), -1)).toBe(true);
      }),
      runs,
    );
  });

  test('negation is the complement, and undoes itself', () => {
    fc.assert(
      fc.property(term, (a) => {
        for (const rank of outcomes) expect(termHolds(negate(a), rank)).toBe(!termHolds(a, rank));
        expect(negate(negate(a))).toEqual(a);
      }),
      runs,
    );
  });

  test('intersection and union are those of outcomes', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        expect(truth(intersectTerms(a, b))).toEqual(intersection(truth(a), truth(b)));
        expect(truth(uniteTerms(a, b))).toEqual(union(truth(a), truth(b)));
      }),
      runs,
    );
  });

  test('disjoint terms share no outcome', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        expect(areDisjointTerms(a, b)).toBe(isDisjoint(truth(a), truth(b)));
      }),
      runs,
    );
  });

  test('terms are the same where they hold alike', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        expect(sameTerm(a, b)).toBe(isSubset(truth(a), truth(b)) && isSubset(truth(b), truth(a)));
        expect(isAlwaysTrue(a)).toBe(truth(a).size === outcomes.length);
      }),
      runs,
    );
  });

  test('De Morgan', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        expect(negate(uniteTerms(a, b))).toEqual(intersectTerms(negate(a), negate(b)));
        expect(negate(intersectTerms(a, b))).toEqual(uniteTerms(negate(a), negate(b)));
      }),
      runs,
    );
  });
});

describe('what is known of a package against a term', () => {
  test('is satisfied where it implies the term, contradicted where it excludes it', () => {
    fc.assert(
      fc.property(term, term, (wanted, known) => {
        const [whole, part] = [truth(wanted), truth(known)];
        const expected = isSubset(part, whole)
          ? 'satisfied'
          : isDisjoint(part, whole)
            ? 'contradicted'
            : 'inconclusive';
        expect(relateTerm(wanted, known)).toBe(expected);
      }),
      runs,
    );
  });

  test('the examples of the algorithm’s own document', () => {
    // foo has the versions 0.9, 1.0, 1.5, 2.0: ranks 0 to 3.
    const compatibleWithOne = positive([1, 3]);
    const compatibleWithOneFive = positive([2, 3]);
    expect(relateTerm(compatibleWithOne, intersectTerms(positive([1, 4]), positive([0, 3])))).toBe(
      'satisfied',
    );
    expect(relateTerm(negate(compatibleWithOne), compatibleWithOneFive)).toBe('contradicted');
    expect(relateTerm(compatibleWithOneFive, compatibleWithOne)).toBe('inconclusive');
  });
});
