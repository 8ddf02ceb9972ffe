import type { RootRequirement } from '../resolution.ts';
import { satSearch } from '../sat/sat-search.ts';
import { type ChosenVersion, newSolver, type Solver, solutionOf } from '../solver/solver.ts';
import type { Need } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import type { Loader } from './loader.ts';
import { newPrefetcher } from './prefetch.ts';

/** How the search for one target ended. */
export type SearchResult =
  | { readonly kind: 'solved'; readonly chosen: ReadonlyMap<string, ChosenVersion> }
  /** An incompatibility of the solver's shows that there is no solution. */
  | { readonly kind: 'failed'; readonly incompatibility: number; readonly solver: Solver }
  /** There is none, found by a search that gives no derivation: only the lines that conflict. */
  | {
      readonly kind: 'refuted';
      readonly lines: readonly RootRequirement[];
      readonly projects: readonly string[];
    };

/**
 * So many looks at incompatibilities before the Boolean search takes over. Real requirement sets stay far
 * below; what goes beyond grows without end.
 */
export const patience = 400_000;

/** Runs the search for one target, bringing what it needs; waits only where something is not there yet. */
export async function search(
  world: TargetWorld,
  loader: Loader,
  maxSteps: number,
  signal: AbortSignal | undefined,
): Promise<SearchResult> {
  const solver = newSolver(world, maxSteps, patience);
  const prefetcher = newPrefetcher(world, solver, loader);
  while (true) {
    signal?.throwIfAborted();
    const step = solver.advance();
    switch (step.kind) {
      case 'solved':
        return { kind: 'solved', chosen: solutionOf(solver.state) };
      case 'failed':
        return { kind: 'failed', incompatibility: step.incompatibility, solver };
      case 'exhausted':
        return await searchBoolean(world, loader, maxSteps, signal);
      case 'need': {
        const waiting = bring(world, loader, step.need);
        // Where everything is at hand there is no wait to use.
        if (waiting.length === 0) break;
        prefetcher.lookAhead(step.need);
        await Promise.all(waiting);
      }
    }
  }
}

async function searchBoolean(
  world: TargetWorld,
  loader: Loader,
  maxSteps: number,
  signal: AbortSignal | undefined,
): Promise<SearchResult> {
  return await drive(satSearch(world, maxSteps), world, loader, signal);
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
