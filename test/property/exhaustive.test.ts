import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exhaustivePlan } from '../support/exhaustive.ts';
import { judgeWorldPlan, viewWorld, type WorldView } from '../support/judge/world.ts';
import { smallWorld, worldTarget } from '../support/world-arbitrary.ts';

/** Every choice of one candidate or none for each package of a world. */
function* assignments(view: WorldView): Generator<Readonly<Record<string, string>>> {
  const packages = [...view.candidates];
  function* choose(
    at: number,
    plan: Readonly<Record<string, string>>,
  ): Generator<Readonly<Record<string, string>>> {
    const next = packages[at];
    if (next === undefined) {
      yield plan;
      return;
    }
    const [name, candidates] = next;
    yield* choose(at + 1, plan);
    for (const { text } of candidates) yield* choose(at + 1, { ...plan, [name]: text });
  }
  yield* choose(0, {});
}

describe('the exhaustive solver', () => {
  test('has a plan exactly where some assignment is one, and the judge calls its plan valid', () => {
    let satisfiable = 0;
    let refused = 0;
    fc.assert(
      fc.property(smallWorld, worldTarget, (world, on) => {
        const view = viewWorld(world, on);
        const plan = exhaustivePlan(view);
        let some = false;
        for (const assignment of assignments(view)) some ||= judgeWorldPlan(view, assignment).length === 0;
        expect(plan !== null).toBe(some);
        if (plan === null) refused += 1;
        else {
          satisfiable += 1;
          expect(judgeWorldPlan(view, plan)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
    // Both verdicts are common, or the property would say little.
    expect(Math.min(satisfiable, refused)).toBeGreaterThan(20);
  });
});
