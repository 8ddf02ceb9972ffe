import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeRepairs } from '../support/repairs-judge.ts';
import { smallWorld, worldTarget } from '../support/world-arbitrary.ts';

/** Worlds to try; more by `PYPLAN_WORLDS`. */
const runs = Number(process.env['PYPLAN_WORLDS'] ?? 500);

const constraint = fc
  .record({
    name: fc.constantFrom('amo', 'bel', 'cor', 'dun', 'eft'),
    specifier: fc.constantFrom('>=2', '<2', '!=2.0', '~=1.0', '>3'),
  })
  .map(({ name, specifier }) => name + specifier);

test('repairs hold, none is larger than need be, and where one exists one is offered', async () => {
  const seen = { refused: 0, repaired: 0, several: 0 };
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      worldTarget,
      fc.array(constraint, { maxLength: 2 }),
      async (world, on, constraints) => {
        const judged = await judgeRepairs(world, { requires: world.root.requires, constraints }, on);
        if (judged === null) return;
        expect(judged.wrong).toEqual([]);
        seen.refused += 1;
        if (judged.offered > 0) seen.repaired += 1;
        if (judged.offered > 0 && judged.fewest > 1) seen.several += 1;
      },
    ),
    { numRuns: runs },
  );
  // Refusals, and repairs of several edits, are common, or the property would say little.
  expect(seen.refused).toBeGreaterThan(runs / 10);
  expect(seen.several).toBeGreaterThan(runs / 50);
  if (runs > 500) process.stdout.write(`${JSON.stringify(seen)}\n`);
});
