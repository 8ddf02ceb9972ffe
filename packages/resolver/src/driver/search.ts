import { BudgetError } from '../errors.ts';
import type { MaybePromise } from '../package-source.ts';
import { type Refuted, satSearch } from '../sat/sat-search.ts';
import { type AnswerTree, follow, keep } from '../solver/followed/answer-tree.ts';
import { type Course, courseOf } from '../solver/followed/course.ts';
import { type Recording, record } from '../solver/followed/recording.ts';
import { type ChosenVersion, newSolver, type Step, solutionOf } from '../solver/solver.ts';
import type { SolverState } from '../solver/solver-state.ts';
import type { Need, SolverWorld } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { givenUp } from './budget.ts';
import type { Loader } from './loader.ts';
import { newPrefetcher } from './prefetch.ts';

/** How the search for one target ended. */
export type SearchResult =
  | {
      readonly kind: 'solved';
      readonly chosen: ReadonlyMap<string, ChosenVersion>;
      /** Null where another search was followed, or the Boolean one, or it was too long. */
      readonly course: Course | null;
    }
  /** An incompatibility of the solver's shows that there is no solution. */
  | {
      readonly kind: 'failed';
      readonly incompatibility: number;
      readonly solver: { readonly state: Pick<SolverState, 'store' | 'packages'> };
    }
  /** There is none, as the Boolean search found. */
  | Refuted;

/**
 * So many looks at incompatibilities before the Boolean search takes over, in a search that speaks of a hundred packages
 * or fewer; more in a larger one, where each conflict may have more of them decided anew. Real requirement sets stay
 * far below; what goes beyond grows without end.
 */
export const patience = 400_000;

/** So many conflicts the Boolean search may have at most: each takes longer than a decision. */
const mostConflicts = 1_000_000;

function withPatience(maxWork: number, packages: number): number {
  return maxWork < patience ? maxWork : maxWork * Math.max(1, packages / 100);
}

/** Results of the searches of one request, for its several targets. */
export type SharedSearches = AnswerTree<SearchResult>;

/** A search that ended, and the world that it was made in. */
export interface Searched {
  readonly world: TargetWorld;
  readonly result: SearchResult;
  /** What the search asked of the world; null where it followed another one, or can't be followed. */
  readonly recording: Recording | null;
}

/** The result of a search before this one that saw the same world, if there was one. */
export function followShared(shared: SharedSearches, newWorld: () => TargetWorld): Searched | null {
  if (shared.root === null) return null;
  const world = newWorld();
  const result = follow(shared, world);
  return result === null ? null : { world, result, recording: null };
}

/** Searches in a world of which nothing was asked before, and keeps the result for the targets to come. */
export function searchAndShare(
  shared: SharedSearches,
  world: TargetWorld,
  loader: Loader,
  maxSteps: number,
  signal: AbortSignal | undefined,
): Promise<Searched> {
  return sharedSearch(shared, world, loader, maxSteps, signal).toTheEnd();
}

/** A search that can be stopped and goes on from there, as if it had not been stopped. */
export interface SharedSearch {
  /** Null after `maxWork` looks at incompatibilities since the search began. */
  upTo(maxWork: number): Promise<Searched | null>;
  toTheEnd(): Promise<Searched>;
}

/** A search in a world of which nothing was asked before; its result is kept for the targets to come. */
export function sharedSearch(
  shared: SharedSearches,
  world: TargetWorld,
  loader: Loader,
  maxSteps: number,
  signal: AbortSignal | undefined,
): SharedSearch {
  const recording = record(world);
  const search = newSearch(world, loader, maxSteps, signal, recording.world);

  async function upTo(maxWork: number): Promise<Searched | null> {
    const step = search(maxWork);
    // Where nothing has to be waited for, the next target, whose search begins right away, finds the result.
    const result = step instanceof Promise ? await step : step;
    if (result === null) return null;
    keep(shared, recording, result);
    return { world, result, recording };
  }

  return {
    upTo,
    toTheEnd: async () =>
      (await upTo(patience)) ?? {
        world,
        result: await searchBoolean(world, loader, maxSteps, signal),
        recording: null,
      },
  };
}

/**
 * Runs the search for one target, bringing what it needs; waits only where something is not there yet.
 *
 * @throws {BudgetError} after `maxSteps` decisions, or as many conflicts of the Boolean search, with what it was at.
 */
