import { BudgetError } from '../errors.ts';
import { newActivityHeap } from './activity-heap.ts';
import { type Literal, negated, positiveLiteral, type Variable, variableOf } from './literal.ts';

/** Literals of which one must hold. The first two are watched; a reason's first is what it implied. */
interface Clause {
  readonly literals: Literal[];
  readonly learnt: boolean;
  /** Distinct levels when it was learnt: the fewer, the more it is worth. */
  readonly spread: number;
}

/**
 * A conflict-driven Boolean solver that can be asked again after clauses were added (Eén and Sörensson,
 * "An Extensible SAT-solver"): watched literals, learning at the first unique implication point,
 * activities, saved phases, restarts. No clock and no chance: the same questions give the same answers.
 */
export interface SatSolver {
  newVariable(): Variable;
  /** Adds a clause; only between two calls of `solve`. */
  addClause(literals: readonly Literal[]): void;
  /** Whether all clauses can hold together with the assumptions. */
  solve(assumptions: readonly Literal[]): boolean;
  /** Whether the variable is true in the last solution. */
  isTrue(variable: Variable): boolean;
  /** After a failed `solve`: assumptions that can't hold together, perhaps more of them than needed. */
  core(): readonly Literal[];
}

const unassigned = -1;
const restartUnit = 64;

/**
 * @param maxConflicts conflicts that all questions together may take before `solve` throws a `BudgetError`
 * @param onLearnt hears each clause that was learnt, which follows by unit propagation from those before it
 */
export function newSatSolver(
  maxConflicts: number = Number.POSITIVE_INFINITY,
  onLearnt?: (literals: readonly Literal[]) => void,
): SatSolver {
  const values: number[] = [];
  const levels: number[] = [];
  const reasons: (Clause | null)[] = [];
  const phases: number[] = [];
  const activity: number[] = [];
  const seen: boolean[] = [];
  const watches: Clause[][] = [];
  const trail: Literal[] = [];
  const limits: number[] = [];
  const heap = newActivityHeap(activity);
  let learnts: Clause[] = [];
  let model: number[] = [];
  let failedAssumptions: Literal[] = [];
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
    seen.push(false);
    watches.push([], []);
    heap.push(variable);
    return variable;
  }

  function addClause(given: readonly Literal[]): void {
    backtrack(0);
    const literals = [...new Set(given)].filter((literal) => valueAt(literal) !== 0);
    if (literals.some((literal) => valueAt(literal) === 1 || literals.includes(negated(literal)))) return;
    const [first] = literals;
    if (first === undefined) consistent = false;
    else if (literals.length === 1) assign(first, null);
    else watch({ literals, learnt: false, spread: 0 });
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

  /** Learns from a conflict: a clause with one literal of the current level, and the level to go back to. */
  function analyze(conflict: Clause): { readonly clause: Clause; readonly level: number } {
    const learnt: Literal[] = [0];
    const marked: Variable[] = [];
    let open = 0;
    let index = trail.length - 1;
    let clause: Clause | null = conflict;
    let implied = -1;
    do {
      for (const literal of clause?.literals ?? []) {
        const variable = variableOf(literal);
        if (literal === implied || seen[variable] === true || (levels[variable] ?? 0) === 0) continue;
        seen[variable] = true;
        marked.push(variable);
        bump(variable);
        if (levels[variable] === limits.length) open++;
        else learnt.push(literal);
      }
      while (seen[variableOf(trail[index] ?? 0)] !== true) index--;
      implied = trail[index] ?? 0;
      index--;
      clause = reasons[variableOf(implied)] ?? null;
      seen[variableOf(implied)] = false;
      open--;
    } while (open > 0);
    learnt[0] = negated(implied);
    for (const variable of marked) seen[variable] = false;
    return finish(learnt);
  }

  function finish(literals: Literal[]): { readonly clause: Clause; readonly level: number } {
    const levelAt = (i: number): number => levels[variableOf(literals[i] ?? 0)] ?? 0;
    let highest = 1;
    for (let i = 2; i < literals.length; i++) if (levelAt(i) > levelAt(highest)) highest = i;
    const second = literals[highest];
    if (second !== undefined) {
      literals[highest] = literals[1] ?? 0;
      literals[1] = second;
    }
    const spread = new Set(literals.map((literal) => levels[variableOf(literal)])).size;
    return { clause: { literals, learnt: true, spread }, level: literals.length === 1 ? 0 : levelAt(1) };
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
    const { clause, level } = analyze(conflict);
    onLearnt?.([...clause.literals]);
    backtrack(level);
    const [first = 0] = clause.literals;
    if (clause.literals.length === 1) assign(first, null);
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
        failedAssumptions = assumptionsBehind(assumption);
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

  /** The assumptions from which the negation of one follows, and it. */
  function assumptionsBehind(assumption: Literal): Literal[] {
    const behind = [assumption];
    const marked = new Set([variableOf(assumption)]);
    for (let i = trail.length - 1; i >= (limits[0] ?? trail.length); i--) {
      const literal = trail[i] ?? 0;
      const variable = variableOf(literal);
      if (!marked.has(variable)) continue;
      const reason = reasons[variable] ?? null;
      if (reason === null) behind.push(literal);
      else for (const each of reason.literals) marked.add(variableOf(each));
    }
    return [...new Set(behind)];
  }

  function solve(assumptions: readonly Literal[]): boolean {
    failedAssumptions = [];
    backtrack(0);
    let restarts = 0;
    let budget = restartUnit;
    while (consistent) {
      const conflict = propagate();
      if (conflict !== null) {
        if (limits.length === 0) consistent = false;
        else {
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
