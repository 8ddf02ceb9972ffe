import { candidatePolicy } from '../../src/candidate/candidate-table.ts';
import { type Facts, newFacts } from '../../src/facts/facts.ts';
import { defaultOptions, type MemoryWorld, memorySource, type PackageSource } from '../../src/index.ts';
import { demandsOn } from '../../src/world/demands.ts';
import { type TargetWorld, targetWorld } from '../../src/world/target-world.ts';
import { lines, targetNamed } from './solve.ts';

/** The world of one target that asks for these lines, of which nothing is known yet. */
export function worldOfLines(
  index: MemoryWorld,
  requires: readonly string[],
): { readonly world: TargetWorld; readonly facts: Facts; readonly source: PackageSource } {
  const source = memorySource(index);
  const facts = newFacts(source);
  const target = targetNamed();
  const request = {
    requirements: lines('requirements.in', requires),
    constraints: [],
    overrides: [],
    targets: [target],
    source,
    options: defaultOptions,
  };
  const policy = candidatePolicy(facts.tables, target, defaultOptions);
  return { world: targetWorld(facts, policy, demandsOn(target, request), defaultOptions), facts, source };
}
