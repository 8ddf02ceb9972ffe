import type { PackageId } from '../solver/incompatibility.ts';
import { nodeOf, projectId } from '../solver/package-store.ts';
import { lastingTerm, termFor } from '../solver/partial-solution.ts';
import { allRanks, intersectRanks, oneRank, type RankSet, subtractRanks } from '../solver/rank-set.ts';
import type { Solver } from '../solver/solver.ts';
import type { Need } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { askAhead, foreseenChoice } from './ask.ts';
import { type Foresight, foresee } from './foresight.ts';
import type { Loader } from './loader.ts';

/** After 5, 10 and 20 versions tried, and then every 20, the next ones are asked for in a batch (as uv does). */
function isBatchDue(tried: number, before: number): boolean {
  return [5, 10, 20].some((mark) => tried >= mark && before < mark) || tried - before >= 20;
}

/** So many versions are asked for at once at most. */
const batchLimit = 20;

/** Asks for what the search will probably need next, while it waits for what it needs now. */
export interface Prefetcher {
  /** Looks ahead from where the search stands; `need` is what it waits for. */
  lookAhead(need: Need): void;
}

/**
 * Three ways of looking ahead:
 * - what the search will decide, all of it or, once there is a conflict, what it decides next (`foresee`);
 * - the metadata of the version that each undecided package would get now;
 * - once many versions of one package were tried in vain, the next ones in a batch (as uv does).
 */
export function newPrefetcher(world: TargetWorld, solver: Solver, loader: Loader): Prefetcher {
  const { state } = solver;
  const ask = askAhead(world, loader);
  /** Versions tried when the last batch of a package was asked for. */
  const batched = new Map<PackageId, number>();
  let foresight: Foresight | null = null;
  let isStraight = true;

  function lookAhead(need: Need): void {
    if (loader.batches) for (const { project, rank } of need.metadata) batch(project, rank);
    renewForesight();
    // Foresight of everything has asked for all of these.
    if (isStraight) return;
    for (const id of solver.undecided()) {
      const node = nodeOf(state.packages, id);
      if (node.kind === 'package') fetchBest(node.project, termFor(state.solution, id)?.ranks ?? []);
    }
  }

  /** Far ahead until a conflict is met or foreseen; from then on no further than the next decisions. */
  function renewForesight(): void {
    isStraight &&= solver.conflicts() === 0 && foresight?.meetsConflict() !== true;
    if (isStraight && foresight?.isOutdated() === false) return;
    foresight?.end();
    foresight = foresee(world, solver, ask, isStraight ? 'all' : 'next');
  }

  function fetchBest(project: string, ranks: RankSet): void {
    const choice = foreseenChoice(world, project, ranks);
    if (choice.kind === 'rank') ask.metadata(project, choice.rank, () => undefined);
  }

  /**
   * As many of the next versions as were tried already, at most `batchLimit`: first those that the search still
   * allows, then those further on that the user's own requirements allow.
   */
  function batch(project: string, rank: number): void {
    const id = projectId(state.packages, project);
    const count = solver.versionsTried(id);
    if (!isBatchDue(count, batched.get(id) ?? 0)) return;
    batched.set(id, count);
    const current = termFor(state.solution, id)?.ranks ?? [];
    const lasting = lastingTerm(state.solution, id);
    const further = beyond(rank, world.versionCount(project), world.goesHighest(project));
    const inOrder = lasting?.positive === true ? intersectRanks(further, lasting.ranks) : further;
    fetchNext(
      project,
      subtractRanks(inOrder, current),
      fetchNext(project, current, Math.min(count, batchLimit)),
    );
  }

  /** Asks for up to `count` versions out of `ranks`; gives how many were not found. */
  function fetchNext(project: string, ranks: RankSet, count: number): number {
    let left = ranks;
    for (let missing = count; missing > 0; missing--) {
      const choice = foreseenChoice(world, project, left);
      if (choice.kind !== 'rank') return missing;
      ask.metadata(project, choice.rank, () => undefined);
      left = subtractRanks(left, oneRank(choice.rank));
    }
    return 0;
  }

  return { lookAhead };
}

/** The ranks that come after `rank` in the order of choice. */
function beyond(rank: number, count: number, descending: boolean): RankSet {
  return descending ? allRanks(rank) : subtractRanks(allRanks(count), allRanks(rank + 1));
}
