import { type DecisionQueue, emptyQueue } from './decision-queue.ts';
import {
  type Incompatibility,
  type IncompatibilityId,
  mergeDependents,
  type PackageId,
  unitIncompatibility,
} from './incompatibility.ts';
import { newPackageStore, type PackageStore, rootPackage } from './package-store.ts';
import { emptyPartialSolution, levelOf, type PartialSolution } from './partial-solution.ts';
import { emptyPriorities, type Priorities } from './priority.ts';
import { oneRank } from './rank-set.ts';
import { negative } from './term.ts';

/** Above every level. A small integer, so that the levels stay packed. */
const neverContradicted = 2 ** 30;

/** Everything that the search keeps, for one target. */
export interface SolverState {
  readonly packages: PackageStore;
  /** Every incompatibility ever known, also those merged into others. */
  readonly store: Incompatibility[];
  /** The incompatibilities in force, by package, oldest first. */
  readonly byPackage: (IncompatibilityId[] | undefined)[];
  /** The merged dependency in force, by dependent, dependency and ranks asked for. */
  readonly merged: Map<string, IncompatibilityId>;
  /** When an incompatibility was last seen contradicted: its level, and its backtrack generation. */
  readonly contradictedLevel: number[];
  readonly contradictedGeneration: number[];
  readonly solution: PartialSolution;
  readonly priorities: Priorities;
  readonly queue: DecisionQueue;
  /** Packages whose place in the queue must be looked at again. */
  readonly outdated: Set<PackageId>;
  /** How often an incompatibility was looked at: what the search has cost, whatever the machine. */
  work: number;
}

/** A search that has only just begun: the root must be selected. */
export function newSolverState(): SolverState {
  const state: SolverState = {
    packages: newPackageStore(),
    store: [],
    byPackage: [],
    merged: new Map(),
    contradictedLevel: [],
    contradictedGeneration: [],
    solution: emptyPartialSolution(),
    priorities: emptyPriorities(),
    queue: emptyQueue(),
    outdated: new Set(),
    work: 0,
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
  state.contradictedLevel.push(neverContradicted);
  state.contradictedGeneration.push(0);
  return state.store.push(incompatibility) - 1;
}

/** Stores an incompatibility and puts it in force; gives the place of what is in force. */
export function addIncompatibility(state: SolverState, incompatibility: Incompatibility): IncompatibilityId {
  const id = storeIncompatibility(state, incompatibility);
  return enforce(state, id);
}

/** Puts an incompatibility in force; dependencies of neighbouring versions on the same ranks become one. */
export function enforce(state: SolverState, id: IncompatibilityId): IncompatibilityId {
  const enforced = mergeWithPast(state, id);
  for (const name of incompatibilityAt(state, enforced).packages) {
    const list = state.byPackage[name];
    if (list === undefined) state.byPackage[name] = [enforced];
    else list.push(enforced);
  }
  return enforced;
}

function mergeWithPast(state: SolverState, id: IncompatibilityId): IncompatibilityId {
  const incompatibility = incompatibilityAt(state, id);
  const { cause } = incompatibility;
  if (cause.kind !== 'dependency' || cause.dependent === cause.dependency) return id;
  const key = `${cause.dependent},${cause.dependency},${incompatibility.terms[1]?.ranks ?? ''}`;
  const past = state.merged.get(key);
  const joined = past === undefined ? null : mergeDependents(incompatibility, incompatibilityAt(state, past));
  if (past === undefined || joined === null) {
    state.merged.set(key, id);
    return id;
  }
  for (const name of joined.packages) {
    const list = state.byPackage[name];
    const index = list?.lastIndexOf(past) ?? -1;
    if (list !== undefined && index >= 0) list.splice(index, 1);
  }
  const joinedId = storeIncompatibility(state, joined);
  state.merged.set(key, joinedId);
  return joinedId;
}

/** Whether the incompatibility is known to be contradicted, by a look at what has been undone since. */
export function isKnownContradicted(state: SolverState, id: IncompatibilityId): boolean {
  const generation = state.contradictedGeneration[id] ?? 0;
  const { validLevels } = state.solution;
  if (generation >= validLevels.length) return true;
  return (state.contradictedLevel[id] ?? neverContradicted) <= (validLevels[generation] ?? 0);
}

/** Whether a known contradiction was seen with nothing but the root decided: it is never undone. */
export function isContradictedForGood(state: SolverState, id: IncompatibilityId): boolean {
  return (state.contradictedLevel[id] ?? neverContradicted) <= 1;
}

export function markContradicted(state: SolverState, id: IncompatibilityId): void {
  state.contradictedLevel[id] = levelOf(state.solution);
  state.contradictedGeneration[id] = state.solution.validLevels.length;
}
