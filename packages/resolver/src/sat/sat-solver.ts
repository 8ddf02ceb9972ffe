import { BudgetError } from '../errors.ts';
import { newActivityHeap } from './activity-heap.ts';
import type { Clause } from './clause.ts';
import { newConflictAnalysis } from './conflict-analysis.ts';
import type { EncodedFact, Ground } from './ground.ts';
import { type Literal, negated, positiveLiteral, type Variable, variableOf } from './literal.ts';
import { newUnitGrounds } from './unit-grounds.ts';

/**
 * A conflict-driven Boolean solver that can be asked again after clauses were added (Eén and Sörensson,
 * "An Extensible SAT-solver"): watched literals, learning at the first unique implication point,
 * activities, saved phases, restarts. No clock and no chance: the same questions give the same answers.
 */
export interface SatSolver {
  newVariable(): Variable;
  /** Adds a clause, with what it says of the world, if it does; only between two calls of `solve`. */
  addClause(literals: readonly Literal[], fact?: EncodedFact): void;
  /** Whether all clauses can hold together with the assumptions. */
  solve(assumptions: readonly Literal[]): boolean;
  /** Whether the variable is true in the last solution. */
  isTrue(variable: Variable): boolean;
  /** After a failed `solve`: assumptions that can't hold together, perhaps more of them than needed. */
  core(): readonly Literal[];
  /** After a failed `solve`: what shows it; null where that was not traced. */
  grounds(): readonly Ground[] | null;
}

export interface SatOptions {
  /** Conflicts that all questions together may take before `solve` throws a `BudgetError`; without it, however many. */
  readonly maxConflicts?: number;
  /** Of so many clauses learnt it is kept what they rest on; where more are learnt, of none. */
  readonly mostTraced?: number;
  /** Hears each clause that was learnt, which follows by unit propagation from those before it. */
  readonly onLearnt?: (literals: readonly Literal[]) => void;
}

const unassigned = -1;
const restartUnit = 64;

