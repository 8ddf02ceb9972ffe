import fc from 'fast-check';
import type { Incompatibility, PackageId } from '../../src/solver/incompatibility.ts';
import {
  addDecision,
  addDerivation,
  backtrackTo,
  decidedRank,
  levelOf,
  type PartialSolution,
  termFor,
} from '../../src/solver/partial-solution.ts';
import { intersectTerms, negate, type Term, termHolds } from '../../src/solver/term.ts';
import { everyRank, term } from './rank-arbitraries.ts';

/** Packages of a script. */
export const scriptPackages: readonly PackageId[] = [1, 2, 3, 4];

/** One thing done to a partial solution, if it can be done. */
export type Step =
  | { readonly kind: 'derive'; readonly id: PackageId; readonly known: Term }
  | { readonly kind: 'decide'; readonly id: PackageId }
  | { readonly kind: 'backtrack'; readonly down: number };

const id = fc.constantFrom(...scriptPackages);

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('derive' as const), id, known: term }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('decide' as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('backtrack' as const), down: fc.nat(4) }) },
);

/** An assignment as the book has it: a term at a level. */
export interface Entry {
  readonly id: PackageId;
  readonly term: Term;
  readonly level: number;
  readonly isDecision: boolean;
}

/**
 * Does a step to the solution and to the list of assignments beside it; false where it can't be done.
 *
 * A derivation's cause is its place in `store`, an incompatibility of one term.
 */
export function take(
  solution: PartialSolution,
  entries: Entry[],
  store: Incompatibility[],
  next: Step,
  touched: (id: PackageId) => void = () => undefined,
): boolean {
  switch (next.kind) {
    case 'derive':
      return derive(solution, entries, store, next.id, next.known);
    case 'decide':
      return decide(solution, entries, next.id);
    case 'backtrack': {
      if (next.down === 0 || next.down > levelOf(solution)) return false;
      const level = levelOf(solution) - next.down;
      backtrackTo(solution, level, touched);
      entries.splice(entries.filter((entry) => entry.level <= level).length);
      return true;
    }
  }
}

function derive(
  solution: PartialSolution,
  entries: Entry[],
  store: Incompatibility[],
  which: PackageId,
  known: Term,
): boolean {
  if (decidedRank(solution, which) >= 0) return false;
  const before = termFor(solution, which);
  const after = before === undefined ? known : intersectTerms(before, known);
  if (after.positive && after.ranks.length === 0) return false;
  const cause: Incompatibility = { packages: [which], terms: [negate(known)], cause: { kind: 'root' } };
  addDerivation(solution, which, store.push(cause) - 1, cause);
  entries.push({ id: which, term: known, level: levelOf(solution), isDecision: false });
  return true;
}

/** Decides the lowest rank that is left. */
function decide(solution: PartialSolution, entries: Entry[], which: PackageId): boolean {
  const known = termFor(solution, which);
  if (known === undefined || !known.positive || decidedRank(solution, which) >= 0) return false;
  const rank = everyRank.find((candidate) => termHolds(known, candidate)) ?? -1;
  addDecision(solution, which, rank);
  const own: Term = { positive: true, ranks: [rank, rank + 1] };
  entries.push({ id: which, term: own, level: levelOf(solution), isDecision: true });
  return true;
}
