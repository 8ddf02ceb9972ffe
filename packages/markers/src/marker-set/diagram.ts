import type { MarkerVariable } from '../marker/marker.ts';
import { type Cut, compareCuts } from '../range/cut.ts';
import { compareLevels, isNameSet, type Level, type LevelKind } from './level.ts';

/** A deciding operation needed more steps than the algebra's budget. */
export class MarkerBudgetError extends Error {
  override readonly name = 'MarkerBudgetError';
}

/** What parts the children of a node: a cut of versions or a text. Interned: equal labels are identical. */
export type Label = { readonly id: number; readonly cut: Cut | null; readonly text: string };

/**
 * A node of a reduced, ordered decision diagram, interned: equal sets are identical nodes.
 *
 * - `constant`: no children; `value` is the answer.
 * - `versions`: n ascending cuts and n + 1 children, neighbours different.
 * - `texts`: n sorted texts and n + 1 children; the last is for every other text.
 * - `flag`: no label and two children, false first. Under the true one, flags of the same variable that the
 *   literal implies are decided already.
 */
export type DiagramNode = {
  readonly id: number;
  readonly level: Level | null;
  readonly value: boolean;
  readonly labels: readonly Label[];
  readonly children: readonly DiagramNode[];
  /** Levels from here down, at most. */
  readonly depth: number;
};

/** Interned nodes and the operations on them. */
export type Diagrams = ReturnType<typeof createDiagrams>;

/** How many levels a diagram may have, since operations recurse. */
const MAX_DEPTH = 1000;

const noLabels: readonly Label[] = [];

