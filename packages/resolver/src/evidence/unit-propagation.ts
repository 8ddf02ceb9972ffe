import { allRanks, subtractRanks } from '../solver/rank-set.ts';
import { areDisjointTerms, intersectTerms, negate, negative, relateTerm, type Term } from '../solver/term.ts';
import type { Clause } from './proof.ts';

/** Clauses that were told so far, and what follows from them by looking at one subject after the other. */
export interface UnitPropagation {
  /** Adds a clause; gives its place. */
  add(clause: Clause): number;
  /**
   * Places, among the first `limit` clauses, of those from which follows that the terms of a clause can't all
   * hold, in the order in which they act; null where that does not follow.
   */
  refute(clause: Clause, limit: number): readonly number[] | null;
}

/** One narrowing of what is known of a subject, in the order of time; `by` -1 for what was assumed. */
interface Narrowing {
  readonly subject: string;
  readonly by: number;
  /** Where an extra follows its project or the reverse: the other one. */
  readonly along: string | null;
}

/** A project of which extras are told. */
export interface ProjectWithExtras {
  /** Number of its versions. */
  readonly count: number;
  /** Names of the extras as subjects. */
  readonly extras: readonly string[];
}

/** @param projects by name; an extra has its project's version, or is not in force */
export function newUnitPropagation(projects: ReadonlyMap<string, ProjectWithExtras>): UnitPropagation {
  const clauses: Clause[] = [];
  const mentions = new Map<string, number[]>();
  const projectOf = new Map(
    [...projects].flatMap(([project, { extras }]) => extras.map((extra) => [extra, project])),
  );

  function refute(clause: Clause, limit: number): readonly number[] | null {
    const known = new Map<string, Term>();
    const trail: Narrowing[] = [];
    const changed: string[] = [];
    let conflict: Narrowing | null = null;

    function narrow(subject: string, term: Term, by: number, along: string | null): void {
      const before = known.get(subject) ?? negative([]);
      if (relateTerm(term, before) === 'satisfied') return;
      const narrowing = { subject, by, along };
      trail.push(narrowing);
      const after = intersectTerms(before, term);
      known.set(subject, after);
      if (after.positive && after.ranks.length === 0) {
        conflict = narrowing;
        return;
      }
      changed.push(subject);
    }

    function follow(subject: string): void {
      const term = known.get(subject) ?? negative([]);
      const project = projectOf.get(subject);
      // An extra in force at some version: so is its project.
      if (project !== undefined && term.positive) narrow(project, term, -1, subject);
      const { count = 0, extras = [] } = projects.get(subject) ?? {};
      // Not at any version that the project can't have.
      const outside = term.positive ? negative(subtractRanks(allRanks(count), term.ranks)) : term;
      for (const extra of extras) if (conflict === null) narrow(extra, outside, -1, subject);
    }

    for (const [subject, term] of clause) if (conflict === null) narrow(subject, term, -1, null);
    const queue: number[] = [];
    for (let place = 0; place < limit; place++) if ((clauses[place]?.size ?? 2) <= 1) queue.push(place);
    const act = (place: number): void => {
      const open = openTerm(clauses[place], known);
      if (open === 'several') return;
      if (open === 'none') {
        conflict = { subject: '', by: place, along: null };
        trail.push(conflict);
      } else narrow(open.subject, negate(open.term), place, null);
    };
    for (const place of queue) if (conflict === null) act(place);
    for (let subject = changed.pop(); subject !== undefined && conflict === null; subject = changed.pop()) {
      follow(subject);
      for (const place of mentions.get(subject) ?? []) {
        if (place >= limit) break;
        if (conflict === null) act(place);
      }
    }
    return conflict === null ? null : usedBy(trail, clauses);
  }

  return {
    add(clause) {
      const place = clauses.push(clause) - 1;
      for (const subject of clause.keys()) {
        const list = mentions.get(subject);
        if (list === undefined) mentions.set(subject, [place]);
        else list.push(place);
      }
      return place;
    },
    refute,
  };
}

type Open = 'none' | 'several' | { readonly subject: string; readonly term: Term };

/** The only term of a clause that does not hold yet. */
function openTerm(clause: Clause | undefined, known: ReadonlyMap<string, Term>): Open {
  let open: { readonly subject: string; readonly term: Term } | null = null;
  for (const [subject, term] of clause ?? []) {
    const now = known.get(subject);
    if (now !== undefined && relateTerm(term, now) === 'satisfied') continue;
    if (open !== null) return 'several';
    if (now !== undefined && areDisjointTerms(term, now)) return 'several';
    open = { subject, term };
  }
  return open ?? 'none';
}

/** The clauses that the last narrowing rests on, in the order in which they acted. */
function usedBy(trail: readonly Narrowing[], clauses: readonly Clause[]): readonly number[] {
  const used: number[] = [];
  const subjects = new Set<string>();
  const last = trail.at(-1);
  if (last === undefined) return used;
  for (const narrowing of trail.toReversed()) {
    if (narrowing !== last && !subjects.has(narrowing.subject)) continue;
    subjects.add(narrowing.subject);
    if (narrowing.along !== null) subjects.add(narrowing.along);
    if (narrowing.by < 0) continue;
    used.push(narrowing.by);
    for (const subject of clauses[narrowing.by]?.keys() ?? []) subjects.add(subject);
  }
  return [...new Set(used.reverse())];
}
