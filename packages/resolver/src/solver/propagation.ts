import { type IncompatibilityId, type PackageId, priorCause } from './incompatibility.ts';
import { rootPackage } from './package-store.ts';
import {
  addDerivation,
  backtrackTo,
  isUndecided,
  relateIncompatibility,
  searchSatisfier,
  termFor,
} from './partial-solution.ts';
import {
  enforce,
  incompatibilityAt,
  isContradictedForGood,
  isKnownContradicted,
  markContradicted,
  type SolverState,
  storeIncompatibility,
} from './solver-state.ts';
import { termHolds } from './term.ts';

/** A package that was rejected, and the incompatibility that rejected it. */
export interface Conflict {
  readonly package: PackageId;
  readonly incompatibility: IncompatibilityId;
}

/** The conflicts met on the way, or the incompatibility that shows that there is no solution. */
export type Propagation =
  | { readonly kind: 'done'; readonly conflicts: readonly Conflict[] }
  /** The search has looked at more incompatibilities than it may. */
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'failed'; readonly incompatibility: IncompatibilityId };

/** Derives all that follows from what changed for `start` (pub's solver, "Unit propagation"). */
export function propagate(state: SolverState, start: PackageId, maxWork: number): Propagation {
  const conflicts: Conflict[] = [];
  const changed: PackageId[] = [start];
  for (let id = changed.pop(); id !== undefined; id = changed.pop()) {
    const conflict = propagatePackage(state, id, changed);
    if (conflict === null) continue;
    if (state.work > maxWork) return { kind: 'exhausted' };
    const resolved = resolveConflict(state, conflict, conflicts);
    if (resolved.kind === 'failed') return resolved;
    changed.length = 0;
    changed.push(resolved.package);
    derive(state, resolved.package, resolved.incompatibility);
  }
  return { kind: 'done', conflicts };
}

/** Newest first, so that what was learned last is used first. Gives a satisfied incompatibility. */
function propagatePackage(state: SolverState, id: PackageId, changed: PackageId[]): IncompatibilityId | null {
  const list = state.byPackage[id] ?? [];
  const { contradictedLevel, contradictedGeneration } = state;
  const { validLevels } = state.solution;
  const generations = validLevels.length;
  let settled = 0;
  for (let i = list.length - 1; i >= 0; i--) {
    const incompatibility = list[i];
    if (incompatibility === undefined) continue;
    // `isKnownContradicted` and `isContradictedForGood`, written out: most of a long search is spent here.
    const level = contradictedLevel[incompatibility] ?? 0;
    const generation = contradictedGeneration[incompatibility] ?? 0;
    if (generation >= generations || level <= (validLevels[generation] ?? 0)) {
      if (level <= 1) settled++;
      continue;
    }
    state.work++;
    const relation = relateIncompatibility(incompatibilityAt(state, incompatibility), (name) =>
      termFor(state.solution, name),
    );
    switch (relation.kind) {
      case 'satisfied':
        return incompatibility;
      case 'almost-satisfied':
        if (!changed.includes(relation.package)) changed.push(relation.package);
        derive(state, relation.package, incompatibility);
        break;
      case 'contradicted':
        markContradicted(state, incompatibility);
        break;
      case 'inconclusive':
        break;
    }
  }
  if (settled > 32 && settled > list.length / 2) {
    state.byPackage[id] = list.filter((each) => !isSettled(state, each));
  }
  return null;
}

function isSettled(state: SolverState, id: IncompatibilityId): boolean {
  return isKnownContradicted(state, id) && isContradictedForGood(state, id);
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
function resolveConflict(state: SolverState, conflict: IncompatibilityId, conflicts: Conflict[]): Resolved {
  let current = conflict;
  while (true) {
    const incompatibility = incompatibilityAt(state, current);
    if (isTerminal(incompatibility)) return { kind: 'failed', incompatibility: current };
    const found = searchSatisfier(state.solution, incompatibility, state.store);
    if (found.kind === 'backtrack') {
      undoTo(state, found.level);
      if (current !== conflict) current = enforce(state, current);
      conflicts.push({ package: found.package, incompatibility: current });
      return { kind: 'resolved', package: found.package, incompatibility: current };
    }
    const cause = priorCause(current, found.cause, found.package, state.store);
    current = storeIncompatibility(state, cause);
    conflicts.push({ package: found.package, incompatibility: current });
  }
}

/** Nothing can hold, or only the root is to blame. */
function isTerminal({ packages, terms }: ReturnType<typeof incompatibilityAt>): boolean {
  const [term] = terms;
  if (term === undefined) return true;
  return packages.length === 1 && packages[0] === rootPackage && termHolds(term, 0);
}

/** Backtracks and notes whose place in the queue changed. */
export function undoTo(state: SolverState, level: number): void {
  backtrackTo(state.solution, level, (id) => state.outdated.add(id));
}
