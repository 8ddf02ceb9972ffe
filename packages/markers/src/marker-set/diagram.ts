import { isNameSet, type MarkerVariable } from '../marker/marker.ts';
import { type Cut, compareCuts } from '../range/cut.ts';
import { shortestText } from '../version/version.ts';
import { compareLevels, type Level, type LevelKind } from './level.ts';

/** A deciding operation needed more steps than the algebra's budget. */
export class MarkerBudgetError extends Error {
  override readonly name = 'MarkerBudgetError';
}

/** What parts the children of a node: a cut of versions or a text. Interned: equal labels are identical. */
export type Label = { readonly id: number; readonly cut: Cut | null; readonly text: string };

/**
 * A node of a reduced, ordered decision diagram, interned: equal sets are identical nodes. A node is a list of
 * decisions: the first label that holds for the level's variable leads to the child of its place, none of them to
 * the last child. A label holds
 *
 * - on a level of `versions` for the versions below its cut (cuts ascend),
 * - on one of `texts` for that text (texts ascend),
 * - on a `flag`, whose only label is the level's literal, for values that contain it.
 *
 * Flags of a variable stand below its other levels, longer literals first: what a label that holds says of them is
 * decided already in its child.
 */
export type DiagramNode = {
  readonly id: number;
  /** Null for the two constants. */
  readonly level: Level | null;
  /** The answer of a constant. */
  readonly value: boolean;
  readonly labels: readonly Label[];
  readonly children: readonly DiagramNode[];
  /** Levels from here down, at most. */
  readonly depth: number;
};

/** Interned nodes and the operations on them. */
export type Diagrams = {
  readonly empty: DiagramNode;
  readonly full: DiagramNode;
  /** Starts the count of steps anew. */
  readonly start: () => void;
  readonly level: (kind: LevelKind, variable: MarkerVariable, literal?: string) => Level;
  readonly cutLabel: (cut: Cut) => Label;
  readonly textLabel: (text: string) => Label;
  /** The one node of these parts, reduced. */
  readonly make: (at: Level, labels: readonly Label[], children: readonly DiagramNode[]) => DiagramNode;
  readonly not: (node: DiagramNode) => DiagramNode;
  readonly and: (a: DiagramNode, b: DiagramNode) => DiagramNode;
  readonly or: (a: DiagramNode, b: DiagramNode) => DiagramNode;
  /** Whether all of `a` is in `b`. */
  readonly isWithin: (a: DiagramNode, b: DiagramNode) => boolean;
  /** A small set that equals `node` wherever `care` holds (Coudert and Madre's restrict). */
  readonly restrict: (node: DiagramNode, care: DiagramNode) => DiagramNode;
};

/** How many levels a diagram may have, since operations recurse. */
const MAX_DEPTH = 1000;

