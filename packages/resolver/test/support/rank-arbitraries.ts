import fc from 'fast-check';
import type { RankSet } from '../../src/solver/rank-set.ts';
import { negative, positive, type Term } from '../../src/solver/term.ts';

/** Ranks of the model are those below this. */
export const rankLimit = 12;

export const everyRank: readonly number[] = Array.from({ length: rankLimit }, (_, rank) => rank);

/** The intervals of a set of numbers: the model's way of writing a rank set. */
export function rankSetOf(members: Iterable<number>): RankSet {
  const set = new Set(members);
  return Array.from({ length: rankLimit + 1 }, (_, edge) => edge).filter(
    (edge) => set.has(edge) !== set.has(edge - 1),
  );
}

/** A set of ranks, as numbers. */
export const members: fc.Arbitrary<ReadonlySet<number>> = fc
  .subarray([...everyRank])
  .map((ranks) => new Set(ranks));

export const rankSet: fc.Arbitrary<RankSet> = members.map(rankSetOf);

export const term: fc.Arbitrary<Term> = fc
  .record({ sign: fc.boolean(), ranks: rankSet })
  .map(({ sign, ranks }) => (sign ? positive(ranks) : negative(ranks)));

/** Everything that can be so for one package: a rank is selected, or (-1) none is. */
export const outcomes: readonly number[] = [-1, ...everyRank];
