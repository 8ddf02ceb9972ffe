import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dependencyIncompatibility,
  type Incompatibility,
  unitIncompatibility,
} from '../../src/solver/incompatibility.ts';
import { contradicted, relateIncompatibility } from '../../src/solver/partial-solution.ts';
import {
  addIncompatibility,
  incompatibilityAt,
  isKnownContradicted,
  markContradicted,
  newSolverState,
  type SolverState,
  storeIncompatibility,
} from '../../src/solver/solver-state.ts';
import { negative, positive } from '../../src/solver/term.ts';
import { scriptPackages, step, take } from '../support/partial-solution-script.ts';
import { term } from '../support/rank-arbitraries.ts';

/** The terms of what is in force for a package, oldest first. */
function inForce(state: SolverState, id: number): readonly (readonly unknown[])[] {
  return (state.byPackage[id] ?? []).map((at) => [...incompatibilityAt(state, at).terms]);
}

describe('incompatibilities in force', () => {
  test('begin with the root, which must be selected', () => {
    expect(inForce(newSolverState(), 0)).toEqual([[negative([0, 1])]]);
  });

  test('are found by each of their packages', () => {
    const state = newSolverState();
    addIncompatibility(state, dependencyIncompatibility(1, [2, 3], 2, [0, 4], null));
    expect(inForce(state, 1)).toEqual([[positive([2, 3]), negative([0, 4])]]);
    expect(inForce(state, 2)).toEqual(inForce(state, 1));
  });

  test('hold one for all versions that depend on the same ranks', () => {
    const state = newSolverState();
    for (const rank of [4, 3, 1]) {
      addIncompatibility(state, dependencyIncompatibility(1, [rank, rank + 1], 2, [0, 4], null));
    }
    expect(inForce(state, 1)).toEqual([[positive([1, 2, 3, 5]), negative([0, 4])]]);
    expect(inForce(state, 2)).toEqual(inForce(state, 1));
  });

  test('keep dependencies on other ranks, and facts of other kinds, apart', () => {
    const state = newSolverState();
    addIncompatibility(state, dependencyIncompatibility(1, [4, 5], 2, [0, 4], null));
    addIncompatibility(state, dependencyIncompatibility(1, [3, 4], 2, [1, 4], null));
    const cause = { kind: 'no-versions', package: 1, ranks: [2, 3] } as const;
    addIncompatibility(state, unitIncompatibility(1, positive([2, 3]), cause));
    expect(inForce(state, 1)).toHaveLength(3);
  });

  test('keep what was merged in the store, for proofs that rest on it', () => {
    const state = newSolverState();
    const first = addIncompatibility(state, dependencyIncompatibility(1, [4, 5], 2, [0, 4], null));
    addIncompatibility(state, dependencyIncompatibility(1, [3, 4], 2, [0, 4], null));
    expect(incompatibilityAt(state, first).terms).toEqual([positive([4, 5]), negative([0, 4])]);
  });
});

describe('the mark of a contradicted incompatibility', () => {
  test('holds only as long as the incompatibility is contradicted', () => {
    const candidate = fc.tuple(
      fc.constantFrom(...scriptPackages),
      term,
      fc.constantFrom(...scriptPackages),
      term,
    );
    let marks = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.array(candidate, { maxLength: 5 }), (steps, all) => {
        const state = newSolverState();
        const ids = all.map(([a, own, b, other]) => {
          const one: Incompatibility =
            a === b
              ? { packages: [a], terms: [own], cause: { kind: 'root' } }
              : { packages: [a, b], terms: [own, other], cause: { kind: 'root' } };
          return storeIncompatibility(state, one);
        });
        for (const next of steps) {
          take(state.solution, [], [], next);
          for (const id of ids) {
            const relation = relateIncompatibility(incompatibilityAt(state, id), state.solution.assignments);
            if (isKnownContradicted(state, id)) {
              marks++;
              expect(relation).toBe(contradicted);
            } else if (relation === contradicted) markContradicted(state, id);
          }
        }
      }),
      { numRuns: 1000 },
    );
    expect(marks).toBeGreaterThan(200);
  });
});
