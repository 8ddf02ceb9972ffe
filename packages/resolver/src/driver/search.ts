import { type ChosenVersion, newSolver, type Solver, solutionOf } from '../solver/solver.ts';
import type { Need } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import type { Loader } from './loader.ts';
import { newPrefetcher } from './prefetch.ts';

/** How the search for one target ended. */
export type SearchResult =
  | { readonly kind: 'solved'; readonly chosen: ReadonlyMap<string, ChosenVersion>; readonly solver: Solver }
  | { readonly kind: 'failed'; readonly incompatibility: number; readonly solver: Solver };

/** Runs the solver for one target, bringing what it needs; waits only where something is not there yet. */
export async function search(
  world: TargetWorld,
  loader: Loader,
  maxSteps: number,
  signal: AbortSignal | undefined,
): Promise<SearchResult> {
  const solver = newSolver(world, maxSteps);
  const prefetcher = newPrefetcher(world, solver, loader);
  while (true) {
    signal?.throwIfAborted();
    const step = solver.advance();
    switch (step.kind) {
      case 'solved':
        return { kind: 'solved', chosen: solutionOf(solver.state), solver };
      case 'failed':
        return { kind: 'failed', incompatibility: step.incompatibility, solver };
      case 'need': {
        const waiting = bring(world, loader, step.need);
        prefetcher.lookAhead(step.need);
        if (waiting.length > 0) await Promise.all(waiting);
      }
    }
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
