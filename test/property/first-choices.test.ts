import { parseRequirement } from '@pyplan/markers';
import { memorySource, type ResolveOptions, target } from '@pyplan/resolver';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidatePolicy } from '../../packages/resolver/src/candidate/candidate-table.ts';
import { firstChoices } from '../../packages/resolver/src/driver/first-choices.ts';
import { newLoader } from '../../packages/resolver/src/driver/loader.ts';
import { search } from '../../packages/resolver/src/driver/search.ts';
import { factsOf } from '../../packages/resolver/src/facts/facts-of-source.ts';
import { demandsOn } from '../../packages/resolver/src/world/demands.ts';
import { targetWorld } from '../../packages/resolver/src/world/target-world.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { smallWorld, worldTarget } from '../support/world-arbitrary.ts';

const options: fc.Arbitrary<Partial<ResolveOptions>> = fc.record({
  mode: fc.constantFrom('highest', 'highest', 'lowest', 'lowest-direct'),
  prerelease: fc.constantFrom('if-necessary-or-explicit', 'allow', 'disallow'),
  preferences: fc
    .dictionary(
      fc.constantFrom('amo', 'bel', 'cor', 'dun'),
      fc.subarray(['1.0', '1.1', '2.0', '3.0', '1.5'], { maxLength: 3 }),
    )
    .map((preferences) => new Map(Object.entries(preferences))),
});

const constraint = fc.constantFrom('amo<3', 'bel>1.0', 'cor!=2.0', 'dun<2', 'eft==1.0');

test('first choices that nothing opposes are what a search comes to', async () => {
  let [solved, found] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      fc.array(constraint, { maxLength: 2 }),
      worldTarget,
      options,
      async ({ index, root }, constraints, { python, platform }, changed) => {
        const source = memorySource(memoryWorld({ index }));
        const lines = (texts: readonly string[]) =>
          texts.map((text) => rootRequirement(parseRequirement(text)));
        const on = target(python, platform);
        const request = {
          requirements: lines(root.requires),
          constraints: lines(constraints),
          overrides: [],
          targets: [on],
          source,
          options: { ...conformanceOptions, ...changed },
        };
        const facts = factsOf(source);
        const policy = candidatePolicy(facts.tables, on, request.options);
        const newWorld = () => targetWorld(facts, policy, demandsOn(on, request), request.options);
        const loader = newLoader(facts, undefined, () => undefined);
        const { maxSteps } = request.options;
        const result = await search(newWorld(), loader, maxSteps, undefined);
        const chosen = firstChoices(newWorld(), maxSteps);
        if (result.kind === 'solved') solved += 1;
        if (chosen === null) return;
        found += 1;
        if (result.kind !== 'solved') throw new Error('first choices of what has no solution');
        expect(new Map([...chosen].sort())).toEqual(new Map([...result.chosen].sort()));
      },
    ),
    { numRuns: 600 },
  );
  expect(found).toBeGreaterThan(solved / 2);
});
