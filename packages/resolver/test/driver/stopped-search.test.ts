import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidatePolicy } from '../../src/candidate/candidate-table.ts';
import { newLoader } from '../../src/driver/loader.ts';
import { type Searched, sharedSearch } from '../../src/driver/search.ts';
import { newFacts } from '../../src/facts/facts.ts';
import { defaultOptions, type MemoryWorld, memorySource, type ResolveRequest } from '../../src/index.ts';
import { newAnswerTree } from '../../src/solver/followed/answer-tree.ts';
import { demandsOn } from '../../src/world/demands.ts';
import { targetWorld } from '../../src/world/target-world.ts';
import { lines, targetNamed } from '../support/solve.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const versions = ['1', '2', '3', '4'];
const requirement = fc
  .tuple(
    fc.constantFrom(...names),
    fc.constantFrom('<', '<=', '==', '!=', '>='),
    fc.constantFrom(...versions),
  )
  .map((parts) => parts.join(''));
const project = fc
  .tuple(...versions.map(() => fc.array(requirement, { maxLength: 3 })))
  .map((all) => Object.fromEntries(all.map((requires, i) => [versions[i] ?? '', { requires }])));
const index = fc
  .tuple(...names.map(() => project))
  .map((all): MemoryWorld => Object.fromEntries(all.map((each, i) => [names[i] ?? '', each])));

/** What a search comes to that is stopped at each of the marks, and how often it was. */
async function ending(world: MemoryWorld, marks: readonly number[]): Promise<[told: unknown, stops: number]> {
  const source = memorySource(world);
  const facts = newFacts(source);
  const request: ResolveRequest = {
    requirements: lines('requirements.in', ['a', 'b', 'c']),
    constraints: [],
    overrides: [],
    targets: [],
    source,
    options: defaultOptions,
  };
  const target = targetNamed();
  const policy = candidatePolicy(facts.tables, target, defaultOptions);
  const seen = targetWorld(facts, policy, demandsOn(target, request), defaultOptions);
  const loader = newLoader(facts, undefined, () => undefined);
  const search = sharedSearch(newAnswerTree('lines'), seen, loader, 10_000, undefined);
  let stops = 0;
  let found: Searched | null = null;
  for (const mark of marks) {
    found ??= await search.upTo(mark);
    if (found === null) stops++;
  }
  const { result } = found ?? (await search.toTheEnd());
  if (result.kind === 'solved') return [[...result.chosen], stops];
  if (result.kind === 'refuted') throw new Error('a small world took a long search');
  const { store } = result.solver.state;
  return [{ store: [...store], incompatibility: result.incompatibility }, stops];
}

test('a search that is stopped goes on as if it had not been', async () => {
  let stopped = 0;
  await fc.assert(
    fc.asyncProperty(index, async (world) => {
      const [whole] = await ending(world, []);
      const [parted, stops] = await ending(world, [10, 20, 40, 80, 160]);
      expect(parted).toEqual(whole);
      stopped += stops;
    }),
    { numRuns: 300 },
  );
  expect(stopped).toBeGreaterThan(100);
});
