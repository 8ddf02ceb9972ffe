import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newActivityHeap } from '../../src/sat/activity-heap.ts';
import { type Literal, negated, positiveLiteral, variableOf } from '../../src/sat/literal.ts';
import { newSatSolver } from '../../src/sat/sat-solver.ts';

const variables = 8;
const literal = fc
  .tuple(fc.nat(variables - 1), fc.boolean())
  .map(([variable, negative]): Literal => positiveLiteral(variable) ^ (negative ? 1 : 0));
const clauses = fc.array(fc.array(literal, { minLength: 1, maxLength: 3 }), { maxLength: 45 });

function holds(assignment: number, each: Literal): boolean {
  return (((assignment >> variableOf(each)) & 1) === 1) !== ((each & 1) === 1);
}

/** Whether any of the assignments meets all clauses and assumptions. */
function bruteForce(formula: readonly (readonly Literal[])[], assumptions: readonly Literal[]): boolean {
  for (let assignment = 0; assignment < 1 << variables; assignment++) {
    const meets = formula.every((clause) => clause.some((each) => holds(assignment, each)));
    if (meets && assumptions.every((each) => holds(assignment, each))) return true;
  }
  return false;
}

function solverOf(formula: readonly (readonly Literal[])[]): ReturnType<typeof newSatSolver> {
  const solver = newSatSolver();
  for (let i = 0; i < variables; i++) solver.newVariable();
  for (const clause of formula) solver.addClause(clause);
  return solver;
}

describe('the Boolean solver', () => {
  test('gives the verdict of brute force, with and without assumptions, asked again and again', () => {
    fc.assert(
      fc.property(
        clauses,
        fc.array(fc.array(literal, { maxLength: 4 }), { maxLength: 4 }),
        (formula, questions) => {
          const solver = solverOf(formula);
          for (const assumptions of [[], ...questions]) {
            expect(solver.solve(assumptions)).toBe(bruteForce(formula, assumptions));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a solution meets every clause and assumption', () => {
    fc.assert(
      fc.property(clauses, fc.array(literal, { maxLength: 3 }), (formula, assumptions) => {
        const solver = solverOf(formula);
        if (!solver.solve(assumptions)) return;
        const isTrue = (each: Literal): boolean => solver.isTrue(variableOf(each)) !== ((each & 1) === 1);
        expect(formula.every((clause) => clause.some(isTrue))).toBe(true);
        expect(assumptions.every(isTrue)).toBe(true);
      }),
    );
  });

  test('a core is a part of the assumptions that can not be met either', () => {
    fc.assert(
      fc.property(clauses, fc.array(literal, { minLength: 1, maxLength: 6 }), (formula, assumptions) => {
        const solver = solverOf(formula);
        if (solver.solve(assumptions)) return;
        const core = solver.core();
        expect(core.every((each) => assumptions.includes(each))).toBe(true);
        expect(bruteForce(formula, core)).toBe(false);
      }),
    );
  });

  test('clauses added between two questions count in the second', () => {
    fc.assert(
      fc.property(clauses, clauses, (first, second) => {
        const solver = solverOf(first);
        solver.solve([]);
        for (const clause of second) solver.addClause(clause);
        expect(solver.solve([])).toBe(bruteForce([...first, ...second], []));
      }),
    );
  });

  test('refutes the pigeons: seven do not fit in six holes', () => {
    const solver = newSatSolver();
    const place = Array.from({ length: 7 }, () =>
      Array.from({ length: 6 }, () => positiveLiteral(solver.newVariable())),
    );
    for (const pigeon of place) solver.addClause(pigeon);
    for (let hole = 0; hole < 6; hole++) {
      for (let a = 0; a < 7; a++) {
        for (let b = 0; b < a; b++) {
          solver.addClause([negated(place[a]?.[hole] ?? 0), negated(place[b]?.[hole] ?? 0)]);
        }
      }
    }
    expect(solver.solve([])).toBe(false);
  });
});

test('gives up after as many conflicts as it may take', () => {
  const solver = newSatSolver({ maxConflicts: 0 });
  const [a, b] = [positiveLiteral(solver.newVariable()), positiveLiteral(solver.newVariable())];
  for (const clause of [
    [a, b],
    [a, negated(b)],
    [negated(a), b],
    [negated(a), negated(b)],
  ]) {
    solver.addClause(clause);
  }
  expect(() => solver.solve([])).toThrow(/no answer after 0 conflicts/);
});

test('the activity heap gives the most active first, the older of equals', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }), (activities) => {
      const heap = newActivityHeap(activities);
      activities.forEach((_, variable) => {
        heap.push(variable);
      });
      const popped = activities.map(() => heap.pop());
      const sorted = activities
        .map((activity, variable) => ({ activity, variable }))
        .sort((a, b) => b.activity - a.activity || a.variable - b.variable);
      expect(popped).toEqual(sorted.map(({ variable }) => variable));
      expect(heap.pop()).toBe(-1);
    }),
  );
});
