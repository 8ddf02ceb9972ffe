import {
  areDisjointRanges,
  areEqualRanges,
  complementRange,
  createMarkerAlgebra,
  evaluateMarker,
  formatMarker,
  formatRange,
  formatRequirement,
  formatSpecifierSet,
  intersectRanges,
  isEmptyRange,
  isSubrange,
  type MarkerAlgebra,
  type MarkerSet,
  MarkersSyntaxError,
  parseMarker,
  parseRequirement,
  parseSpecifierSet,
  parseVersion,
  rangeContains,
  rangeOf,
  uniteRanges,
} from '@pyplan/markers';
import { grid, type MarkersCase, type RangesCase, type TextsCase } from './random-cases.ts';

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

/** Normal forms; null: the text is none, `?`: the oracle failed. */
type TextsAnswer = Readonly<Record<'version' | 'specifiers' | 'requirement' | 'marker', string | null>>;

/** A case with the answer of the oracle. */
export type Answered =
  | (TextsCase & { readonly answer: TextsAnswer })
  | (RangesCase & { readonly answer: RangesAnswer })
  | (MarkersCase & { readonly answer: MarkersAnswer });

/**
 * What we say otherwise than the oracle; null where we agree, or where an environment shows the oracle to err.
 * (nab_markersets knows no post-releases of pre-releases: it takes `python_full_version > "3.13.0rc2" or
 * python_full_version <= "3.13.0rc2"` for full, and neither holds for 3.13.0rc2.post1.)
 */
export function disagreement(algebra: MarkerAlgebra, one: Answered): string | null {
  const ours =
    one.kind === 'ranges'
      ? rangesAnswer(one)
      : one.kind === 'texts'
        ? textsAnswer(one)
        : markersAnswer(algebra, one);
  const { answer, ...asked } = one;
  const oursByKey = new Map<string, unknown>(Object.entries(ours));
  for (const [key, value] of Object.entries(answer)) {
    const mine = oursByKey.get(key);
    if (value === '?') continue;
    if (JSON.stringify(mine) === JSON.stringify(value)) continue;
    return `${JSON.stringify(asked)}: ${key} is ${JSON.stringify(mine)}, not ${JSON.stringify(value)}`;
  }
  return null;
}

function textsAnswer({ text }: TextsCase): TextsAnswer {
  const print = (parse: () => string): string | null => {
    try {
      return parse();
    } catch (error) {
      if (error instanceof MarkersSyntaxError) return null;
      // A marker's value with both kinds of quote: the oracle fails too.
      if (error instanceof RangeError) return '?';
      throw error;
    }
  };
  return {
    version: print(() => parseVersion(text).text),
    specifiers: print(() => formatSpecifierSet(parseSpecifierSet(text))),
    requirement: print(() => formatRequirement(parseRequirement(text))),
    marker: print(() => formatMarker(parseMarker(text))),
  };
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

function markersAnswer(
  algebra: MarkerAlgebra,
  one: MarkersCase & { readonly answer: MarkersAnswer },
): MarkersAnswer {
  const [parsedA, parsedB] = [parseMarker(one.a), parseMarker(one.b)];
  const [a, b] = [algebra.of(parsedA), algebra.of(parsedB)];
  const { and, not, or } = algebra;
  /** Our verdict, or the oracle's where ours denies it without an environment that proves the denial. */
  const verdict = (ours: boolean, theirs: boolean, counterexamples: MarkerSet): boolean => {
    if (ours || !theirs) return ours;
    const witness = algebra.witness(counterexamples);
    if (witness === null || witness.extras.length > 1) return ours;
    const { environment, extras } = witness;
    const holds = [parsedA, parsedB].map((marker) => evaluateMarker(marker, environment, extras[0] ?? null));
    const isProven =
      JSON.stringify(holds) ===
      JSON.stringify([a, b].map((set) => algebra.contains(set, environment, extras)));
    return isProven ? theirs : ours;
  };
  const { answer } = one;
  const difference = or(and(a, not(b)), and(b, not(a)));
  return {
    empty: verdict(algebra.isEmpty(a), answer.empty, a),
    full: verdict(algebra.isFull(a), answer.full, not(a)),
    disjoint: verdict(algebra.areDisjoint(a, b), answer.disjoint, and(a, b)),
    subset: verdict(algebra.isSubset(a, b), answer.subset, and(a, not(b))),
    superset: verdict(algebra.isSubset(b, a), answer.superset, and(b, not(a))),
    equivalent: verdict(algebra.areEquivalent(a, b), answer.equivalent, difference),
    holds: grid.map((environment) => evaluateMarker(parsedA, environment)),
  };
}

export function newAlgebra(): MarkerAlgebra {
  return createMarkerAlgebra();
}
