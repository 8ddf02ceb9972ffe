import {
  areDisjointRanks,
  intersectRanks,
  isSubsetOfRanks,
  type RankSet,
  ranksContain,
  relateRanks,
  sameRanks,
  subtractRanks,
  uniteRanks,
} from './rank-set.ts';

/**
 * A statement about one package (pub's solver, "Term").
 *
 * Positive: a version out of `ranks` is selected. Negative: none of `ranks` is selected, which holds
 * too where the package is not selected at all.
 */
export interface Term {
  readonly positive: boolean;
  readonly ranks: RankSet;
}

export function positive(ranks: RankSet): Term {
  return { positive: true, ranks };
}

export function negative(ranks: RankSet): Term {
  return { positive: false, ranks };
}

export function negate(term: Term): Term {
  return { positive: !term.positive, ranks: term.ranks };
}

export function termHolds(term: Term, rank: number): boolean {
  return term.positive === ranksContain(term.ranks, rank);
}

export function sameTerm(a: Term, b: Term): boolean {
  return a.positive === b.positive && sameRanks(a.ranks, b.ranks);
}

/** Both hold. */
export function intersectTerms(a: Term, b: Term): Term {
  if (a.positive) {
    return positive(b.positive ? intersectRanks(a.ranks, b.ranks) : subtractRanks(a.ranks, b.ranks));
  }
  return b.positive ? positive(subtractRanks(b.ranks, a.ranks)) : negative(uniteRanks(a.ranks, b.ranks));
}

/** Either holds. */
export function uniteTerms(a: Term, b: Term): Term {
  if (a.positive) {
    return b.positive ? positive(uniteRanks(a.ranks, b.ranks)) : negative(subtractRanks(b.ranks, a.ranks));
  }
  return negative(b.positive ? subtractRanks(a.ranks, b.ranks) : intersectRanks(a.ranks, b.ranks));
}

/** Whether the term holds whatever is selected: the negative term of no rank. */
export function isAlwaysTrue(term: Term): boolean {
  return !term.positive && term.ranks.length === 0;
}

/** Whether both can't hold at once. Two negative terms hold where the package is not selected. */
export function areDisjointTerms(a: Term, b: Term): boolean {
  if (a.positive) {
    return b.positive ? areDisjointRanks(a.ranks, b.ranks) : isSubsetOfRanks(a.ranks, b.ranks);
  }
  return b.positive && isSubsetOfRanks(b.ranks, a.ranks);
}

export type TermRelation = 'satisfied' | 'contradicted' | 'inconclusive';

/** What `known` says of `term`. An empty positive `known` satisfies. */
export function relateTerm(term: Term, known: Term): TermRelation {
  if (term.positive) {
    if (!known.positive) return isSubsetOfRanks(term.ranks, known.ranks) ? 'contradicted' : 'inconclusive';
    return outcome(relateRanks(known.ranks, term.ranks), 'satisfied', 'contradicted');
  }
  if (!known.positive) return isSubsetOfRanks(term.ranks, known.ranks) ? 'satisfied' : 'inconclusive';
  if (known.ranks.length === 0) return 'satisfied';
  return outcome(relateRanks(known.ranks, term.ranks), 'contradicted', 'satisfied');
}

function outcome(
  relation: ReturnType<typeof relateRanks>,
  subset: TermRelation,
  disjoint: TermRelation,
): TermRelation {
  switch (relation) {
    case 'subset':
      return subset;
    case 'disjoint':
      return disjoint;
    case 'overlapping':
      return 'inconclusive';
  }
}
