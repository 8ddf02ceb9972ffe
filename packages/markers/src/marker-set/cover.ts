import { formatMarker } from '../marker/format-marker.ts';
import type { Marker, MarkerComparison, MarkerVariable } from '../marker/marker.ts';
import { parseMarker } from '../marker/parse-marker.ts';
import { type Cut, compareCuts, lowestCut } from '../range/cut.ts';
import { type DiagramNode, type Diagrams, type Label, MarkerBudgetError } from './diagram.ts';
import type { Level } from './level.ts';
import {
  betweenLiteral,
  compatibleLiteral,
  flagLiteral,
  type Literal,
  lowerLiterals,
  textLiteral,
  upperLiterals,
  withoutPosts,
} from './literal.ts';
import { endOfVersions } from './lower-comparison.ts';
import { coverTexts } from './text-cover.ts';

/** Literals that must all hold. */
type Clause = readonly Literal[];

/** How many clauses a marker may have. */
const MAX_CLAUSES = 1000;

/**
 * The shortest marker found for a set between `set and care` and `set or not care`; null where none is needed,
 * undefined where none can say it. Tried: clauses joined by `or`, and clauses joined by `and` (from the complement),
 * each with no literal and no clause to spare.
 */
export function coverToMarker(
  diagrams: Diagrams,
  build: (marker: Marker) => DiagramNode,
  set: DiagramNode,
  care: DiagramNode,
): Marker | null | undefined {
  const { and, not, or, empty } = diagrams;
  const trim = (node: DiagramNode): DiagramNode => dropPosts(diagrams, node);
  const lower = trim(and(set, care));
  const upper = trim(or(set, not(care)));
  if (lower === empty) return parseMarker('python_version < "0"');
  if (not(upper) === empty) return null;
  const known = new Map<MarkerComparison, DiagramNode>();
  const nodeOf = ({ comparison }: Literal): DiagramNode => {
    const node = known.get(comparison) ?? trim(build(comparison));
    known.set(comparison, node);
    return node;
  };
  const simple = trim(diagrams.restrict(set, care));
  const direct = clausesOf(diagrams, nodeOf, simple, lower, upper);
  const dual = clausesOf(diagrams, nodeOf, not(simple), not(upper), not(lower));
  const candidates = [direct && joinClauses(direct, 'or', 'and'), dual && negateClauses(dual)];
  let best: Marker | undefined;
  for (const candidate of candidates) {
    if (candidate === null) continue;
    const node = trim(build(candidate));
    if (and(lower, not(node)) !== empty || and(node, not(upper)) !== empty) continue;
    if (best === undefined || formatMarker(candidate).length < formatMarker(best).length) best = candidate;
  }
  return best;
}

/** The set without Python's post-releases, of which there are none. */
function dropPosts(diagrams: Diagrams, node: DiagramNode): DiagramNode {
  const { level } = node;
  if (level?.kind !== 'versions' || level.variable !== 'python_full_version') return node;
  const labels: Label[] = [];
  const children: DiagramNode[] = [];
  for (const [index, { cut }] of node.labels.entries()) {
    const label = diagrams.cutLabel(withoutPosts(cut ?? lowestCut));
    const child = node.children[index] as DiagramNode;
    if (label === labels.at(-1)) continue;
    labels.push(label);
    children.push(child);
  }
  return diagrams.make(level, labels, [...children, node.children[node.labels.length] as DiagramNode]);
}

