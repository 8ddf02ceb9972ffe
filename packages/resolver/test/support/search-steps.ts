import { newLoader } from '../../src/driver/loader.ts';
import type { MemoryWorld } from '../../src/index.ts';
import { newSolver, type Solver, type Step } from '../../src/solver/solver.ts';
import type { TargetWorld } from '../../src/world/target-world.ts';
import { worldOfLines } from './world-of-lines.ts';

export interface Searching {
  readonly solver: Solver;
  readonly world: TargetWorld;
  readonly step: Step;
}

/** A search for one target with nothing fetched ahead, wherever it waits for something, and at its end. */
export async function* searchSteps(
  index: MemoryWorld,
  requires: readonly string[],
): AsyncGenerator<Searching> {
  const { world, facts } = worldOfLines(index, requires);
  const loader = newLoader(facts, undefined, () => undefined);
  const solver = newSolver(world, 1000);
  let step = solver.advance(100_000);
  for (; step.kind === 'need'; step = solver.advance(100_000)) {
    yield { solver, world, step };
    for (const project of step.need.pages) await loader.loadPage(world, project);
    for (const { project, rank } of step.need.metadata) {
      const page = world.page(project);
      const metadata = world.metadataOf(project, rank);
      if (page !== null && page !== undefined && metadata.kind === 'unknown') {
        await loader.loadMetadata(page, metadata.candidate.file);
      }
    }
  }
  yield { solver, world, step };
}
