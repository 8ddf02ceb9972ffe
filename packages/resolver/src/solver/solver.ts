import { BudgetError } from '../errors.ts';
import { isNoting, noteDecided, notePicked, noteRuledOut, noteUndone } from './followed/course.ts';
import {
  dependencyIncompatibility,
  type IncompatibilityId,
  type PackageId,
  unitIncompatibility,
} from './incompatibility.ts';
import {
  newConflictTracker,
  recordConflict,
  recordWrongPython,
  reprioritize,
} from './order/conflict-tracker.ts';
import { dequeue, drop, enqueue } from './order/decision-queue.ts';
import { noteWanted, priorityKey, projectKey } from './order/priority.ts';
import { nodeOf, type PackageNode, packageId, projectId, projectOf, rootPackage } from './package-store.ts';
import {
  addDecision,
  decidedRank,
  firstAssignment,
  firstLevel,
  hasBacktracked,
  isUndecided,
  termFor,
} from './partial-solution.ts';
import { propagate, type Rejected, undoTo } from './propagation.ts';
import { allRanks, oneRank, type RankSet, sameRanks, subtractRanks, uniteRanks } from './rank-set.ts';
import { addIncompatibility, incompatibilityAt, newSolverState, type SolverState } from './solver-state.ts';
import { positive, relateTerm, type Term } from './term.ts';
import type { Dependencies, Dependency, Need, SolverWorld } from './world.ts';

export type Step =
  /** The search waits for data. */
  | { readonly kind: 'need'; readonly need: Need }
  | { readonly kind: 'solved' }
  /** More work was done than was allowed; with more allowed the search goes on from there. */
  | { readonly kind: 'exhausted' }
  /** The incompatibility follows from all that is known, and leaves no room for a solution. */
  | { readonly kind: 'failed'; readonly incompatibility: IncompatibilityId };

/** A search for one target. */
export interface Solver {
  readonly state: SolverState;
  /**
   * Searches until there is an answer, something is lacking, or more than `maxWork` incompatibilities were looked at.
   *
   * Never depends on what is known beyond what it asked for.
   * @throws {BudgetError} after `maxSteps` decisions.
   */
  advance(maxWork: number): Step;
  /** Decisions tried so far. */
  steps(): number;
  /** Conflicts met so far. */
  conflicts(): number;
  /** Versions of a package tried so far. */
  versionsTried(id: PackageId): number;
  /** While something is lacking: the packages that wait for a decision, in the order in which they were heard of. */
  undecided(): readonly PackageId[];
}

