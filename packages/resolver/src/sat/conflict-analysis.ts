import type { Clause } from './clause.ts';
import type { Ground } from './ground.ts';
import { type Literal, negated, type Variable, variableOf } from './literal.ts';
import type { UnitGrounds } from './unit-grounds.ts';

/** What the solver has assigned, as its analysis of a conflict reads it. */
export interface Assignments {
  /** True literals in the order of time. */
  readonly trail: readonly Literal[];
  /** By level but the last, where the next one begins on the trail. */
  readonly limits: readonly number[];
  /** By variable. */
  readonly levels: readonly number[];
  readonly reasons: readonly (Clause | null)[];
}

/** What is learnt from a conflict. */
export interface Learnt {
  /** The first is the one to be implied, the second the latest of the others. */
  readonly literals: Literal[];
  /** The level to go back to. */
  readonly level: number;
  /** Distinct levels among the literals. */
  readonly spread: number;
  readonly from: readonly Ground[];
}

/** Learns from a conflict: a clause with one literal of the current level (the first unique implication point). */
export type ConflictAnalysis = (conflict: Clause) => Learnt;

/** @param bump hears of each variable that a conflict has to do with */
export function newConflictAnalysis(
  { trail, limits, levels, reasons }: Assignments,
  units: UnitGrounds,
  bump: (variable: Variable) => void,
): ConflictAnalysis {
  /** By variable: among the literals learnt, or implied by them. */
  const seen: boolean[] = [];

  function analyze(conflict: Clause): Learnt {
    const learnt: Literal[] = [0];
    const marked: Variable[] = [];
    const from = new Set<Ground>();
    let open = 0;
    let index = trail.length - 1;
    let clause: Clause | null = conflict;
    let implied = -1;
    do {
      if (clause !== null) rest(clause, from);
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
    const among = new Set(learnt.slice(1).map((literal) => levels[variableOf(literal)] ?? 0));
    const kept = learnt.filter((literal, i) => i === 0 || !isImplied(literal, among, marked, from));
    for (const variable of marked) seen[variable] = false;
    return finish(kept, [...from]);
  }

  function rest({ ground, literals }: Clause, from: Set<Ground>): void {
    if (!units.isTraced) return;
    if (ground !== null) from.add(ground);
    for (const literal of literals) {
      const unit = levels[variableOf(literal)] === 0 ? units.of(variableOf(literal)) : null;
      if (unit !== null) from.add(unit);
    }
  }

  /**
   * Whether a literal of a learnt clause follows from its others, through reasons however deep (Sörensson and Biere,
   * "Minimizing Learned Clauses"): only what is of the levels among them can. `marked` are the variables seen so far, to
   * which those found implied are added.
   */
  function isImplied(
    literal: Literal,
    among: ReadonlySet<number>,
    marked: Variable[],
    from: Set<Ground>,
  ): boolean {
    const first = reasons[variableOf(literal)] ?? null;
    if (first === null) return false;
    const before = marked.length;
    const used = [first];
    for (const { literals } of used) {
      for (let i = 1; i < literals.length; i++) {
        const variable = variableOf(literals[i] ?? 0);
        if (seen[variable] === true || levels[variable] === 0) continue;
        const reason = reasons[variable] ?? null;
        if (reason === null || !among.has(levels[variable] ?? 0)) {
          for (const each of marked.splice(before)) seen[each] = false;
          return false;
        }
        seen[variable] = true;
        marked.push(variable);
        // A list may grow while it is walked.
        used.push(reason);
      }
    }
    for (const clause of used) rest(clause, from);
    return true;
  }

  function finish(literals: Literal[], from: readonly Ground[]): Learnt {
    const levelAt = (i: number): number => levels[variableOf(literals[i] ?? 0)] ?? 0;
    let highest = 1;
    for (let i = 2; i < literals.length; i++) if (levelAt(i) > levelAt(highest)) highest = i;
    const second = literals[highest];
    if (second !== undefined) {
      literals[highest] = literals[1] ?? 0;
      literals[1] = second;
    }
    const spread = new Set(literals.map((literal) => levels[variableOf(literal)])).size;
    return { literals, spread, level: literals.length === 1 ? 0 : levelAt(1), from };
  }

  return analyze;
}