/** Clauses that cover `lower` and stay in `upper`, none to spare; null where some part has no text. */
function clausesOf(
  diagrams: Diagrams,
  nodeOf: (literal: Literal) => DiagramNode,
  set: DiagramNode,
  lower: DiagramNode,
  upper: DiagramNode,
): readonly Clause[] | null {
  const { and, or, not, empty, full } = diagrams;
  const outside = not(upper);
  const holds = (clause: Clause): DiagramNode =>
    clause.reduce((node, literal) => and(node, nodeOf(literal)), full);
  const covers: { readonly clause: Clause; readonly node: DiagramNode }[] = [];
  let covered = empty;
  for (const path of paths(set, [])) {
    if (covers.length > MAX_CLAUSES)
      throw new MarkerBudgetError(`The marker needs more than ${MAX_CLAUSES} clauses`);
    if (and(holds(path), outside) !== empty) continue;
    let clause = path;
    for (const literal of path) {
      const fewer = clause.filter((other) => other !== literal);
      if (and(holds(fewer), outside) === empty) clause = fewer;
    }
    const node = holds(clause);
    if (and(node, not(covered)) === empty) continue;
    covers.push({ clause, node });
    covered = or(covered, node);
  }
  if (and(lower, not(covered)) !== empty) return null;
  return withoutSpare(diagrams, covers, lower);
}

/** The clauses without those that the others make superfluous, the longest first. */
function withoutSpare(
  { and, or, not, empty }: Diagrams,
  covers: readonly { readonly clause: Clause; readonly node: DiagramNode }[],
  lower: DiagramNode,
): readonly Clause[] {
  let kept = covers;
  for (const cover of covers.toSorted((a, b) => b.clause.length - a.clause.length)) {
    const others = kept.filter((other) => other !== cover);
    const rest = others.reduce((node, other) => or(node, other.node), empty);
    if (and(lower, not(rest)) === empty) kept = others;
  }
  return kept.map(({ clause }) => clause);
}

/** The literals of every way through the diagram that ends in true. */
function* paths(node: DiagramNode, before: Clause): Generator<Clause> {
  if (node.level === null) {
    if (node.value) yield before;
    return;
  }
  const children = node.level.kind === 'flag' ? node.children.toReversed() : node.children;
  for (const child of new Set(children)) {
    if (child.level === null && !child.value) continue;
    for (const literals of waysTo(node, node.level, child)) yield* paths(child, [...before, ...literals]);
  }
}

/** The ways to say that a node leads to the child. A part that no literal can say is left out. */
function waysTo(node: DiagramNode, level: Level, child: DiagramNode): readonly Clause[] {
  const { variable } = level;
  if (level.kind === 'flag') {
    const literal = flagLiteral(variable, level.literal, node.children[1] === child);
    return [literal === null ? [] : [literal]];
  }
  if (level.kind === 'texts') return waysToText(node, variable, child);
  const intervals: (readonly [Cut, Cut | null])[] = [];
  for (const [index, other] of node.children.entries()) {
    const low = node.labels[index - 1]?.cut ?? lowestCut;
    const high = node.labels[index]?.cut ?? null;
    if (other === child) intervals.push([low, high === endOfVersions ? null : high]);
  }
  const whole = withGaps(variable, intervals);
  return whole === null ? intervals.map((interval) => withGaps(variable, [interval]) ?? []) : [whole];
}

function waysToText(
  { labels, children }: DiagramNode,
  variable: MarkerVariable,
  child: DiagramNode,
): readonly Clause[] {
  const other = children[labels.length];
  const texts = labels.filter((_, index) =>
    other === child ? children[index] !== child : children[index] === child,
  );
  const { groups, missing } = coverTexts(texts.map(({ text }) => text));
  if (other !== child) {
    return groups.map((group) =>
      group.length > 1 && missing.has(group)
        ? [
            textLiteral(variable, 'in', group),
            ...(missing.get(group) ?? []).map((text) => textLiteral(variable, '!=', text)),
          ]
        : [textLiteral(variable, '==', group)],
    );
  }
  const exact = groups.every((group) => (missing.get(group) ?? []).length === 0);
  if (!exact) return [texts.map(({ text }) => textLiteral(variable, '!=', text))];
  return [groups.map((group) => textLiteral(variable, missing.has(group) ? 'not in' : '!=', group))];
}