/** A store of diagrams. `budget`: the most steps (nodes visited or made) that one operation may take. */
export function createDiagrams(budget: number): {
  readonly empty: DiagramNode;
  readonly full: DiagramNode;
  /** Starts the count of steps anew. */
  readonly start: () => void;
  readonly spend: (steps: number) => void;
  readonly level: (kind: LevelKind, variable: MarkerVariable, literal?: string) => Level;
  readonly cutLabel: (cut: Cut) => Label;
  readonly textLabel: (text: string) => Label;
  readonly make: (level: Level, labels: readonly Label[], children: readonly DiagramNode[]) => DiagramNode;
  readonly not: (node: DiagramNode) => DiagramNode;
  readonly and: (a: DiagramNode, b: DiagramNode) => DiagramNode;
  readonly or: (a: DiagramNode, b: DiagramNode) => DiagramNode;
  readonly restrict: (node: DiagramNode, care: DiagramNode) => DiagramNode;
} {
  const empty: DiagramNode = { id: 0, level: null, value: false, labels: noLabels, children: [], depth: 0 };
  const full: DiagramNode = { id: 1, level: null, value: true, labels: noLabels, children: [], depth: 0 };
  const levels = new Map<string, Level>();
  const labels = new Map<string, Label>();
  const nodes = new Map<string, DiagramNode>();
  const results = new Map<string, DiagramNode>();
  let left = budget;

  function start(): void {
    left = budget;
  }

  function spend(steps: number): void {
    left -= steps;
    if (left < 0) throw new MarkerBudgetError(`Deciding this marker needs more than ${budget} steps`);
  }

  function level(kind: LevelKind, variable: MarkerVariable, literal = ''): Level {
    return intern(levels, `${kind} ${variable} ${literal}`, () => ({
      id: levels.size,
      kind,
      variable,
      literal,
    }));
  }

  function cutLabel(cut: Cut): Label {
    return intern(labels, `cut ${cutIdentity(cut)}`, () => ({ id: labels.size, cut, text: '' }));
  }

  function textLabel(text: string): Label {
    return intern(labels, `text ${text}`, () => ({ id: labels.size, cut: null, text }));
  }

  /** The one node of these parts, reduced. */
  function make(at: Level, given: readonly Label[], children: readonly DiagramNode[]): DiagramNode {
    if (at.kind === 'flag') {
      const [low, high] = children as readonly [DiagramNode, DiagramNode];
      return high === implied(low, at) ? low : internNode(at, noLabels, children);
    }
    const keptLabels: Label[] = [];
    const kept: DiagramNode[] = [];
    const last = children[given.length] as DiagramNode;
    for (const [index, label] of given.entries()) {
      const child = children[index] as DiagramNode;
      const spare = at.kind === 'versions' ? children[index + 1] : decideText(last, at.variable, label.text);
      if (child === spare) continue;
      keptLabels.push(label);
      kept.push(child);
    }
    return keptLabels.length === 0 ? last : internNode(at, keptLabels, [...kept, last]);
  }

  function internNode(at: Level, given: readonly Label[], children: readonly DiagramNode[]): DiagramNode {
    let key = `${at.id}`;
    for (const label of given) key += `,${label.id}`;
    for (const child of children) key += `|${child.id}`;
    spend(1);
    return intern(nodes, key, () => {
      const depth = 1 + children.reduce((most, child) => Math.max(most, child.depth), 0);
      if (depth > MAX_DEPTH)
        throw new MarkerBudgetError(`The marker tells more than ${MAX_DEPTH} names apart`);
      return { id: nodes.size + 2, level: at, value: false, labels: given, children, depth };
    });
  }

  /** The node with every flag of the variable decided by its text. */
  function decideText(node: DiagramNode, variable: MarkerVariable, text: string): DiagramNode {
    let decided = node;
    while (decided.level?.kind === 'flag' && decided.level.variable === variable) {
      decided = decided.children[text.includes(decided.level.literal) ? 1 : 0] as DiagramNode;
    }
    return decided;
  }

  /** The node with the flags decided that `at` being true implies. */
  function implied(node: DiagramNode, at: Level): DiagramNode {
    const { level: own } = node;
    if (own?.kind !== 'flag' || own.variable !== at.variable || isNameSet(at.variable)) return node;
    const [low, high] = node.children as readonly [DiagramNode, DiagramNode];
    if (at.literal.includes(own.literal)) return implied(high, at);
    const nextLow = implied(low, at);
    const nextHigh = implied(high, at);
    return nextLow === low && nextHigh === high ? node : make(own, noLabels, [nextLow, nextHigh]);
  }

  function not(node: DiagramNode): DiagramNode {
    if (node.level === null) return node.value ? empty : full;
    const { level: at } = node;
    return intern(results, `!${node.id}`, () => make(at, node.labels, node.children.map(not)));
  }

  function and(a: DiagramNode, b: DiagramNode): DiagramNode {
    if (a === b || b === full) return a;
    if (a === full) return b;
    if (a === empty || b === empty) return empty;
    const key = a.id < b.id ? `&${a.id} ${b.id}` : `&${b.id} ${a.id}`;
    return intern(results, key, () => combine(a, b, and));
  }

  function or(a: DiagramNode, b: DiagramNode): DiagramNode {
    if (a === b || b === empty) return a;
    if (a === empty) return b;
    if (a === full || b === full) return full;
    const key = a.id < b.id ? `+${a.id} ${b.id}` : `+${b.id} ${a.id}`;
    return intern(results, key, () => combine(a, b, or));
  }

  /** A small set that equals `node` wherever `care` holds (Coudert and Madre's restrict). */
  function restrict(node: DiagramNode, care: DiagramNode): DiagramNode {
    if (care === empty || node.level === null || care === full) return care === empty ? empty : node;
    return intern(results, `/${node.id} ${care.id}`, () => {
      const [at, parts, pairs] = align(node, care);
      if (node.level !== at) {
        let any = empty;
        for (const [, c] of pairs) any = or(any, c);
        return restrict(node, any);
      }
      return make(at, parts, borrow(at, parts, pairs));
    });
  }

  /** Restricted children; one that is not cared for becomes what lets the node fall together. */
  function borrow(at: Level, parts: readonly Label[], pairs: readonly Pair[]): DiagramNode[] {
    const known = pairs.map(([n, c]) => (c === empty ? null : restrict(n, c)));
    let before = known.findLast((child) => child !== null) ?? empty;
    const children = known.toReversed().map((child, back) => {
      const index = known.length - 1 - back;
      const label = parts[index];
      if (at.kind === 'versions') {
        before = child ?? before;
        return before;
      }
      if (child !== null) return child;
      if (at.kind === 'flag') return index === 1 ? implied(before, at) : before;
      return label === undefined ? before : decideText(before, at.variable, label.text);
    });
    return children.reverse();
  }

  function combine(
    a: DiagramNode,
    b: DiagramNode,
    operation: (a: DiagramNode, b: DiagramNode) => DiagramNode,
  ): DiagramNode {
    const [at, parts, pairs] = align(a, b);
    return make(
      at,
      parts,
      pairs.map(([left, right]) => operation(left, right)),
    );
  }

  type Pair = readonly [DiagramNode, DiagramNode];

  /** The upper level of both, its parts, and the children of both for each part. */
  function align(a: DiagramNode, b: DiagramNode): readonly [Level, readonly Label[], readonly Pair[]] {
    const order = a.level === null ? 1 : b.level === null ? -1 : compareLevels(a.level, b.level);
    const at = (order <= 0 ? a.level : b.level) as Level;
    const onA = order <= 0 ? a : null;
    const onB = order >= 0 ? b : null;
    if (at.kind === 'flag') {
      const pairs = [0, 1].map((side): Pair => [flagChild(a, onA, at, side), flagChild(b, onB, at, side)]);
      return [at, noLabels, pairs];
    }
    const parts = mergeLabels(onA?.labels ?? noLabels, onB?.labels ?? noLabels, at.kind);
    spend(parts.length + 1);
    const pairs: Pair[] = [];
    for (let index = 0, i = 0, j = 0; index <= parts.length; index++) {
      const label = parts[index];
      pairs.push([partChild(a, onA, at, label, i), partChild(b, onB, at, label, j)]);
      if (label === onA?.labels[i]) i++;
      if (label === onB?.labels[j]) j++;
    }
    return [at, parts, pairs];
  }

  function flagChild(node: DiagramNode, on: DiagramNode | null, at: Level, side: number): DiagramNode {
    if (on !== null) return on.children[side] as DiagramNode;
    return side === 0 ? node : implied(node, at);
  }

  /** The child of `node` for the part that ends at (versions) or is (texts) the label. */
  function partChild(
    node: DiagramNode,
    on: DiagramNode | null,
    at: Level,
    label: Label | undefined,
    index: number,
  ): DiagramNode {
    if (at.kind === 'versions') return on === null ? node : (on.children[index] as DiagramNode);
    if (on !== null && label !== undefined && label === on.labels[index])
      return on.children[index] as DiagramNode;
    const other = on === null ? node : (on.children[on.labels.length] as DiagramNode);
    return label === undefined ? other : decideText(other, at.variable, label.text);
  }

  return { empty, full, start, spend, level, cutLabel, textLabel, make, not, and, or, restrict };
}

