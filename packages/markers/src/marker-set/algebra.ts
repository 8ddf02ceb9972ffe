import type { Marker, MarkerEnvironment } from '../marker/marker.ts';
import { DEFAULT_BUDGET } from '../text/limits.ts';
import { createDiagrams, type DiagramNode } from './diagram.ts';
import { lowerComparison } from './lower-comparison.ts';
import { shortestMarker } from './shortest-marker.ts';
import { diagramHolds, type Witness, witnessOf } from './witness.ts';

/**
 * A set of environments: those in which a marker holds. Sets of one algebra that hold the same environments
 * are identical (`===`), so they can be keys of a Map. Their inside is nobody's business.
 */
export type MarkerSet = DiagramNode;

/** How an algebra decides. */
export type MarkerAlgebraOptions = {
  /**
   * Markers that hold in every environment there is, such as `platformFacts`. Without them variables are
   * independent, and `os_name == "nt" and sys_platform == "linux"` is a set like any other.
   */
  readonly theory?: readonly Marker[];
  /** The most steps one operation may take before it throws `MarkerBudgetError`. Default: a million. */
  readonly budget?: number;
};

/** Sets of environments and what can be asked of them. Sets of different algebras must not be mixed. */
export type MarkerAlgebra = {
  /** Every environment; the set of no marker. */
  readonly full: MarkerSet;
  /** No environment. */
  readonly empty: MarkerSet;
  /** The environments in which the marker holds; null is no marker. Throws UndefinedComparisonError. */
  readonly of: (marker: Marker | null) => MarkerSet;
  readonly and: (...sets: readonly MarkerSet[]) => MarkerSet;
  readonly or: (...sets: readonly MarkerSet[]) => MarkerSet;
  readonly not: (set: MarkerSet) => MarkerSet;
  /** Whether no environment that the theory allows is in the set. */
  readonly isEmpty: (set: MarkerSet) => boolean;
  /** Whether every environment that the theory allows is in the set. */
  readonly isFull: (set: MarkerSet) => boolean;
  readonly areDisjoint: (a: MarkerSet, b: MarkerSet) => boolean;
  /** Whether every environment of `a` is in `b`. */
  readonly isSubset: (a: MarkerSet, b: MarkerSet) => boolean;
  readonly areEquivalent: (a: MarkerSet, b: MarkerSet) => boolean;
  /** A simpler set that holds the same environments of the universe; outside it, any. */
  readonly simplify: (set: MarkerSet, universe?: MarkerSet) => MarkerSet;
  /** The environments of the set that are in the universe. */
  readonly restrict: (set: MarkerSet, universe: MarkerSet) => MarkerSet;
  /**
   * The shortest marker found that says the set, within the universe if there is one. `null`: no marker is
   * needed; `undefined`: none can say it. The empty set is `python_version < "0"`. Python versions are taken
   * to have no post-releases.
   */
  readonly toMarker: (set: MarkerSet, universe?: MarkerSet) => Marker | null | undefined;
  /** An environment of the set, an everyday one where there is one; null if there is none. */
  readonly witness: (set: MarkerSet) => Witness | null;
  /** Whether the environment, with these extras asked for, is in the set. */
  readonly contains: (set: MarkerSet, environment: MarkerEnvironment, extras?: readonly string[]) => boolean;
};

/** A new algebra. It keeps every set it ever made: drop it to free them. */
export function createMarkerAlgebra({
  theory = [],
  budget = DEFAULT_BUDGET,
}: MarkerAlgebraOptions = {}): MarkerAlgebra {
  const diagrams = createDiagrams(budget);
  const { empty, full } = diagrams;
  const possible = fold(diagrams.and, full, theory.map(build));

  function build(marker: Marker): MarkerSet {
    if (marker.kind === 'comparison') return lowerComparison(diagrams, marker);
    const isAnd = marker.kind === 'and';
    return fold(isAnd ? diagrams.and : diagrams.or, isAnd ? full : empty, marker.markers.map(build));
  }

  /** Each public operation has the whole budget. */
  function budgeted<Arguments extends readonly unknown[], Result>(
    operation: (...args: Arguments) => Result,
  ): (...args: Arguments) => Result {
    return (...args) => {
      diagrams.start();
      return operation(...args);
    };
  }

  const isEmpty = (set: MarkerSet): boolean => diagrams.and(set, possible) === empty;
  const isSubset = (a: MarkerSet, b: MarkerSet): boolean => isEmpty(diagrams.and(a, diagrams.not(b)));
  const within = (universe: MarkerSet = full): MarkerSet => diagrams.and(universe, possible);

  return {
    full,
    empty,
    of: budgeted((marker) => (marker ? build(marker) : full)),
    and: budgeted((...sets) => fold(diagrams.and, full, sets)),
    or: budgeted((...sets) => fold(diagrams.or, empty, sets)),
    not: budgeted(diagrams.not),
    isEmpty: budgeted(isEmpty),
    isFull: budgeted((set) => isEmpty(diagrams.not(set))),
    areDisjoint: budgeted((a, b) => isEmpty(diagrams.and(a, b))),
    isSubset: budgeted(isSubset),
    areEquivalent: budgeted((a, b) => within(a) === within(b)),
    simplify: budgeted((set, universe) => diagrams.restrict(set, within(universe))),
    restrict: budgeted(diagrams.and),
    toMarker: budgeted((set, universe) => shortestMarker(diagrams, build, set, within(universe))),
    witness: budgeted((set) => witnessOf(diagrams.and(set, possible))),
    contains: (set, environment, extras = []) => diagramHolds(set, environment, extras),
  };
}

/** Combines many sets as a balanced tree, which keeps the intermediate ones small. */
function fold(
  operation: (a: MarkerSet, b: MarkerSet) => MarkerSet,
  neutral: MarkerSet,
  sets: readonly MarkerSet[],
): MarkerSet {
  const half = sets.length >> 1;
  if (half === 0) return sets[0] ?? neutral;
  return operation(fold(operation, neutral, sets.slice(0, half)), fold(operation, neutral, sets.slice(half)));
}
