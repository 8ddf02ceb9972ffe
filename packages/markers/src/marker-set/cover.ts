import { formatMarker } from '../marker/format-marker.ts';
import type { Marker, MarkerComparison } from '../marker/marker.ts';
import { comparisonOf, parseMarker } from '../marker/parse-marker.ts';
import { lowestCut } from '../range/cut.ts';
import { type DiagramNode, type Diagrams, type Label, MarkerBudgetError } from './diagram.ts';
import { type Clause, cutsTo, spellRange, waysThrough, withoutPosts } from './spell-node.ts';

/** How many clauses a marker may have. */
const MAX_CLAUSES = 1000;

/** The diagrams, and the set of each comparison. */
type Speller = Diagrams & { readonly setOf: (comparison: MarkerComparison) => DiagramNode };

/**
 * The shortest marker found for a set between `set and care` and `set or not care`; null where none is needed,
 * undefined where none can say it. Tried: clauses joined by `or`, and clauses joined by `and` (from the complement),
 * each with no comparison and no clause to spare.
 */
export function coverToMarker(
  diagrams: Diagrams,
  build: (marker: Marker) => DiagramNode,
  set: DiagramNode,
  care: DiagramNode,
): Marker | null | undefined {
  const { and, not, or, isWithin, empty } = diagrams;
  const trim = (node: DiagramNode): DiagramNode => dropPosts(diagrams, node);
  const lower = trim(and(set, care));
  const upper = trim(or(set, not(care)));
  if (lower === empty) return parseMarker('python_version < "0"');
  if (not(upper) === empty) return null;
  const known = new Map<MarkerComparison, DiagramNode>();
  const setOf = (comparison: MarkerComparison): DiagramNode => {
    const node = known.get(comparison) ?? trim(build(comparison));
    known.set(comparison, node);
    return node;
  };
  const speller: Speller = { ...diagrams, setOf };
  const simple = trim(diagrams.restrict(set, care));
  const direct = clausesOf(speller, simple, lower, upper);
  const dual = clausesOf(speller, not(simple), not(upper), not(lower)).map((clause) =>
    clause.flatMap((comparison) => opposite(speller, comparison)),
  );
  // What could not be said was left out; so each is judged as a whole.
  const found = [joinClauses(speller, direct, 'or', 'and'), joinClauses(speller, dual, 'and', 'or')].filter(
    (marker) => isWithin(lower, trim(build(marker))) && isWithin(trim(build(marker)), upper),
  );
  return found.toSorted((a, b) => formatMarker(a).length - formatMarker(b).length)[0];
}

/** The set without Python's post-releases, of which there are none. */
function dropPosts(diagrams: Diagrams, node: DiagramNode): DiagramNode {
  const { level, labels, children } = node;
  if (level?.kind !== 'versions' || level.variable !== 'python_full_version') return node;
  const kept: (readonly [Label, DiagramNode])[] = [];
  for (const [index, { cut }] of labels.entries()) {
    const label = diagrams.cutLabel(withoutPosts(cut ?? lowestCut));
    if (label !== kept.at(-1)?.[0]) kept.push([label, children[index] as DiagramNode]);
  }
  return diagrams.make(
    level,
    kept.map(([label]) => label),
    [...kept.map(([, child]) => child), children[labels.length] as DiagramNode],
  );
}

/** Clauses that cover what they can of `lower` and stay in `upper`, none to spare. */
function clausesOf(
  speller: Speller,
  set: DiagramNode,
  lower: DiagramNode,
  upper: DiagramNode,
): readonly Clause[] {
  const { and, or, isWithin, empty, full, setOf } = speller;
  const holds = (clause: Clause): DiagramNode => clause.map(setOf).reduce(and, full);
  const isRight = (clause: Clause): boolean => isWithin(holds(clause), upper);
  const covers: Clause[] = [];
  let covered = empty;
  for (const way of waysThrough(set)) {
    if (covers.length > MAX_CLAUSES)
      throw new MarkerBudgetError(`The marker needs more than ${MAX_CLAUSES} clauses`);
    if (!isRight(way)) continue;
    const clause = withoutSpare(way, isRight);
    if (isWithin(holds(clause), covered)) continue;
    covers.push(clause);
    covered = or(covered, holds(clause));
  }
  const longestFirst = covers.toSorted((a, b) => b.length - a.length);
  const kept = withoutSpare(longestFirst, (some) => isWithin(lower, some.map(holds).reduce(or, empty)));
  return covers.filter((clause) => kept.includes(clause));
}

