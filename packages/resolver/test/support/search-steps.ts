import { candidatePolicy } from '../../src/candidate/candidate-table.ts';
import { newLoader } from '../../src/driver/loader.ts';
import { newFacts } from '../../src/facts/facts.ts';
import { defaultOptions, type MemoryWorld, memorySource, type ResolveRequest } from '../../src/index.ts';
import { newSolver, type Solver, type Step } from '../../src/solver/solver.ts';
import { demandsOn } from '../../src/world/demands.ts';
import { type TargetWorld, targetWorld } from '../../src/world/target-world.ts';
import { lines, targetNamed } from './solve.ts';

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
  const source = memorySource(index);
  const facts = newFacts(source);
  const target = targetNamed();
  const request: ResolveRequest = {
    requirements: lines('requirements.in', requires),
    constraints: [],
    overrides: [],
    targets: [target],
    source,
    options: defaultOptions,
  };
  const policy = candidatePolicy(facts.tables, target, defaultOptions);
  const world = targetWorld(facts, policy, demandsOn(target, request), defaultOptions);
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
