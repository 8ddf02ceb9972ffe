import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUndecided } from '../../src/solver/partial-solution.ts';
import { searchSteps } from '../support/search-steps.ts';

const names = ['a', 'b', 'c', 'd', 'e'];
const versions = ['1.0', '2.0', '3.0'];
const line = fc
  .tuple(fc.constantFrom(...names), fc.constantFrom('', '[x]'), fc.constantFrom('', '<2', '>=2', '==2.0'))
  .map((parts) => parts.join(''));
const release = fc.record({
  requires: fc.array(line, { maxLength: 3 }),
  extras: fc.record({ x: fc.array(line, { maxLength: 2 }) }),
});
const index = fc
  .array(fc.tuple(release, release, release), { minLength: names.length, maxLength: names.length })
  .map((projects) =>
    Object.fromEntries(
      projects.map((releases, i) => [
        names[i],
        Object.fromEntries(releases.map((each, j) => [versions[j], each])),
      ]),
    ),
  );

test('what waits for a decision is what a look at all packages finds', async () => {
  const seen = { waits: 0, conflicts: 0, several: 0 };
  await fc.assert(
    fc.asyncProperty(index, fc.array(line, { minLength: 1, maxLength: 3 }), async (world, requires) => {
      for await (const { solver, step } of searchSteps(world, requires)) {
        if (step.kind !== 'need') break;
        const { packages, solution } = solver.state;
        const undecided = [...packages.nodes.keys()].filter((id) => isUndecided(solution, id));
        expect(solver.undecided()).toEqual(undecided);
        seen.waits += 1;
        if (solver.conflicts() > 0) seen.conflicts += 1;
        if (undecided.length > 2) seen.several += 1;
      }
    }),
    { numRuns: 400 },
  );
  expect(seen.waits).toBeGreaterThan(1000);
  expect(seen.conflicts).toBeGreaterThan(50);
  expect(seen.several).toBeGreaterThan(100);
});
