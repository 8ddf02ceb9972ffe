import {
  areDisjointRanges,
  areEqualRanges,
  complementRange,
  createMarkerAlgebra,
  evaluateMarker,
  formatRange,
  intersectRanges,
  isEmptyRange,
  isSubrange,
  type MarkerAlgebra,
  parseMarker,
  parseSpecifierSet,
  parseVersion,
  rangeContains,
  rangeOf,
  uniteRanges,
} from '@pyplan/markers';
import { grid, type MarkersCase, type RangesCase } from './random-cases.ts';

interface RangesAnswer {
  readonly a: readonly boolean[];
  readonly both: readonly boolean[];
  readonly either: readonly boolean[];
  readonly rest: readonly boolean[];
  readonly empty: boolean;
  readonly disjoint: boolean;
  readonly subset: boolean;
  readonly texts: readonly (string | null)[];
}

interface MarkersAnswer {
  readonly empty: boolean;
  readonly full: boolean;
  readonly disjoint: boolean;
  readonly subset: boolean;
  readonly superset: boolean;
  readonly equivalent: boolean;
  readonly holds: readonly boolean[];
}

/** A case with the answer of the oracle. */
export type Answered =
  | (RangesCase & { readonly answer: RangesAnswer })
  | (MarkersCase & { readonly answer: MarkersAnswer });

/** What we say otherwise than the oracle; null where we agree. */
export function disagreement(algebra: MarkerAlgebra, one: Answered): string | null {
  const [ours, theirs] =
    one.kind === 'ranges' ? [rangesAnswer(one), one.answer] : [markersAnswer(algebra, one), one.answer];
  for (const [key, value] of Object.entries(theirs)) {
    const mine = (ours as unknown as Readonly<Record<string, unknown>>)[key];
    if (JSON.stringify(mine) === JSON.stringify(value)) continue;
    return `${JSON.stringify({ a: one.a, b: one.b })}: ${key} is ${JSON.stringify(mine)}, not ${JSON.stringify(value)}`;
  }
  return null;
}

function rangesAnswer(one: RangesCase & { readonly answer: RangesAnswer }): RangesAnswer {
  const [a, b] = [rangeOf(parseSpecifierSet(one.a)), rangeOf(parseSpecifierSet(one.b))];
  const [both, either, rest] = [intersectRanges(a, b), uniteRanges(a, b), complementRange(a)];
  const versions = one.versions.map(parseVersion);
  const within = (range: typeof a): readonly boolean[] =>
    versions.map((version) => rangeContains(range, version));
  // Texts differ in form: ours counts as theirs if it means the same range, or if theirs has none.
  const texts = [a, both, either, rest].map((range, index) => {
    const theirs = one.answer.texts[index] ?? null;
    const ours = formatRange(range);
    const same = ours !== null && areEqualRanges(rangeOf(parseSpecifierSet(ours)), range);
    return same || (ours === null && theirs === null) ? theirs : ours;
  });
  return {
    a: within(a),
    both: within(both),
    either: within(either),
    rest: within(rest),
    empty: isEmptyRange(a),
    disjoint: areDisjointRanges(a, b),
    subset: isSubrange(a, b),
    texts,
  };
}

function markersAnswer(algebra: MarkerAlgebra, one: MarkersCase): MarkersAnswer {
  const parsed = parseMarker(one.a);
  const [a, b] = [algebra.of(parsed), algebra.of(parseMarker(one.b))];
  return {
    empty: algebra.isEmpty(a),
    full: algebra.isFull(a),
    disjoint: algebra.areDisjoint(a, b),
    subset: algebra.isSubset(a, b),
    superset: algebra.isSubset(b, a),
    equivalent: algebra.areEquivalent(a, b),
    holds: grid.map((environment) => evaluateMarker(parsed, environment)),
  };
}

export function newAlgebra(): MarkerAlgebra {
  return createMarkerAlgebra();
}
