import { isNameSet, MARKER_VARIABLES, type MarkerVariable } from '../marker/marker.ts';
import { type Cut, compareCuts } from '../range/cut.ts';
import { MAX_DEPTH, MAX_NODES } from '../text/limits.ts';
import { shortestText } from '../version/version.ts';

/** A deciding operation needed more steps than the algebra's budget. */
export class MarkerBudgetError extends Error {
  override readonly name = 'MarkerBudgetError';
}

/**
 * What an atom asks of its variable: whether its version lies below the cut (`below`), whether it is the text
 * (`is`), or whether it contains it (`has`; for `extra`, `extras` and `dependency_groups`, whether that name is
 * among them). Of one variable they stand in this order from the root down.
 */
export type AtomKind = 'below' | 'is' | 'has';

/** A question with two answers. Interned: equal atoms are identical. */
export type Atom = {
  readonly id: number;
  readonly kind: AtomKind;
  readonly variable: MarkerVariable;
  readonly text: string;
  /** Of `below` alone. */
  readonly cut: Cut | null;
  /** The place of variable and kind, from the root down. */
  readonly level: number;
};

/**
 * A node of a reduced, ordered decision diagram, interned: equal sets are identical nodes. The answer to its atom
 * leads to `held` or to `missed`. A diagram never asks what an answer above has told: below a cut is below all later
 * ones, a text is no other text and contains what it contains, and so do texts that contain a longer one.
 */
export type DiagramNode = Constant | Decision;

/** No environment, or every one. */
type Constant = { readonly id: number; readonly atom: null; readonly depth: 0 };

/** A node that asks its atom. */
export type Decision = {
  readonly id: number;
  readonly atom: Atom;
  readonly held: DiagramNode;
  readonly missed: DiagramNode;
  /** Where the way leads if all atoms of this level are missed. */
  readonly rest: DiagramNode;
  /** How deep operations recurse, at most: they loop along the cuts or texts of a level. */
  readonly depth: number;
};

/** Interned nodes and the operations on them. */
export type Diagrams = {
  readonly empty: DiagramNode;
  readonly full: DiagramNode;
  /** Starts the count of steps anew. */
  readonly start: () => void;
  readonly below: (variable: MarkerVariable, cut: Cut) => Atom;
  readonly text: (kind: 'is' | 'has', variable: MarkerVariable, text: string) => Atom;
  /** The one node of these parts, reduced; nothing in `held` may ask what the atom tells. */
  readonly make: (atom: Atom, held: DiagramNode, missed: DiagramNode) => DiagramNode;
  readonly not: (node: DiagramNode) => DiagramNode;
  readonly and: (a: DiagramNode, b: DiagramNode) => DiagramNode;
  readonly or: (a: DiagramNode, b: DiagramNode) => DiagramNode;
  /** Whether all of `a` is in `b`. */
  readonly isWithin: (a: DiagramNode, b: DiagramNode) => boolean;
  /** A small set that equals `node` wherever `care` holds (Coudert and Madre's restrict). */
  readonly restrict: (node: DiagramNode, care: DiagramNode) => DiagramNode;
};