/** A PubGrub search over ranks (pub's solver, "The algorithm"), with uv's order of decisions. */
export function newSolver(world: SolverWorld, maxSteps: number): Solver {
  const state = newSolverState();
  const tracker = newConflictTracker();
  /** By package, the ranks whose dependencies are already in force. */
  const expanded = new Map<PackageId, Set<number>>();
  /** By package, what was last chosen and decided. */
  const chosen: ({ readonly ranks: RankSet; readonly rank: number } | undefined)[] = [];
  const constrained = new Set<string>();
  let next: PackageId = rootPackage;
  let pending: PackageId | null = null;
  let steps = 0;

  const rejected: Rejected = (id, incompatibility) =>
    recordConflict(tracker, state, id, incompatibility, next);

  function advance(maxWork: number): Step {
    while (true) {
      if (pending === null) {
        const propagation = propagate(state, next, maxWork, rejected);
        if (propagation.kind !== 'done') return propagation;
        reprioritize(tracker, state);
        const picked = pick();
        if (picked < 0) return { kind: 'solved' };
        if (isNoting(state)) {
          notePicked(state, picked, projectKey(state.priorities, projectOf(state.packages, picked)));
        }
        pending = picked;
      }
      const need = decide(pending);
      if (need !== null) return { kind: 'need', need };
    }
  }

  function pick(): PackageId {
    if (isUndecided(state.solution, next)) state.outdated.add(next);
    for (const id of state.outdated) {
      if (isUndecided(state.solution, id)) {
        enqueue(state.queue, id, priorityKey(state.priorities, id, projectOf(state.packages, id)));
      } else drop(state.queue, id);
    }
    state.outdated.clear();
    while (true) {
      const id = dequeue(state.queue);
      if (id < 0 || isUndecided(state.solution, id)) return id;
    }
  }

  /** Without a look at all packages: who waits for data may ask as often as there are packages. */
  function undecided(): readonly PackageId[] {
    const waiting = new Set([...state.queue.heapIds, ...state.outdated]);
    if (pending !== null) waiting.add(pending);
    return [...waiting].filter((id) => isUndecided(state.solution, id)).sort((a, b) => a - b);
  }

  /** Decides the package, or rules out what can't be; gives what is lacking, or null once done. */
  function decide(id: PackageId): Need | null {
    const ranks = termFor(state.solution, id)?.ranks ?? [];
    const node = nodeOf(state.packages, id);
    if (node.kind === 'root') {
      const root = world.rootDependencies();
      return expand(id, 0, oneRank(0), root);
    }
    const before = chosen[id];
    // Most packages that are decided anew after a conflict have nothing to do with it.
    if (before !== undefined && sameRanks(before.ranks, ranks)) return decideAnew(id, before.rank);
    const choice = world.choose(node.project, ranks);
    if (choice.kind === 'need') return choice.need;
    if (choice.kind === 'wrong-python') {
      ruleOutWrongPython(id, choice.ranks);
      return done(id);
    }
    if (choice.kind === 'none') {
      const cause = { kind: 'no-versions', package: id, ranks } as const;
      addIncompatibility(state, unitIncompatibility(id, positive(ranks), cause));
      return done(id);
    }
    if (expanded.get(id)?.has(choice.rank) === true) {
      chosen[id] = { ranks, rank: choice.rank };
      return decideAnew(id, choice.rank);
    }
    const dependencies =
      node.kind === 'proxy'
        ? proxyDependencies(node, choice.rank)
        : world.dependencies(node.project, choice.rank, node.extra);
    return expand(id, choice.rank, world.widen(node.project, choice.rank), dependencies);
  }

  /** Decides on a version whose dependencies are in force. */
  function decideAnew(id: PackageId, rank: number): null {
    countStep();
    decideOn(id, rank);
    return done(id);
  }

  function decideOn(id: PackageId, rank: number): void {
    noteDecided(state, id);
    addDecision(state.solution, id, rank);
  }

  /**
   * Rules out versions that are for other Pythons and goes back to where the package was first heard
   * of, as a solver does for which Python is a package: what was decided since is decided anew, in the
   * order that follows from what is known by then.
   */
  function ruleOutWrongPython(id: PackageId, found: readonly number[]): void {
    const ranks = found.map(oneRank).reduce(uniteRanks, []);
    const cause = { kind: 'no-versions', package: id, ranks } as const;
    addIncompatibility(state, unitIncompatibility(id, positive(ranks), cause));
    recordWrongPython(tracker, id, found.length);
    const level = firstLevel(state.solution, id);
    noteUndone(state, level, firstAssignment(state.solution, id));
    undoTo(state, level);
  }

  function expand(id: PackageId, rank: number, ranks: RankSet, answer: Dependencies): Need | null {
    if (answer.kind === 'need') return answer.need;
    if (answer.kind === 'unusable') return null;
    countStep();
    const ids = expanded.get(id);
    if (ids === undefined) expanded.set(id, new Set([rank]));
    else ids.add(rank);
    const added = answer.dependencies.flatMap((dependency) => addDependency(id, ranks, dependency));
    const conflict = hasBacktracked(state.solution) ? findConflict(id, rank, added) : null;
    if (conflict === null) decideOn(id, rank);
    else {
      noteRuledOut(state, id);
      recordConflict(tracker, state, id, incompatibilityAt(state, conflict), id);
    }
    return done(id);
  }

  function countStep(): void {
    if (++steps <= maxSteps) return;
    throw new BudgetError(`no answer after ${maxSteps} decisions`, { steps, unit: 'decisions' });
  }

  /** Whether a new dependency of the version is already known not to be met. */
  function findConflict(
    id: PackageId,
    rank: number,
    added: readonly IncompatibilityId[],
  ): IncompatibilityId | null {
    const own = positive(oneRank(rank));
    const holds = (name: PackageId, term: Term): boolean => {
      const known = name === id ? own : termFor(state.solution, name);
      return known !== undefined && relateTerm(term, known) === 'satisfied';
    };
    for (const incompatibility of added) {
      const { packages, terms } = incompatibilityAt(state, incompatibility);
      if (packages.every((name, i) => holds(name, terms[i] ?? own))) return incompatibility;
    }
    return null;
  }

  function addDependency(dependent: PackageId, ranks: RankSet, dependency: Dependency): IncompatibilityId[] {
    const { project, extra, marker, ranks: allowed, how } = dependency;
    const isProxys = nodeOf(state.packages, dependent).kind === 'proxy';
    const kind = isProxys || (extra === null && marker === '') ? 'package' : 'proxy';
    const target = packageId(state.packages, kind, project, extra, marker);
    const base = projectId(state.packages, project);
    noteWanted(state.priorities, target, project, how);
    if (kind === 'proxy') {
      noteWanted(state.priorities, base, project, how);
      addIncompatibility(state, dependencyIncompatibility(target, allowed, base, allowed, null));
    }
    constrain(project, base);
    const incompatibility = dependencyIncompatibility(dependent, ranks, target, allowed, dependency.asked);
    return [addIncompatibility(state, incompatibility)];
  }

  /** The user's constraints hold wherever the project is selected, whoever asks for it. */
  function constrain(project: string, base: PackageId): void {
    if (constrained.has(project)) return;
    constrained.add(project);
    const allowed = world.constraint(project);
    if (allowed === null) return;
    const forbidden = subtractRanks(allRanks(world.versionCount(project)), allowed);
    if (forbidden.length === 0) return;
    const cause = { kind: 'constraint', package: base } as const;
    addIncompatibility(state, unitIncompatibility(base, positive(forbidden), cause));
  }

  function done(id: PackageId): null {
    next = id;
    pending = null;
    return null;
  }

  return {
    state,
    advance,
    steps: () => steps,
    conflicts: () => tracker.conflicts,
    versionsTried: (id) => expanded.get(id)?.size ?? 0,
    undecided,
  };
}