export async function search(
  given: TargetWorld,
  loader: Loader,
  maxSteps: number,
  signal: AbortSignal | undefined,
): Promise<SearchResult> {
  const world = loader.within(given);
  const result = await newSearch(world, loader, maxSteps, signal, world)(patience);
  return result ?? (await searchBoolean(world, loader, maxSteps, signal));
}

/** Goes on until there is a result; null after so many looks at incompatibilities in all. */
type Search = (maxWork: number) => MaybePromise<SearchResult | null>;

/** A search that can be stopped. @param asked the world as the solver asks it */
export function newSearch(
  world: TargetWorld,
  loader: Loader,
  maxSteps: number,
  signal: AbortSignal | undefined,
  asked: SolverWorld,
): Search {
  const solver = newSolver(asked, maxSteps);
  const prefetcher = newPrefetcher(world, solver, loader);

  function inWords(error: unknown): never {
    throw error instanceof BudgetError ? givenUp(error, world, solver) : error;
  }

  function advance(maxWork: number): Step {
    try {
      while (true) {
        const allowed = withPatience(maxWork, solver.state.packages.nodes.length);
        const step = solver.advance(allowed);
        // Meanwhile it may have heard of more packages.
        if (step.kind !== 'exhausted' || withPatience(maxWork, solver.state.packages.nodes.length) <= allowed)
          return step;
      }
    } catch (error) {
      return inWords(error);
    }
  }

  /** Searches until there is a result or something to wait for. */
  function goOn(
    maxWork: number,
  ): SearchResult | null | { readonly kind: 'wait'; readonly until: Promise<unknown> } {
    while (true) {
      signal?.throwIfAborted();
      const step = advance(maxWork);
      switch (step.kind) {
        case 'solved':
          return {
            kind: 'solved',
            chosen: solutionOf(solver.state),
            course: courseOf(solver.state, solver.steps()),
          };
        case 'failed':
          return { kind: 'failed', incompatibility: step.incompatibility, solver };
        case 'exhausted':
          return null;
        case 'need': {
          const waiting = bring(world, loader, step.need);
          // Where everything is at hand there is no wait to use.
          if (waiting.length === 0) break;
          if (loader.looksAhead) prefetcher.lookAhead(step.need);
          return { kind: 'wait', until: Promise.all(waiting) };
        }
      }
    }
  }

  async function goOnAfter(until: Promise<unknown>, maxWork: number): Promise<SearchResult | null> {
    await until;
    for (let next = goOn(maxWork); ; next = goOn(maxWork)) {
      if (next?.kind !== 'wait') return next;
      await next.until;
    }
  }

  return (maxWork) => {
    const first = goOn(maxWork);
    return first?.kind === 'wait' ? goOnAfter(first.until, maxWork) : first;
  };
}

async function searchBoolean(
  world: TargetWorld,
  loader: Loader,
  maxSteps: number,
  signal: AbortSignal | undefined,
): Promise<SearchResult> {
  try {
    const result = await drive(satSearch(world, Math.min(maxSteps, mostConflicts)), world, loader, signal);
    return result.kind === 'solved' ? { ...result, course: null } : result;
  } catch (error) {
    throw error instanceof BudgetError ? givenUp(error, world, null) : error;
  }
}

/** Runs a search that yields what it lacks, bringing that. */
export async function drive<Result>(
  steps: Generator<Need, Result>,
  world: TargetWorld,
  loader: Loader,
  signal: AbortSignal | undefined,
): Promise<Result> {
  for (let step = steps.next(); ; step = steps.next()) {
    signal?.throwIfAborted();
    if (step.done === true) return step.value;
    await Promise.all(bring(world, loader, step.value));
  }
}

/** Starts loading what is needed; gives what has to be waited for. */
function bring(world: TargetWorld, loader: Loader, need: Need): readonly Promise<void>[] {
  const waiting: Promise<void>[] = [];
  const add = (loading: void | Promise<void>): void => {
    if (loading !== undefined) waiting.push(loading);
  };
  for (const project of need.pages) add(loader.loadPage(world, project));
  for (const { project, rank } of need.metadata) {
    const page = world.page(project);
    const metadata = world.metadataOf(project, rank);
    if (page !== undefined && page !== null && metadata.kind === 'unknown') {
      add(loader.loadMetadata(page, metadata.candidate.file));
    }
  }
  return waiting;
}