export function newSatSolver({
  maxConflicts = Number.POSITIVE_INFINITY,
  mostTraced = 0,
  onLearnt,
}: SatOptions = {}): SatSolver {
  const isTraced = mostTraced > 0;
  const values: number[] = [];
  const levels: number[] = [];
  const reasons: (Clause | null)[] = [];
  const phases: number[] = [];
  const activity: number[] = [];
  const watches: Clause[][] = [];
  const trail: Literal[] = [];
  const limits: number[] = [];
  const heap = newActivityHeap(activity);
  const units = newUnitGrounds(isTraced);
  const analyze = newConflictAnalysis({ trail, limits, levels, reasons }, units, bump);
  let learnts: Clause[] = [];
  let model: number[] = [];
  let failedAssumptions: Literal[] = [];
  let failure: readonly Ground[] = [];
  let propagated = 0;
  let increment = 1;
  let consistent = true;
  let keepLearnts = 4000;
  let conflicts = 0;

  /** 1: holds, 0: does not, -1: open. */
  function valueAt(literal: Literal): number {
    const value = values[literal >> 1] ?? unassigned;
    return value === unassigned ? unassigned : value ^ (literal & 1);
  }

  function newVariable(): Variable {
    const variable = values.push(unassigned) - 1;
    levels.push(0);
    reasons.push(null);
    phases.push(0);
    activity.push(0);
    watches.push([], []);
    heap.push(variable);
    return variable;
  }

  function addClause(given: readonly Literal[], fact?: EncodedFact): void {
    backtrack(0);
    const literals = [...new Set(given)].filter((literal) => valueAt(literal) !== 0);
    if (literals.some((literal) => valueAt(literal) === 1 || literals.includes(negated(literal)))) return;
    const [first] = literals;
    const ground = groundOf(literals, given, fact ?? null);
    if (first === undefined) {
      consistent = false;
      failure = ground === null ? [] : [ground];
    } else if (literals.length === 1) assignForGood(first, ground);
    else watch({ literals, spread: 0, ground });
  }

  /** What is left of a clause rests on that its other literals can't hold, too. */
  function groundOf(
    left: readonly Literal[],
    given: readonly Literal[],
    fact: EncodedFact | null,
  ): Ground | null {
    if (!isTraced || left.length === given.length) return fact;
    units.settle(trail, trail.length, reasons);
    const without = given.flatMap((literal) =>
      left.includes(literal) ? [] : (units.of(variableOf(literal)) ?? []),
    );
    if (without.length === 0) return fact;
    return { literals: left, from: fact === null ? without : [fact, ...without] };
  }

  function assignForGood(literal: Literal, ground: Ground | null): void {
    units.note(variableOf(literal), ground);
    assign(literal, null);
  }

  function watch(clause: Clause): void {
    const [first = 0, second = 0] = clause.literals;
    watches[negated(first)]?.push(clause);
    watches[negated(second)]?.push(clause);
  }

  function assign(literal: Literal, reason: Clause | null): void {
    const variable = variableOf(literal);
    values[variable] = 1 ^ (literal & 1);
    levels[variable] = limits.length;
    reasons[variable] = reason;
    trail.push(literal);
  }

  function backtrack(level: number): void {
    const limit = limits[level];
    if (limit === undefined) return;
    for (let i = trail.length - 1; i >= limit; i--) {
      const variable = variableOf(trail[i] ?? 0);
      phases[variable] = values[variable] ?? 0;
      values[variable] = unassigned;
      heap.push(variable);
    }
    trail.length = limit;
    limits.length = level;
    propagated = limit;
  }

  /** Follows all implications; gives a clause that can't hold, or null. */
  function propagate(): Clause | null {
    while (propagated < trail.length) {
      const literal = trail[propagated++] ?? 0;
      const list = watches[literal] ?? [];
      let kept = 0;
      for (let i = 0; i < list.length; i++) {
        const clause = list[i];
        if (clause === undefined) continue;
        const outcome = visit(clause, negated(literal));
        if (outcome === 'moved') continue;
        list[kept++] = clause;
        if (outcome === 'kept') continue;
        for (let j = i + 1; j < list.length; j++) {
          const rest = list[j];
          if (rest !== undefined) list[kept++] = rest;
        }
        list.length = kept;
        propagated = trail.length;
        return clause;
      }
      list.length = kept;
    }
    return null;
  }

  /** Looks at a clause one of whose watched literals has become false. */
  function visit(clause: Clause, falseLiteral: Literal): 'moved' | 'kept' | 'conflict' {
    const { literals } = clause;
    if (literals[0] === falseLiteral) {
      literals[0] = literals[1] ?? 0;
      literals[1] = falseLiteral;
    }
    const first = literals[0] ?? 0;
    if (valueAt(first) === 1) return 'kept';
    for (let k = 2; k < literals.length; k++) {
      const other = literals[k] ?? 0;
      if (valueAt(other) === 0) continue;
      literals[1] = other;
      literals[k] = falseLiteral;
      watches[negated(other)]?.push(clause);
      return 'moved';
    }
    if (valueAt(first) === 0) return 'conflict';
    assign(first, clause);
    return 'kept';
  }

  function bump(variable: Variable): void {
    const grown = (activity[variable] ?? 0) + increment;
    activity[variable] = grown;
    if (grown > 1e100) {
      for (let i = 0; i < activity.length; i++) activity[i] = (activity[i] ?? 0) * 1e-100;
      increment *= 1e-100;
    }
    heap.grown(variable);
  }

  /** Forgets the half of the learnt clauses that is worth least, but for reasons and short ones. */
  function forget(): void {
    const byWorth = learnts.toSorted((a, b) => a.spread - b.spread || a.literals.length - b.literals.length);
    const dropped = new Set(
      byWorth
        .slice(byWorth.length >> 1)
        .filter((clause) => clause.spread > 2 && reasons[variableOf(clause.literals[0] ?? 0)] !== clause),
    );
    learnts = learnts.filter((clause) => !dropped.has(clause));
    watches.forEach((list, literal) => {
      watches[literal] = list.filter((clause) => !dropped.has(clause));
    });
    keepLearnts += 500;
  }

  function learn(conflict: Clause): void {
    if (++conflicts > maxConflicts) {
      throw new BudgetError(`no answer after ${maxConflicts} conflicts of versions`, {
        steps: conflicts,
        unit: 'conflicts of versions',
      });
    }
    units.settle(trail, limits[0] ?? trail.length, reasons);
    const { literals, spread, level, from } = analyze(conflict);
    onLearnt?.([...literals]);
    const ground = conflicts <= mostTraced ? { literals: [...literals], from } : null;
    const clause: Clause = { literals, spread, ground };
    backtrack(level);
    const [first = 0] = literals;
    if (literals.length === 1) assignForGood(first, clause.ground);
    else {
      watch(clause);
      learnts.push(clause);
      assign(first, clause);
    }
    increment /= 0.95;
    if (learnts.length > keepLearnts) forget();
  }

  /** The next thing to try: assumptions in order, then the most active variable; null when all is decided. */
  function decide(assumptions: readonly Literal[]): Literal | null | 'failed' {
    while (limits.length < assumptions.length) {
      const assumption = assumptions[limits.length] ?? 0;
      const value = valueAt(assumption);
      if (value === 0) {
        failAt(assumption);
        return 'failed';
      }
      if (value === unassigned) return assumption;
      limits.push(trail.length);
    }
    while (true) {
      const variable = heap.pop();
      if (variable < 0) return null;
      if (values[variable] === unassigned)
        return positiveLiteral(variable) ^ (phases[variable] === 1 ? 0 : 1);
    }
  }

  /** Keeps the assumptions from which the negation of one follows, and it, with what shows that it does. */
  function failAt(assumption: Literal): void {
    const behind = [assumption];
    const marked = new Set([variableOf(assumption)]);
    const used: Clause[] = [];
    for (let i = trail.length - 1; i >= (limits[0] ?? trail.length); i--) {
      const literal = trail[i] ?? 0;
      const variable = variableOf(literal);
      if (!marked.has(variable)) continue;
      const reason = reasons[variable] ?? null;
      if (reason === null) behind.push(literal);
      else {
        used.push(reason);
        for (const each of reason.literals) marked.add(variableOf(each));
      }
    }
    failedAssumptions = [...new Set(behind)];
    failure = groundsOf(used, marked);
  }

  /** Grounds of clauses, and of those of the variables that hold without any assumption. */
  function groundsOf(clauses: readonly Clause[], variables: Iterable<Variable>): readonly Ground[] {
    if (!isTraced) return [];
    units.settle(trail, limits[0] ?? trail.length, reasons);
    const lasting = [...variables].filter(
      (variable) => values[variable] !== unassigned && levels[variable] === 0,
    );
    const all = [...clauses.map(({ ground }) => ground), ...lasting.map(units.of)];
    return [...new Set(all.filter((ground) => ground !== null))];
  }

  function solve(assumptions: readonly Literal[]): boolean {
    failedAssumptions = [];
    backtrack(0);
    let restarts = 0;
    let budget = restartUnit;
    while (consistent) {
      const conflict = propagate();
      if (conflict !== null) {
        if (limits.length === 0) {
          consistent = false;
          failure = groundsOf([conflict], conflict.literals.map(variableOf));
        } else {
          learn(conflict);
          budget--;
        }
        continue;
      }
      if (budget <= 0) {
        budget = restartUnit * luby(++restarts);
        backtrack(0);
        continue;
      }
      const next = decide(assumptions);
      if (next === 'failed') return false;
      if (next === null) {
        model = [...values];
        backtrack(0);
        return true;
      }
      limits.push(trail.length);
      assign(next, null);
    }
    return false;
  }

  return {
    newVariable,
    addClause,
    solve,
    isTrue: (variable) => model[variable] === 1,
    core: () => failedAssumptions,
    grounds: () => (conflicts <= mostTraced && isTraced ? failure : null),
  };
}

/** The sequence 1 1 2 1 1 2 4 …, by which restarts grow (Luby, Sinclair and Zuckerman). From 1. */
function luby(place: number): number {
  let k = 1;
  while ((1 << k) - 1 < place) k++;
  let rest = place;
  while ((1 << k) - 1 !== rest) {
    rest -= (1 << (k - 1)) - 1;
    k = 1;
    while ((1 << k) - 1 < rest) k++;
  }
  return 1 << (k - 1);
}