/** A store of diagrams. `budget`: the most steps (nodes visited or made) that one operation may take. */
export function createDiagrams(budget: number): Diagrams {
  // `free` stands for what nobody cares for.
  const [empty, full, free] = [constant(0), constant(1), constant(2)];
  const atoms = new Map<string, Atom>();
  const nodes = new Map<string, DiagramNode>();
  const results = new Map<string | number, Map<number, DiagramNode>>();
  let left = budget;

  function atomOf(kind: AtomKind, variable: MarkerVariable, text: string, cut: Cut | null): Atom {
    const level = 3 * MARKER_VARIABLES.indexOf(variable) + (cut ? 0 : kind === 'is' ? 1 : 2);
    return intern(atoms, `${level} ${text}`, (id) => ({ id, kind, variable, text, cut, level }));
  }

  function spend(): void {
    if (--left < 0) throw new MarkerBudgetError(`The marker needs more than ${budget} steps`);
  }

  function make(atom: Atom, held: DiagramNode, missed: DiagramNode): DiagramNode {
    if (missed === free) return held;
    if (held === free || held === knowing(missed, atom)) return missed;
    spend();
    const rest = missed.atom && missed.atom.level === atom.level ? missed.rest : missed;
    const depth = Math.max(held.depth, missed.depth - (atom.kind === 'has' ? 0 : 1)) + 1;
    if (depth > MAX_DEPTH) throw new MarkerBudgetError(`The marker has more than ${MAX_DEPTH} names`);
    const key = `${atom.id} ${held.id} ${missed.id}`;
    return intern(nodes, key, (count) => ({ id: count + 3, atom, held, missed, rest, depth }));
  }

  /** The node where the atom is known to hold. */
  function knowing(node: DiagramNode, known: Atom): DiagramNode {
    if (!node.atom || node.atom.variable !== known.variable) return node;
    const { atom, held, missed, rest } = node;
    if (atom === known) return held;
    if (isNameSet(known.variable)) return node;
    if (known.cut) return atom.cut ? held : node;
    if (atom.kind === 'is') return knowing(rest, known);
    const isTold = known.text.includes(atom.text);
    if (isTold || known.kind === 'is') return knowing(isTold ? held : missed, known);
    return make(atom, knowing(held, known), knowing(missed, known));
  }

  /** Both nodes as one, atom by atom until `settled` says what they come to, as it must of constants. */
  function combine(
    sign: string | number,
    a: DiagramNode,
    b: DiagramNode,
    settled: (a: DiagramNode, b: DiagramNode) => DiagramNode | undefined,
  ): DiagramNode {
    const known = intern(results, sign, () => new Map<number, DiagramNode>());
    const steps: (readonly [key: number, atom: Atom, held: DiagramNode])[] = [];
    let x = a;
    let y = b;
    for (;;) {
      const key = x.id * MAX_NODES + y.id;
      const atom = upperAtom(x, y);
      let result = settled(x, y) ?? known.get(key);
      if (result || !atom) {
        result ??= empty;
        for (const [before, asked, held] of steps.reverse()) {
          result = make(asked, held, result);
          known.set(before, result);
        }
        return result;
      }
      spend();
      steps.push([key, atom, combine(sign, knowing(x, atom), knowing(y, atom), settled)]);
      x = missedOf(x, atom);
      y = missedOf(y, atom);
    }
  }

  /** Intersection where `zero` is empty, union where it is full. */
  function join(a: DiagramNode, b: DiagramNode, zero: DiagramNode, one: DiagramNode): DiagramNode {
    return combine(zero.id, a, b, (x, y) => {
      if (x === zero || y === one || x === y) return x;
      return y === zero || x === one ? y : undefined;
    });
  }

  const and = (a: DiagramNode, b: DiagramNode): DiagramNode => join(a, b, empty, full);
  const or = (a: DiagramNode, b: DiagramNode): DiagramNode => join(a, b, full, empty);
  const not = (node: DiagramNode): DiagramNode =>
    combine('!', node, full, (x) => (x === empty ? full : x === full ? empty : undefined));

  const restrictWhereCared = (node: DiagramNode, care: DiagramNode): DiagramNode =>
    combine('/', node, care, (x, cared) => {
      if (cared === empty) return free;
      if (cared === full || !x.atom) return x;
      // What the node does not ask is taken out of what is cared for.
      let taken = empty;
      let left = cared;
      for (; left.atom && isAbove(left.atom, x.atom); left = left.missed) taken = or(taken, left.held);
      return left === cared ? undefined : restrictWhereCared(x, or(taken, left));
    });

  return {
    empty,
    full,
    start: () => {
      left = budget;
    },
    below: (variable, cut) => atomOf('below', variable, cut.side + shortestText(cut.version), cut),
    text: (kind, variable, text) => atomOf(kind, variable, text, null),
    make,
    not,
    and,
    or,
    isWithin: (a, b) => and(a, not(b)) === empty,
    restrict: (node, care) => (care === empty ? empty : restrictWhereCared(node, care)),
  };
}

export function isFull(node: DiagramNode): boolean {
  return node.id === 1;
}

export function isEmpty(node: DiagramNode): boolean {
  return node.id === 0;
}

function constant(id: number): DiagramNode {
  return { id, atom: null, depth: 0 };
}

/** What the table has for the key; what is built, where it has nothing yet. */
export function intern<K, T extends object>(table: Map<K, T>, key: K, build: (count: number) => T): T {
  const known = table.get(key);
  if (known) return known;
  const built = build(table.size);
  table.set(key, built);
  return built;
}

function upperAtom({ atom: a }: DiagramNode, { atom: b }: DiagramNode): Atom | null {
  return a && (!b || compareAtoms(a, b) <= 0) ? a : b;
}

function missedOf(node: DiagramNode, atom: Atom): DiagramNode {
  return node.atom === atom ? node.missed : node;
}

/**
 * Negative where `a` is asked first. Of texts that a value may contain a longer one is, so that what it tells of the
 * shorter ones is known when they are reached.
 */
export function compareAtoms(a: Atom, b: Atom): number {
  if (a === b || a.level !== b.level) return a.level - b.level;
  if (a.cut && b.cut) return compareCuts(a.cut, b.cut);
  return b.text.length - a.text.length || (a.text < b.text ? -1 : 1);
}

/** The nodes that ask atoms of the uppermost level, each missed after the one before. */
export function levelOf(top: Decision): readonly Decision[] {
  const nodes = [top];
  for (let node = top.missed; node.atom && isTogether(node.atom, top.atom); node = node.missed)
    nodes.push(node);
  return nodes;
}

/** Whether both are of one level, whose atoms tell something of each other. */
function isTogether(a: Atom, b: Atom): boolean {
  return a === b || (a.level === b.level && a.kind !== 'has');
}

function isAbove(a: Atom, b: Atom): boolean {
  return compareAtoms(a, b) < 0 && !isTogether(a, b);
}
