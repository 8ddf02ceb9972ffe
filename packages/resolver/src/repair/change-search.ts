import type { RootRequirement } from '../resolution.ts';
import type { LineChange, LineChanges } from './line-change.ts';

/** Changes that may be tried next, with what they cost. */
export interface ChangeNode {
  readonly changes: LineChanges;
  /** Elementary edits: a specifier taken away or replaced, a name replaced, a line taken away. */
  readonly cost: number;
  /** Lines left out. */
  readonly drops: number;
}

/** Ways to change one line besides taking its specifier away. */
export type OtherChanges = (line: RootRequirement) => readonly LineChange[];

/** A conflict that was met: each of its lines with the change under which it takes part. */
interface KnownConflict {
  readonly states: ReadonlyMap<RootRequirement, string>;
  /** What admitted versions (yanked ones, pre-releases) then: of a set that admits more the conflict says nothing. */
  readonly admitting: ReadonlySet<string>;
}

/**
 * The sets of changes to the user's lines, the smallest first, by what conflicts are known (Reiter's hitting
 * sets): a set that leaves a known conflict as it is need not be tried, and only a change to one of that
 * conflict's lines can help.
 */
export interface ChangeSearch {
  /** The smallest set that no known conflict rules out; null where there is none left. */
  next(): ChangeNode | null;
  /** Puts a set back that is not to be tried yet. */
  putBack(node: ChangeNode): void;
  /** Learns that a set of changes leaves a conflict between these lines, named as they were written. */
  learn(node: ChangeNode, lines: readonly RootRequirement[]): void;
}

/**
 * @param conflicts the lines of each conflict that is known at first
 * @param admitting lines that admit versions which are no candidates without them
 */
export function newChangeSearch(
  conflicts: readonly (readonly RootRequirement[])[],
  others: OtherChanges,
  admitting: readonly RootRequirement[],
): ChangeSearch {
  const known: KnownConflict[] = [];
  const queue: ChangeNode[] = [];
  const seen = new Set<string>();
  const numbers = new Map<RootRequirement, number>();

  function keyOf(changes: LineChanges): string {
    const parts = [...changes].map(([line, change]) => {
      const number = numbers.get(line) ?? numbers.size;
      numbers.set(line, number);
      return `${number} ${stateOf(change)}`;
    });
    return parts.sort().join('\n');
  }

  function push(changes: LineChanges): void {
    const key = keyOf(changes);
    if (seen.has(key)) return;
    seen.add(key);
    const cost = [...changes].reduce((sum, [line, change]) => sum + costOf(line, change), 0);
    const drops = [...changes.values()].filter(({ kind }) => kind === 'drop').length;
    queue.push({ changes, cost, drops });
  }

  function admittedBy(changes: LineChanges): ReadonlySet<string> {
    const written = admitting.flatMap((line, i) => (changes.has(line) ? [] : [`line ${i}`]));
    const changed = [...changes.values()].filter(({ kind }) => kind === 'pin' || kind === 'rename');
    return new Set([...written, ...changed.map(stateOf)]);
  }

  /** Every way to touch one line of a conflict. */
  function expand({ changes }: ChangeNode, lines: Iterable<RootRequirement>): void {
    for (const line of lines) {
      const change = changes.get(line);
      if (change === undefined) {
        const isBare = line.requirement.specifier.specifiers.length === 0;
        const ways = [...(isBare ? [] : [{ kind: 'loosen' } as const]), ...others(line)];
        for (const way of ways) push(new Map(changes).set(line, way));
        if (isBare) push(new Map(changes).set(line, { kind: 'drop' }));
      } else if (change.kind !== 'drop') push(new Map(changes).set(line, { kind: 'drop' }));
    }
  }

  function takeSmallest(): ChangeNode | null {
    let best = 0;
    queue.forEach((node, at) => {
      const smallest = queue[best];
      if (smallest !== undefined && isSmaller(node, smallest)) best = at;
    });
    return queue.splice(best, 1)[0] ?? null;
  }

  const root: ChangeNode = { changes: new Map(), cost: 0, drops: 0 };
  const search: ChangeSearch = {
    next() {
      for (let node = takeSmallest(); node !== null; node = takeSmallest()) {
        const { changes } = node;
        const admits = admittedBy(changes);
        const left = known.find(
          (conflict) =>
            [...conflict.states].every(([line, state]) => stateOf(changes.get(line)) === state) &&
            [...admits].every((each) => conflict.admitting.has(each)),
        );
        if (left === undefined) return node;
        expand(node, left.states.keys());
      }
      return null;
    },
    putBack: (node) => void queue.unshift(node),
    learn(node, lines) {
      const states = new Map(lines.map((line) => [line, stateOf(node.changes.get(line))]));
      known.push({ states, admitting: admittedBy(node.changes) });
      expand(node, lines);
    },
  };
  for (const lines of conflicts) search.learn(root, lines);
  return search;
}

function isSmaller(a: ChangeNode, b: ChangeNode): boolean {
  return a.cost !== b.cost ? a.cost < b.cost : a.drops < b.drops;
}

function stateOf(change: LineChange | undefined): string {
  switch (change?.kind) {
    case undefined:
      return 'as written';
    case 'loosen':
    case 'drop':
      return change.kind;
    case 'pin':
      return `== ${change.version}`;
    case 'rename':
      return `named ${change.name}`;
  }
}

/** A line that is left out loses its specifier, where it has one, and itself. */
function costOf(line: RootRequirement, change: LineChange): number {
  return change.kind === 'drop' && line.requirement.specifier.specifiers.length > 0 ? 2 : 1;
}
