import type { CourseEvents } from './followed/course.ts';
import {
  type Incompatibility,
  type IncompatibilityId,
  mergeDependents,
  type PackageId,
  unitIncompatibility,
} from './incompatibility.ts';
import { type DecisionQueue, emptyQueue } from './order/decision-queue.ts';
import { emptyPriorities, type Priorities } from './order/priority.ts';
import { newPackageStore, type PackageStore, rootPackage } from './package-store.ts';
import { emptyPartialSolution, levelOf, type PartialSolution } from './partial-solution.ts';
import { noRanks, oneRank } from './rank-set.ts';
import { type Lineage, noteLineage } from './store/lineage.ts';
import { type MergedDependencies, mergedEntry } from './store/merged-dependencies.ts';
import type { SetAside } from './store/set-aside.ts';
import { negative } from './term.ts';

/** Above every level. A small integer, so that the levels stay packed. */
const neverContradicted = 2 ** 30;

/** Everything that the search keeps, for one target. */
export interface SolverState {
  readonly packages: PackageStore;
  /**
   * Every incompatibility ever known by its number, also those merged into others; but for steps on the way to what
   * was learned, which are added where the proof of a failure rests on them.
   */
  readonly store: Incompatibility[];
  readonly lineage: Lineage;
  /** The incompatibilities in force, by package, oldest first, but for those set aside. */
  readonly byPackage: (IncompatibilityId[] | undefined)[];
  /** Those known to be contradicted that were met since. */
  readonly aside: SetAside;
  readonly merged: MergedDependencies;
  /** Those that were merged into others: they are no longer in force. */
  readonly replaced: boolean[];
  /** When an incompatibility was last seen contradicted: its level, and its backtrack generation. */
  readonly contradictedLevel: number[];
  readonly contradictedGeneration: number[];
  readonly solution: PartialSolution;
  readonly priorities: Priorities;
  readonly queue: DecisionQueue;
  /** Packages whose place in the queue must be looked at again. */
  readonly outdated: Set<PackageId>;
  /** What the search did, for requests to come. */
  readonly events: CourseEvents;
  /** How often an incompatibility was looked at: what the search has cost, whatever the machine. */
  work: number;
  /** The conflict at which the search was stopped for having looked at too much; null where it was not. */
  unresolved: IncompatibilityId | null;
}

/** A search that has only just begun: the root must be selected. */
export function newSolverState(): SolverState {
  const state: SolverState = {
    packages: newPackageStore(),
    store: [],
    lineage: [],
    byPackage: [],
    aside: [],
    merged: [],
    replaced: [],
    contradictedLevel: [],
    contradictedGeneration: [],
    solution: emptyPartialSolution(),
    priorities: emptyPriorities(),
    queue: emptyQueue(),
    outdated: new Set(),
    events: [],
    work: 0,
    unresolved: null,
  };
  addIncompatibility(state, unitIncompatibility(rootPackage, negative(oneRank(0)), { kind: 'root' }));
  return state;
}

export function incompatibilityAt(state: SolverState, id: IncompatibilityId): Incompatibility {
  const incompatibility = state.store[id];
  if (incompatibility === undefined) throw new Error(`invariant: no incompatibility ${id}`);
  return incompatibility;
}

/** Stores an incompatibility without putting it in force. */
export function storeIncompatibility(
  state: SolverState,
  incompatibility: Incompatibility,
): IncompatibilityId {
  const id = nextNumber(state, 0, 0, 0);
  state.store[id] = incompatibility;
  return id;
}

/** Gives a step of conflict resolution its number. */
export function numberStep(
  state: SolverState,
  left: IncompatibilityId,
  right: IncompatibilityId,
  shared: PackageId,
): IncompatibilityId {
  return nextNumber(state, left, right, shared);
}

function nextNumber(
  state: SolverState,
  left: IncompatibilityId,
  right: IncompatibilityId,
  shared: PackageId,
): IncompatibilityId {
  noteLineage(state.lineage, left, right, shared);
  state.replaced.push(false);
  state.contradictedGeneration.push(0);
  return state.contradictedLevel.push(neverContradicted) - 1;
}

/**
 * Stores an incompatibility and puts it in force; dependencies of neighbouring versions on the same ranks become
 * one. Gives the place of what is in force.
 */
export function addIncompatibility(state: SolverState, incompatibility: Incompatibility): IncompatibilityId {
  const { cause, terms } = incompatibility;
  if (cause.kind !== 'dependency' || cause.dependent === cause.dependency) {
    const alone = storeIncompatibility(state, incompatibility);
    enforce(state, alone);
    return alone;
  }
  const id = nextNumber(state, 0, 0, 0);
  const ranks = terms[1]?.ranks ?? noRanks;
  const entry = mergedEntry(state.merged, cause.dependent, cause.dependency, ranks, id);
  const past = entry.id;
  const joined = past === id ? null : mergeDependents(incompatibility, incompatibilityAt(state, past));
  state.store[id] = joined ?? incompatibility;
  if (joined !== null) withdraw(state, past);
  entry.id = id;
  enforce(state, id);
  return id;
}

/** Puts a stored incompatibility in force, as the newest. */
export function enforce(state: SolverState, id: IncompatibilityId): void {
  for (const name of incompatibilityAt(state, id).packages) {
    const list = state.byPackage[name];
    if (list === undefined) state.byPackage[name] = [id];
    else list.push(id);
  }
}

/** Takes an incompatibility out of force; it stays in the store, for proofs that rest on it. */
function withdraw(state: SolverState, id: IncompatibilityId): void {
  state.replaced[id] = true;
  for (const name of incompatibilityAt(state, id).packages) {
    const list = state.byPackage[name];
    const index = list?.lastIndexOf(id) ?? -1;
    if (list !== undefined && index >= 0) list.splice(index, 1);
  }
}

/** Whether the incompatibility is known to be contradicted, by a look at what has been undone since. */
export function isKnownContradicted(state: SolverState, id: IncompatibilityId): boolean {
  const generation = state.contradictedGeneration[id] ?? 0;
  const { validLevels } = state.solution;
  if (generation >= validLevels.length) return true;
  return (state.contradictedLevel[id] ?? neverContradicted) <= (validLevels[generation] ?? 0);
}

export function markContradicted(state: SolverState, id: IncompatibilityId): void {
  state.contradictedLevel[id] = levelOf(state.solution);
  state.contradictedGeneration[id] = state.solution.validLevels.length;
}
