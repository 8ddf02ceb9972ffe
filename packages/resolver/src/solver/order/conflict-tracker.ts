import { noteReordered } from '../followed/course.ts';
import type { Incompatibility, PackageId } from '../incompatibility.ts';
import { projectOf } from '../package-store.ts';
import { levelOf } from '../partial-solution.ts';
import { undoTo } from '../propagation.ts';
import type { SolverState } from '../solver-state.ts';
import { demote, promote } from './priority.ts';

/** So many conflicts change the order in which packages are decided (uv's threshold). */
const threshold = 5;

/** How often packages were in the way of others, and were rejected themselves. */
export interface ConflictTracker {
  readonly culprits: Map<PackageId, number>;
  readonly affected: Map<PackageId, number>;
  conflicts: number;
  readonly toPromote: PackageId[];
  readonly toDemote: PackageId[];
}

export function newConflictTracker(): ConflictTracker {
  return { culprits: new Map(), affected: new Map(), conflicts: 0, toPromote: [], toDemote: [] };
}

/** Counts the rejection of a package, met while `deciding` was being decided. */
export function recordConflict(
  tracker: ConflictTracker,
  state: SolverState,
  rejected: PackageId,
  { packages }: Incompatibility,
  deciding: PackageId,
): void {
  tracker.conflicts++;
  const project = projectOf(state.packages, rejected);
  let real = false;
  for (const id of packages) {
    if (id === rejected || projectOf(state.packages, id) === project) continue;
    real = true;
    if (count(tracker.culprits, id) === threshold) tracker.toDemote.push(id);
  }
  if (real && count(tracker.affected, deciding) === threshold) tracker.toPromote.push(deciding);
}

/**
 * Counts versions of a package that are for other Pythons as conflicts of its own (as uv does, for
 * which Python is a package): a project that dropped the target's Python is decided early.
 */
export function recordWrongPython(tracker: ConflictTracker, id: PackageId, versions: number): void {
  for (let i = 0; i < versions; i++) {
    if (count(tracker.culprits, id) === threshold) tracker.toDemote.push(id);
    if (count(tracker.affected, id) === threshold) tracker.toPromote.push(id);
  }
}

function count(counts: Map<PackageId, number>, id: PackageId): number {
  const next = (counts.get(id) ?? 0) + 1;
  counts.set(id, next);
  return next;
}

/** Puts the packages in a better order, going back to before those that were in the way. */
export function reprioritize(tracker: ConflictTracker, state: SolverState): void {
  for (const id of tracker.toPromote.splice(0)) {
    const project = projectOf(state.packages, id);
    if (project !== null) promote(state.priorities, project);
  }
  for (const id of tracker.toDemote.splice(0)) {
    const project = projectOf(state.packages, id);
    if (project === null || !demote(state.priorities, project)) continue;
    const level = state.solution.decisions.indexOf(id);
    if (level < 0 || level >= levelOf(state.solution)) continue;
    noteReordered(state, level);
    undoTo(state, level);
  }
}