/** The items without those that can be spared, one after the other. */
function withoutSpare<T>(items: readonly T[], isEnough: (fewer: T[]) => boolean): readonly T[] {
  let kept = items;
  for (const item of items) {
    const fewer = kept.filter((other) => other !== item);
    if (isEnough(fewer)) kept = fewer;
  }
  return kept;
}

/** The comparison that holds where this one doesn't; none where no single one does. */
function opposite(speller: Speller, comparison: MarkerComparison): Clause {
  const ways = [...waysThrough(speller.not(speller.setOf(comparison)))];
  const clause = ways.length === 1 ? ways.flatMap((way) => mergeBounds(speller, way, 'and')) : [];
  return clause.length === 1 ? clause : [];
}

/** `outer` of the clauses, each the `inner` of its comparisons; what all have in common is said once. */
function joinClauses(
  speller: Speller,
  clauses: readonly Clause[],
  outer: 'and' | 'or',
  inner: 'and' | 'or',
): Marker {
  const merged = clauses.map((clause) => mergeBounds(speller, clause, inner));
  const isShared = (comparison: MarkerComparison): boolean =>
    merged.every((clause) => clause.some((other) => speller.setOf(other) === speller.setOf(comparison)));
  const shared = (merged[0] ?? []).filter(isShared);
  const rests = merged.map((clause) => clause.filter((comparison) => !isShared(comparison)));
  const isApart = shared.length === 0 || rests.some((rest) => rest.length === 0);
  const joined = join(
    outer,
    (isApart ? merged : rests).map((clause) => join(inner, clause)),
  );
  return isApart ? joined : join(inner, [...shared, joined]);
}

/** Two bounds that are one equality or `~=` (`and`) or one inequality (`or`) become it. */
function mergeBounds({ and, or, not, full, setOf }: Speller, clause: Clause, inner: 'and' | 'or'): Clause {
  const isAnd = inner === 'and';
  for (const [index, a] of clause.entries()) {
    for (const b of clause.slice(index + 1)) {
      const { level } = setOf(a);
      const both = isAnd ? and(setOf(a), setOf(b)) : not(or(setOf(a), setOf(b)));
      if (level?.kind !== 'versions' || setOf(b).level !== level || both.level !== level) continue;
      const equal = spellRange(level.variable, cutsTo(both, full)) ?? [];
      const merged = [
        ...(equal.length === 1 ? equal : []).map(({ left, right }) =>
          comparisonOf(left, isAnd ? '==' : '!=', right),
        ),
        ...(isAnd ? [a, b] : []).map(({ left, right }) => comparisonOf(left, '~=', right)),
      ].find((one) => one.specifier !== null && (isAnd ? setOf(one) : not(setOf(one))) === both);
      if (merged !== undefined) return clause.flatMap((one) => (one === a ? merged : one === b ? [] : one));
    }
  }
  return clause;
}

/** Flat junction: parts of the same kind are taken in. */
function join(kind: 'and' | 'or', parts: readonly Marker[]): Marker {
  const markers = parts.flatMap((part) => (part.kind === kind ? part.markers : [part]));
  const [only] = markers;
  if (only !== undefined && markers.length === 1) return only;
  return {
    kind,
    markers: markers.map((part) => (part.kind === 'or' ? { ...part, grouped: true } : part)),
    grouped: false,
  };
}
