import type { PackageId } from '../incompatibility.ts';
import type { SolverState } from '../solver-state.ts';

/**
 * What a search did, in the order of time, as far as it takes to tell whether it would do the same with other
 * decisions among its own that have nothing to do with its conflicts. Four numbers an event: its kind, two that depend
 * on the kind, and how many assignments there had been.
 */
export type CourseEvents = number[];

/** A package is the most urgent one; then its project's key (`projectKey`). */
const picked = 0;
/** It is decided. */
const decided = 1;
/** It is not decided, for what its version needs can't be met; what follows from that is derived at the level at hand. */
const ruledOut = 2;
/** In a conflict, two assignments and others between them were found to have one level; the later one first. */
const sameLevel = 3;
/** All above a level is undone; then the assignment whose level that is. */
const undone = 4;
/** All above a level is undone for another order of decisions. */
const reordered = 5;

type Noting = Pick<SolverState, 'events' | 'solution'>;

/** So many numbers are noted; a longer course is not kept. */
const mostNoted = 400_000;

/** Whether more is noted of a search. */
export function isNoting({ events }: Pick<SolverState, 'events'>): boolean {
  return events.length < mostNoted;
}

function note({ events, solution }: Noting, kind: number, what: number, more: number): void {
  if (events.length < mostNoted) events.push(kind, what, more, solution.nextIndex);
}

export function notePicked(state: Noting, id: PackageId, projectKey: number): void {
  note(state, picked, id, projectKey);
}

export function noteDecided(state: Noting, id: PackageId): void {
  note(state, decided, id, 0);
}

export function noteRuledOut(state: Noting, id: PackageId): void {
  note(state, ruledOut, id, 0);
}

/** Nothing is noted of what was derived since the last event: it is at one level, whatever is put in. */
export function noteSameLevel(state: Noting, later: number, earlier: number): void {
  if (earlier < (state.events.at(-1) ?? 0)) note(state, sameLevel, later, earlier);
}

export function noteUndone(state: Noting, level: number, assignment: number): void {
  note(state, undone, level, assignment);
}

export function noteReordered(state: Noting, level: number): void {
  note(state, reordered, level, 0);
}

/** The course of a search that came to a solution. */
export interface Course {
  readonly events: Int32Array;
  /** By package, the project; null for the root. */
  readonly projects: readonly (string | null)[];
  readonly decisions: number;
  /** Derivations and decisions. */
  readonly assignments: number;
  /** Looks at incompatibilities. */
  readonly work: number;
  /** How often something was undone. */
  readonly returns: number;
}

/** Null where it was too long to be kept. */
export function courseOf(state: SolverState, decisions: number): Course | null {
  if (!isNoting(state)) return null;
  const events = Int32Array.from(state.events);
  let returns = 0;
  for (let at = 0; at < events.length; at += 4) if ((events[at] ?? 0) >= undone) returns++;
  return {
    events,
    projects: state.packages.nodes.map((node) => (node.kind === 'root' ? null : node.project)),
    decisions,
    assignments: state.solution.nextIndex,
    work: state.work,
    returns,
  };
}

/** Where the decision of a project falls that is in no conflict. */
export interface Place {
  /** Its key in the order of decisions; no lower, where it is not known exactly. */
  readonly key: number;
  /** Whether the key is exact, and the project asked for from the root on: then it is known when it is decided. */
  readonly isKnown: boolean;
}

/**
 * Whether a search takes the same course where the decisions of some projects, which are in no conflict, are taken
 * out and others put in.
 *
 * They count in one thing alone: the levels of assignments, which conflicts compare and go back to. What is put in moves
 * all that comes later a level up, which changes nothing, but for assignments that belong to one decision (their *base*)
 * and come before and after it. So of each assignment it is told by how many it is *raised* above its base.
 *
 * @param isTakenOut by package
 */
export function keepsCourse(
  { events, assignments }: Course,
  isTakenOut: readonly boolean[],
  putIn: readonly Place[],
): boolean {
  /** By level of the search as it was: whether its decision is taken out. */
  const out: boolean[] = [];
  /** How many are not. */
  let base = 0;
  /** By base: how many of those put in are decided right above it (-1: that is not known), and the highest raise there. */
  const above: number[] = [0];
  const highest: number[] = [0];
  /** Of each that is put in: its base, and how many come before it there; -1 where it is not decided. */
  const bases = putIn.map(() => -1);
  const places = putIn.map(() => 0);
  const mostUrgent = Math.max(...putIn.map(({ key }) => key));
  const raised = new Int32Array(assignments);

  function putInBefore(key: number): void {
    putIn.forEach((place, i) => {
      if (place.key < key || (bases[i] ?? -1) >= 0) return;
      const before = above[base] ?? 0;
      if (place.isKnown) {
        bases[i] = base;
        places[i] = before < 0 ? Number.POSITIVE_INFINITY : before;
      }
      above[base] = place.isKnown && before >= 0 ? before + 1 : -1;
    });
  }

  /** @param kept how many are kept right above the base that is gone back to */
  function undo(level: number, kept: number): void {
    while (out.length > level) if (out.pop() === false) base--;
    for (let i = 0; i < bases.length; i++) {
      const own = bases[i] ?? -1;
      if (own > base || (own === base && (places[i] ?? 0) >= kept)) bases[i] = -1;
    }
  }

  for (let at = 0, looked = 0; at < events.length; at += 4) {
    const what = events[at + 1] ?? 0;
    const more = events[at + 2] ?? 0;
    const now = events[at + 3] ?? 0;
    const raise = above[base] ?? 0;
    if (raise !== 0 && now > looked) {
      if (raise < 0) return false;
      raised.fill(raise, looked, now);
      highest[base] = raise;
    }
    looked = now;
    switch (events[at]) {
      case picked:
        if (more <= mostUrgent && isTakenOut[what] !== true) putInBefore(more);
        break;
      case decided:
        out.push(isTakenOut[what] === true);
        if (isTakenOut[what] === true) break;
        base++;
        above[base] = 0;
        highest[base] = 0;
        break;
      case ruledOut:
        // What follows would be raised above one that is taken out.
        if (isTakenOut[what] === true || out.at(-1) === true) return false;
        break;
      case sameLevel:
        if (raised[what] !== raised[more]) return false;
        break;
      case undone: {
        const kept = raised[more] ?? 0;
        undo(what, kept);
        // What was kept before would be undone.
        if ((highest[base] ?? 0) > kept) return false;
        above[base] = kept;
        break;
      }
      default:
        undo(what, Number.POSITIVE_INFINITY);
    }
  }
  return true;
}
