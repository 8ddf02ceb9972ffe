import { noteSameLevel, noteUndone } from './followed/course.ts';
import {
  consequence,
  type Incompatibility,
  type IncompatibilityId,
  type PackageId,
} from './incompatibility.ts';
import { rootPackage } from './package-store.ts';
import {
  addDerivation,
  backtrackTo,
  contradicted,
  inconclusive,
  isUndecided,
  relateIncompatibility,
  satisfied,
  searchSatisfier,
} from './partial-solution.ts';
import {
  enforce,
  incompatibilityAt,
  isKnownContradicted,
  markContradicted,
  numberStep,
  type SolverState,
} from './solver-state.ts';
import { workOutProof } from './store/lineage.ts';
import { bringBack, setAside } from './store/set-aside.ts';
import { termHolds } from './term.ts';

/** Hears of each package that is rejected on the way, and of the incompatibility that rejects it. */
export type Rejected = (id: PackageId, incompatibility: Incompatibility) => void;

export type Propagation =
  | { readonly kind: 'done' }
  /** The search has looked at more incompatibilities than it may. */
  | { readonly kind: 'exhausted' }
  /** The incompatibility shows that there is no solution. */
  | { readonly kind: 'failed'; readonly incompatibility: IncompatibilityId };

/**
 * Derives all that follows from what changed for `start` (pub's solver, "Unit propagation"), or goes on from the
 * conflict at which it was exhausted.
 */
export function propagate(
  state: SolverState,
  start: PackageId,
  maxWork: number,
  rejected: Rejected,
): Propagation {
  const changed: PackageId[] = [start];
  let conflict = state.unresolved;
  state.unresolved = null;
  while (true) {
    if (conflict === null) {
      const id = changed.pop();
      if (id === undefined) return { kind: 'done' };
      conflict = propagatePackage(state, id, changed);
      if (conflict === null) continue;
    }
    if (state.work > maxWork) {
      state.unresolved = conflict;
      return { kind: 'exhausted' };
    }
    const resolved = resolveConflict(state, conflict, rejected);
    if (resolved.kind === 'failed') return resolved;
    conflict = null;
    changed.length = 0;
    changed.push(resolved.package);
    derive(state, resolved.package, resolved.incompatibility);
  }
}

/**
 * Newest first, so that what was learned last is used first. Gives a satisfied incompatibility.
 *
 * What turns out to be known as contradicted is set aside, so that it costs nothing until that is undone.
 */
function propagatePackage(state: SolverState, id: PackageId, changed: PackageId[]): IncompatibilityId | null {
  const list = state.byPackage[id] ?? [];
  /** What stays in the list moves to its end, so that no other list is made. */
  let kept = list.length;
  let conflict: IncompatibilityId | null = null;
  let i = list.length - 1;
  for (; i >= 0 && conflict === null; i--) {
    const incompatibility = list[i] ?? 0;
    if (isKnownContradicted(state, incompatibility)) {
      setAside(state.aside, state.contradictedLevel[incompatibility] ?? 0, incompatibility, id);
      continue;
    }
    list[--kept] = incompatibility;
    state.work++;
    const relation = relateIncompatibility(
      incompatibilityAt(state, incompatibility),
      state.solution.assignments,
    );
    switch (relation) {
      case satisfied:
        conflict = incompatibility;
        break;
      case contradicted:
        markContradicted(state, incompatibility);
        break;
      case inconclusive:
        break;
      default:
        if (!changed.includes(relation)) changed.push(relation);
        derive(state, relation, incompatibility);
    }
  }
  if (kept > i + 1) list.splice(i + 1, kept - i - 1);
  return conflict;
}

function derive(state: SolverState, id: PackageId, cause: IncompatibilityId): void {
  addDerivation(state.solution, id, cause, incompatibilityAt(state, cause));
  if (isUndecided(state.solution, id)) state.outdated.add(id);
  markContradicted(state, cause);
}

type Resolved =
  | { readonly kind: 'resolved'; readonly package: PackageId; readonly incompatibility: IncompatibilityId }
  | { readonly kind: 'failed'; readonly incompatibility: IncompatibilityId };

/**
 * Finds the root cause of a satisfied incompatibility and goes back to where it can be acted on
 * (pub's solver, "Conflict resolution").
 */
function resolveConflict(state: SolverState, conflict: IncompatibilityId, rejected: Rejected): Resolved {
  let id = conflict;
  let incompatibility = incompatibilityAt(state, conflict);
  /** The level of the last steps, and the latest and earliest assignments that they took for its. */
  let [level, latest, earliest] = [-1, 0, 0];
  while (true) {
    if (isTerminal(incompatibility)) {
      workOutProof(state.store, state.lineage, id);
      return { kind: 'failed', incompatibility: id };
    }
    const found = searchSatisfier(state.solution, incompatibility, state.store);
    if (found.kind === 'backtrack') {
      if (level >= 0) noteSameLevel(state, latest, earliest);
      noteUndone(state, found.level, found.previous);
      undoTo(state, found.level);
      if (id !== conflict) {
        state.store[id] = incompatibility;
        enforce(state, id);
      }
      rejected(found.package, incompatibility);
      return { kind: 'resolved', package: found.package, incompatibility: id };
    }
    if (found.level === level) earliest = Math.min(earliest, found.previous);
    else {
      if (level >= 0) noteSameLevel(state, latest, earliest);
      [level, latest, earliest] = [found.level, found.satisfier, found.previous];
    }
    const cause = incompatibilityAt(state, found.cause);
    const origin = { kind: 'derived', left: id, right: found.cause } as const;
    incompatibility = consequence(incompatibility, cause, found.package, origin);
    id = numberStep(state, id, found.cause, found.package);
    rejected(found.package, incompatibility);
  }
}

/** Nothing can hold, or only the root is to blame. */
function isTerminal({ packages, terms }: Incompatibility): boolean {
  const [term] = terms;
  if (term === undefined) return true;
  return packages.length === 1 && packages[0] === rootPackage && termHolds(term, 0);
}

/** Backtracks and notes whose place in the queue changed. */
export function undoTo(state: SolverState, level: number): void {
  backtrackTo(state.solution, level, (id) => state.outdated.add(id));
  bringBack(state.aside, level, state.byPackage, state.replaced);
}
