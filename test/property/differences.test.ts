import { parseRequirement } from '@pyplan/markers';
import { memorySource, target } from '@pyplan/resolver';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Asked, differencesBetween, faultOfCauses } from '../support/comparison/experiment.ts';
import type { World } from '../support/judge/world.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { smallWorld, worldTarget } from '../support/world-arbitrary.ts';

function asked(world: World): Asked {
  return {
    requirements: world.root.requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: [],
    overrides: [],
    source: memorySource(memoryWorld(world)),
    options: conformanceOptions,
  };
}

test('without what parts two plans they are the same', async () => {
  let looked = 0;
  await fc.assert(
    fc.asyncProperty(smallWorld, worldTarget, worldTarget, async (world, one, other) => {
      const targets = [one, other].map(({ python, platform }) => ({ target: target(python, platform) }));
      const request = asked(world);
      for (const { name, kind } of (await differencesBetween(request, targets)) ?? []) {
        if (kind === 'file') continue;
        looked++;
        expect(await faultOfCauses(name, request, targets), name).toBeNull();
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 500), seed: Number(process.env['SEED'] ?? 8) },
  );
  expect(looked).toBeGreaterThan(20);
});

test('plans of one target differ in nothing, and every difference has a cause on a side that there is', async () => {
  await fc.assert(
    fc.asyncProperty(smallWorld, worldTarget, worldTarget, async (world, one, other) => {
      const [first, second] = [one, other].map(({ python, platform }) => ({
        target: target(python, platform),
      }));
      if (first === undefined || second === undefined) return;
      const request = asked(world);
      expect((await differencesBetween(request, [first, first])) ?? []).toEqual([]);
      for (const { causes } of (await differencesBetween(request, [first, second])) ?? []) {
        expect(causes).not.toEqual([]);
        for (const { sides } of causes) expect([[0], [1], [0, 1]]).toContainEqual(sides);
      }
    }),
    { numRuns: 100 },
  );
});
