import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Incompatibility, PackageId } from '../../src/solver/incompatibility.ts';
import {
  contradicted,
  decidedRank,
  emptyPartialSolution,
  firstLevel,
  hasBacktracked,
  inconclusive,
  isUndecided,
  lastingTerm,
  levelOf,
  type PartialSolution,
  relateIncompatibility,
  satisfied,
  termFor,
} from '../../src/solver/partial-solution.ts';
import { intersectTerms, negative, positive, relateTerm, type Term } from '../../src/solver/term.ts';
import { type Entry, type Step, scriptPackages, step, take } from '../support/partial-solution-script.ts';
import { term } from '../support/rank-arbitraries.ts';

const runs = { numRuns: 1000 };
const script = fc.array(step, { maxLength: 40 });

/** Everything that can be asked of a partial solution. */
function viewOf(solution: PartialSolution): unknown {
  return {
    level: levelOf(solution),
    decisions: [...solution.decisions],
    trail: [...solution.trail],
    packages: scriptPackages.map((id) => ({
      term: termFor(solution, id),
      decided: decidedRank(solution, id),
      undecided: isUndecided(solution, id),
      firstLevel: firstLevel(solution, id),
      lasting: lastingTerm(solution, id),
    })),
  };
}

/** A solution made of the assignments that are left, as if nothing else had ever been tried. */
function rebuilt(entries: readonly Entry[]): PartialSolution {
  const solution = emptyPartialSolution();
  for (const { id, term: known, isDecision } of entries) {
    const next: Step = isDecision ? { kind: 'decide', id } : { kind: 'derive', id, known };
    expect(take(solution, [], [], next)).toBe(true);
  }
  return solution;
}

describe('a partial solution', () => {
  test('after backtracking is what the assignments left would have made', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const solution = emptyPartialSolution();
        const entries: Entry[] = [];
        for (const next of steps) {
          take(solution, entries, [], next);
          expect(viewOf(solution)).toEqual(viewOf(rebuilt(entries)));
        }
      }),
      { numRuns: 400 },
    );
  });

  test('knows of a package the intersection of its assignments', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const solution = emptyPartialSolution();
        const entries: Entry[] = [];
        for (const next of steps) take(solution, entries, [], next);
        for (const id of scriptPackages) {
          const own = entries.filter((entry) => entry.id === id).map((entry) => entry.term);
          const expected = own.length === 0 ? undefined : own.reduce(intersectTerms);
          expect(termFor(solution, id)).toEqual(expected);
        }
      }),
      runs,
    );
  });

  test('tells of every package that backtracking changes, and of no other', () => {
    fc.assert(
      fc.property(script, fc.integer({ min: 1, max: 4 }), (steps, down) => {
        const solution = emptyPartialSolution();
        const entries: Entry[] = [];
        for (const next of steps) take(solution, entries, [], next);
        const before = [...entries];
        const touched = new Set<PackageId>();
        take(solution, entries, [], { kind: 'backtrack', down }, (id) => touched.add(id));
        expect(touched).toEqual(new Set(before.slice(entries.length).map(({ id }) => id)));
      }),
      runs,
    );
  });

  test('has backtracked once it has gone back, whatever is added after', () => {
    const solution = emptyPartialSolution();
    const all = positive([0, 5]);
    take(solution, [], [], { kind: 'derive', id: 1, known: all });
    take(solution, [], [], { kind: 'decide', id: 1 });
    expect(hasBacktracked(solution)).toBe(false);
    take(solution, [], [], { kind: 'backtrack', down: 1 });
    take(solution, [], [], { kind: 'decide', id: 1 });
    expect(hasBacktracked(solution)).toBe(true);
  });
});

describe('an incompatibility against what is known', () => {
  const two = fc.tuple(term, term);
  const known = fc.tuple(fc.option(term, { nil: undefined }), fc.option(term, { nil: undefined }));

  test('is contradicted by one term, satisfied by all, almost satisfied by all but one', () => {
    fc.assert(
      fc.property(two, known, (terms, knowledge) => {
        const incompatibility: Incompatibility = { packages: [1, 2], terms, cause: { kind: 'root' } };
        const relation = relateIncompatibility(incompatibility, [
          undefined,
          ...knowledge.map((about) => (about === undefined ? undefined : { term: about })),
        ]);
        const single = terms.map((one, i) => {
          const about: Term | undefined = knowledge[i];
          return about === undefined ? 'inconclusive' : relateTerm(one, about);
        });
        const open = single.flatMap((one, i) => (one === 'inconclusive' ? [i + 1] : []));
        if (single.includes('contradicted')) {
          // A second open term ends the look before the contradiction is seen: it is missed, never invented.
          expect([contradicted, inconclusive]).toContain(relation);
        } else if (open.length === 0) expect(relation).toBe(satisfied);
        else if (open.length === 1) expect(relation).toBe(open[0]);
        else expect(relation).toBe(inconclusive);
      }),
      runs,
    );
  });

  test('of a package that nothing is known of is open, even where no version is ruled out', () => {
    const incompatibility: Incompatibility = {
      packages: [1],
      terms: [negative([])],
      cause: { kind: 'root' },
    };
    expect(relateIncompatibility(incompatibility, [])).toBe(1);
  });
});