/** The intervals as bounds around them and `!=` for the gaps between; null where a gap has no such literal. */
function withGaps(
  variable: MarkerVariable,
  intervals: readonly (readonly [Cut, Cut | null])[],
): Clause | null {
  const [first] = intervals;
  const last = intervals.at(-1);
  if (first === undefined || last === undefined) return null;
  const lower = lowerLiterals(variable, first[0]);
  const upper = last[1] === null ? [] : upperLiterals(variable, last[1]);
  if (lower === null || upper === null) {
    const single =
      intervals.length === 1 && last[1] !== null ? betweenLiteral(variable, first[0], last[1], true) : null;
    return single && [single];
  }
  const gaps: Literal[] = [];
  for (const [index, [low]] of intervals.entries()) {
    const end = intervals[index - 1]?.[1];
    if (end === undefined || end === null) continue;
    const gap = betweenLiteral(variable, end, low, false);
    if (gap === null) return null;
    gaps.push(gap);
  }
  return [...lower, ...upper, ...gaps];
}

/** `outer` of the clauses, each the `inner` of its literals; what all have in common is said once. */
function joinClauses(clauses: readonly Clause[], outer: 'and' | 'or', inner: 'and' | 'or'): Marker {
  const merged = clauses.map((clause) => mergeBounds(clause, inner));
  const text = ({ comparison }: Literal): string => formatMarker(comparison);
  const [first = [], ...rest] = merged;
  const common = first.filter((literal) =>
    rest.every((clause) => clause.some((other) => text(other) === text(literal))),
  );
  const shared = new Set(common.map(text));
  const remainders = merged.map((clause) => clause.filter((literal) => !shared.has(text(literal))));
  if (rest.length === 0 || common.length === 0 || remainders.some((clause) => clause.length === 0)) {
    return join(
      outer,
      merged.map((clause) =>
        join(
          inner,
          clause.map(({ comparison }) => comparison),
        ),
      ),
    );
  }
  const parts = remainders.map((clause) =>
    join(
      inner,
      clause.map(({ comparison }) => comparison),
    ),
  );
  return join(inner, [...common.map(({ comparison }) => comparison), join(outer, parts)]);
}

/** The conjunction of the clauses' opposites; null where a literal has none. */
function negateClauses(clauses: readonly Clause[]): Marker | null {
  const opposite: Literal[][] = [];
  for (const clause of clauses) {
    const literals: Literal[] = [];
    for (const literal of clause) {
      if (literal.opposite === null) return null;
      const bound =
        literal.bound &&
        ({ cut: literal.bound.cut, side: literal.bound.side === 'lower' ? 'upper' : 'lower' } as const);
      literals.push({ comparison: literal.opposite, opposite: literal.comparison, bound });
    }
    opposite.push(literals);
  }
  return joinClauses(opposite, 'and', 'or');
}

/** Two bounds that are one equality (`and`) or one inequality (`or`) become it. */
function mergeBounds(clause: Clause, inner: 'and' | 'or'): Clause {
  for (const lower of clause) {
    for (const upper of clause) {
      if (lower.bound?.side !== 'lower' || upper.bound?.side !== 'upper') continue;
      if (axisOf(lower) !== axisOf(upper)) continue;
      const [from, to] =
        inner === 'and' ? [lower.bound.cut, upper.bound.cut] : [upper.bound.cut, lower.bound.cut];
      if (compareCuts(from, to) >= 0) continue;
      const literal =
        betweenLiteral(axisOf(lower), from, to, inner === 'and') ??
        (inner === 'and' ? compatibleLiteral(axisOf(lower), from, to) : null);
      if (literal !== null)
        return clause.flatMap((other) => (other === lower ? [literal] : other === upper ? [] : [other]));
    }
  }
  return clause;
}

function axisOf({ comparison }: Literal): MarkerVariable {
  const { left } = comparison;
  const name = left.kind === 'variable' ? left.name : 'extra';
  return name === 'python_version' ? 'python_full_version' : name;
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