function intern<T>(table: Map<string, T>, key: string, build: () => T): T {
  const known = table.get(key);
  if (known !== undefined) return known;
  const built = build();
  table.set(key, built);
  return built;
}

function mergeLabels(a: readonly Label[], b: readonly Label[], kind: LevelKind): readonly Label[] {
  if (a.length === 0 || a === b) return a.length === 0 ? b : a;
  if (b.length === 0) return a;
  const merged: Label[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const left = a[i];
    const right = b[j];
    const order = left === undefined ? 1 : right === undefined ? -1 : compareLabels(left, right, kind);
    merged.push((order <= 0 ? left : right) as Label);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return merged;
}

/** The order of the labels of a node. */
export function compareLabels(a: Label, b: Label, kind: LevelKind): number {
  if (a === b) return 0;
  if (kind === 'versions' && a.cut !== null && b.cut !== null) return compareCuts(a.cut, b.cut);
  return a.text < b.text ? -1 : 1;
}

/** A text that equal cuts share. */
function cutIdentity({ side, version }: Cut): string {
  const { epoch, release, pre, post, dev, local } = version;
  let length = release.length;
  while (length > 1 && release[length - 1] === 0) length--;
  return [
    side,
    epoch,
    release.slice(0, length).join('.'),
    pre?.join(''),
    post,
    dev,
    local?.map((part) => typeof part + part),
  ].join(' ');
}
