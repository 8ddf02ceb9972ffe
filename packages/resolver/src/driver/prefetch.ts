import { SourceError } from '../errors.ts';
import { ranksAdmitted } from '../facts/facts.ts';
import type { RequirementFacts } from '../facts/requirement-facts.ts';
import type { MaybePromise } from '../package-source.ts';
import type { PackageId } from '../solver/incompatibility.ts';
import { nodeOf, projectId } from '../solver/package-store.ts';
import { isUndecided, lastingTerm, termFor } from '../solver/partial-solution.ts';
import { allRanks, intersectRanks, oneRank, type RankSet, subtractRanks } from '../solver/rank-set.ts';
import type { Solver } from '../solver/solver.ts';
import type { Need } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { type Loader, whenReady } from './loader.ts';

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
 * - from the user's requirements down, each package at the version that the ranges seen so far allow,
 *   until the search has backtracked for the first time;
 * - the version that each undecided package would get now;
 * - once many versions of one package were tried in vain, the next ones in a batch (as uv does).
 */
export function newPrefetcher(world: TargetWorld, solver: Solver, loader: Loader): Prefetcher {
  const { state } = solver;
  const visited = new Set<string>();
  /** Ranks that everything seen on the way down leaves to a project. */
  const allowed = new Map<string, RankSet>();
  /** Versions tried when the last batch of a package was asked for. */
  const batched = new Map<PackageId, number>();
  let descended = false;

  function lookAhead(need: Need): void {
    if (!descended) {
      descended = true;
      for (const { facts } of world.demands.requirements) visit(facts);
    }
    for (const { project, rank } of need.metadata) batch(project, rank);
    for (let id = 1; id < state.packages.nodes.length; id++) {
      const node = nodeOf(state.packages, id);
      if (node.kind === 'package' && isUndecided(state.solution, id)) {
        fetchBest(node.project, termFor(state.solution, id)?.ranks ?? []);
      }
    }
  }

  function visit(requirement: RequirementFacts): void {
    if (solver.conflicts() > 0) return;
    const { project, extras } = requirement;
    for (const extra of [null, ...extras]) {
      const key = `${project}[${extra ?? ''}] ${requirement.specifierText}`;
      if (visited.has(key)) continue;
      visited.add(key);
      speculate(() => whenReady(loader.loadPage(world, project), () => descend(requirement, extra)));
    }
  }

  function descend(requirement: RequirementFacts, extra: string | null): void {
    const { project } = requirement;
    const page = world.page(project);
    if (page === undefined || page === null || solver.conflicts() > 0) return;
    const admitted =
      requirement.url === null ? ranksAdmitted(page, requirement) : allRanks(page.page.versions.length);
    const left = intersectRanks(allowed.get(project) ?? world.constraint(project) ?? admitted, admitted);
    allowed.set(project, left);
    const choice = world.peek(project, left);
    if (choice.kind !== 'rank') return;
    fetchRank(project, choice.rank, () => {
      for (const next of world.activeRequirements(project, choice.rank, extra)) visit(next.facts);
    });
  }

  function fetchBest(project: string, ranks: RankSet): void {
    const choice = world.peek(project, ranks);
    if (choice.kind === 'rank') fetchRank(project, choice.rank, () => undefined);
  }

  function fetchRank(project: string, rank: number, then: () => void): void {
    const page = world.page(project);
    const metadata = world.metadataOf(project, rank);
    if (metadata.kind === 'known') then();
    if (metadata.kind !== 'unknown' || page === undefined || page === null) return;
    const { file } = metadata.candidate;
    speculate(() => whenReady(loader.loadMetadata(page, file), then));
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
      const choice = world.peek(project, left);
      if (choice.kind !== 'rank') return missing;
      fetchRank(project, choice.rank, () => undefined);
      left = subtractRanks(left, oneRank(choice.rank));
    }
    return 0;
  }

  return { lookAhead };
}

/** What fails here is unheard: whoever needs the answer asks for it and hears of the failure then. */
function speculate(ask: () => MaybePromise<void>): void {
  try {
    const asked = ask();
    if (asked instanceof Promise) asked.catch(() => undefined);
  } catch (error) {
    // A source that answers at once fails at once, too.
    if (!(error instanceof SourceError)) throw error;
  }
}

/** The ranks that come after `rank` in the order of choice. */
function beyond(rank: number, count: number, descending: boolean): RankSet {
  return descending ? allRanks(rank) : subtractRanks(allRanks(count), allRanks(rank + 1));
}