/** A proxy depends on the project and on what it was asked for with, at its own version. */
function proxyDependencies(node: Exclude<PackageNode, { kind: 'root' }>, rank: number): Dependencies {
  const { project } = node;
  const ranks = oneRank(rank);
  const markers = node.marker === '' ? [''] : ['', node.marker];
  const extras = node.extra === null ? [null] : [null, node.extra];
  return {
    kind: 'dependencies',
    dependencies: markers.flatMap((marker) =>
      extras.map((extra) => ({ project, extra, marker, ranks, how: 'pinned' as const, asked: null })),
    ),
  };
}

/** The rank chosen for each project of a solved search, and the extras in force. */
export function solutionOf(state: SolverState): ReadonlyMap<string, ChosenVersion> {
  const chosen = new Map<string, { rank: number; extras: string[] }>();
  for (const id of state.solution.decisions) {
    const node = nodeOf(state.packages, id);
    if (node.kind !== 'package') continue;
    const entry = chosen.get(node.project) ?? { rank: -1, extras: [] };
    chosen.set(node.project, entry);
    entry.rank = decidedRank(state.solution, id);
    if (node.extra !== null && !entry.extras.includes(node.extra)) entry.extras.push(node.extra);
  }
  for (const entry of chosen.values()) entry.extras.sort();
  return chosen;
}

export interface ChosenVersion {
  readonly rank: number;
  /** Normalised, sorted. */
  readonly extras: readonly string[];
}