/** A store of diagrams. `budget`: the most steps (nodes visited or made) that one operation may take. */
export function createDiagrams(budget: number): Diagrams {
  const [empty, full] = [false, true].map(
    (value): DiagramNode => ({ id: Number(value), level: null, value, labels: [], children: [], depth: 0 }),
  ) as [DiagramNode, DiagramNode];
  const levels = new Map<string, Level>();
  const labels = new Map<string, Label>();
  const nodes = new Map<string, DiagramNode>();
  const results = new Map<string, DiagramNode>();
  let left = budget;

  function spend(steps: number): void {
    left -= steps;
    if (left < 0) throw new MarkerBudgetError(`Deciding this marker needs more than ${budget} steps`);
  }

  function label(cut: Cut | null, text: string): Label {
    return intern(labels, `${cut !== null} ${text}`, (id) => ({ id, cut, text }));
  }

  function make(at: Level, given: readonly Label[], children: readonly DiagramNode[]): DiagramNode {
    const last = children[given.length] as DiagramNode;
    const kept: Label[] = [];
    const keptChildren: DiagramNode[] = [];
    let key = `${at.id}`;
    let depth = last.depth + 1;
    for (const [index, each] of given.entries()) {
      const child = children[index] as DiagramNode;
      const next = at.kind === 'versions' ? (children[index + 1] as DiagramNode) : last;
      if (child === knowing(next, at, each)) continue;
      kept.push(each);
      keptChildren.push(child);
      key += ` ${each.id},${child.id}`;
      depth = Math.max(depth, child.depth + 1);
    }
    if (kept.length === 0) return last;
    spend(1);
    if (depth > MAX_DEPTH) throw new MarkerBudgetError(`The marker tells more than ${MAX_DEPTH} names apart`);
    return intern(nodes, `${key} ${last.id}`, (count) => ({
      id: count + 2,
      level: at,
      value: false,
      labels: kept,
      children: [...keptChildren, last],
      depth,
    }));
  }

  /** The node where the label is known to hold: what that says of the flags of its variable is decided. */
  function knowing(node: DiagramNode, at: Level, known: Label | undefined): DiagramNode {
    const { level, children } = node;
    if (known === undefined || at.kind === 'versions' || level?.kind !== 'flag') return node;
    if (level.variable !== at.variable || isNameSet(at.variable)) return node;
    const isTold = known.text.includes(level.literal);
    if (isTold || at.kind === 'texts') return knowing(children[isTold ? 0 : 1] as DiagramNode, at, known);
    return make(
      level,
      node.labels,
      children.map((child) => knowing(child, at, known)),
    );
  }

  function not(node: DiagramNode): DiagramNode {
    const { level, value, labels: own, children } = node;
    if (level === null) return value ? empty : full;
    return intern(results, `!${node.id}`, () => make(level, own, children.map(not)));
  }

  /** Both sets' intersection where `zero` is empty, their union where it is full. */
  function join(a: DiagramNode, b: DiagramNode, zero: DiagramNode): DiagramNode {
    if (a === b || a === zero) return a;
    if (a.id > b.id) return join(b, a, zero);
    if (b === zero) return b;
    if (a.level === null) return b;
    return intern(results, `${zero.id} ${a.id} ${b.id}`, () => {
      const [at, parts, ofA, ofB] = align(a, b);
      return make(
        at,
        parts,
        ofA.map((child, index) => join(child, ofB[index] as DiagramNode, zero)),
      );
    });
  }

  const and = (a: DiagramNode, b: DiagramNode): DiagramNode => join(a, b, empty);
  const or = (a: DiagramNode, b: DiagramNode): DiagramNode => join(a, b, full);

  function restrict(node: DiagramNode, care: DiagramNode): DiagramNode {
    if (care === empty || node.level === null || care === full) return care === empty ? empty : node;
    return intern(results, `/${node.id} ${care.id}`, () => {
      const [at, parts, ofNode, ofCare] = align(node, care);
      if (node.level !== at) return restrict(node, ofCare.reduce(or));
      const known = ofNode.map((child, index) => {
        const cared = ofCare[index] as DiagramNode;
        return cared === empty ? null : restrict(child, cared);
      });
      // A child that is not cared for becomes what lets the node fall together.
      let next = known.findLast((child) => child !== null) ?? empty;
      const children: DiagramNode[] = [];
      for (let index = parts.length; index >= 0; index--) {
        const child = known[index] ?? knowing(next, at, parts[index]);
        if (at.kind === 'versions') next = child;
        children.unshift(child);
      }
      return make(at, parts, children);
    });
  }

  type Aligned = readonly [Level, readonly Label[], readonly DiagramNode[], readonly DiagramNode[]];

  /** The upper level of both, the labels of both there, and the children of each for every label and for none. */
  function align(a: DiagramNode, b: DiagramNode): Aligned {
    const order = a.level === null ? 1 : b.level === null ? -1 : compareLevels(a.level, b.level);
    const at = (order > 0 ? b : a).level as Level;
    const parts = mergeLabels(order > 0 ? [] : a.labels, order < 0 ? [] : b.labels);
    spend(parts.length + 1);
    return [at, parts, spread(a, at, parts), spread(b, at, parts)];
  }

  function spread(node: DiagramNode, at: Level, parts: readonly Label[]): readonly DiagramNode[] {
    const [own, children] = node.level === at ? [node.labels, node.children] : [[], [node]];
    let index = 0;
    return [...parts, undefined].map((part) => {
      if (part !== undefined && part === own[index]) return children[index++] as DiagramNode;
      return knowing(children[at.kind === 'versions' ? index : own.length] as DiagramNode, at, part);
    });
  }

  return {
    empty,
    full,
    start: () => {
      left = budget;
    },
    level: (kind, variable, literal = '') =>
      intern(levels, `${kind} ${variable} ${literal}`, (id) => ({ id, kind, variable, literal })),
    cutLabel: (cut) => label(cut, cut.side + shortestText(cut.version)),
    textLabel: (text) => label(null, text),
    make,
    not,
    and,
    or,
    isWithin: (a, b) => and(a, not(b)) === empty,
    restrict,
  };
}

function intern<T>(table: Map<string, T>, key: string, build: (count: number) => T): T {
  const known = table.get(key);
  if (known !== undefined) return known;
  const built = build(table.size);
  table.set(key, built);
  return built;
}

function mergeLabels(a: readonly Label[], b: readonly Label[]): readonly Label[] {
  if (a.length === 0 || a === b) return b;
  if (b.length === 0) return a;
  const merged: Label[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [left, right] = [a[i], b[j]];
    const order = left === undefined ? 1 : right === undefined ? -1 : compareLabels(left, right);
    merged.push((order > 0 ? right : left) as Label);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return merged;
}

/** The order of the labels of a node. */
function compareLabels(a: Label, b: Label): number {
  if (a === b) return 0;
  if (a.cut !== null && b.cut !== null) return compareCuts(a.cut, b.cut);
  return a.text < b.text ? -1 : 1;
}
