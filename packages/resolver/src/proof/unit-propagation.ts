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
  /** Places of the clauses of one term or none. */
  const units: number[] = [];
  const watching = new Map<string, Watched[]>();
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
    const act = ({ clause, place }: Pick<Watched, 'clause' | 'place'>): void => {
      const open = openTerm(clause, known);
      if (open === 'several') return;
      if (open === 'none') {
        conflict = { subject: '', by: place, along: null };
        trail.push(conflict);
      } else narrow(open.subject, negate(open.term), place, null);
    };
    for (const place of units) {
      if (conflict === null && place < limit) act({ clause: clauses[place] ?? new Map(), place });
    }
    for (let subject = changed.pop(); subject !== undefined && conflict === null; subject = changed.pop()) {
      follow(subject);
      const list = watching.get(subject) ?? [];
      let kept = 0;
      for (const watched of list) {
        const own = watched.clause.get(subject);
        const isHit =
          conflict === null && watched.place < limit && own !== undefined && holds(own, known.get(subject));
        if (isHit && moveWatch(watched, subject, known, watching)) continue;
        list[kept++] = watched;
        if (isHit) act(watched);
      }
      list.length = kept;
    }
    return conflict === null ? null : usedBy(trail, clauses);
  }

  return {
    add(clause) {
      const place = clauses.push(clause) - 1;
      const [first, second] = clause.keys();
      if (first === undefined || second === undefined) {
        units.push(place);
        return place;
      }
      const watched = { clause, place, subjects: [first, second] };
      for (const subject of watched.subjects) watchersOf(watching, subject).push(watched);
      return place;
    },
    refute,
  };
}

/**
 * A clause of several terms, with the subjects of two of them: as long as neither term holds nothing follows from it,
 * and it need not be looked at.
 */
interface Watched {
  readonly clause: Clause;
  readonly place: number;
  readonly subjects: string[];
}

function watchersOf(watching: Map<string, Watched[]>, subject: string): Watched[] {
  const known = watching.get(subject);
  if (known !== undefined) return known;
  const list: Watched[] = [];
  watching.set(subject, list);
  return list;
}

/** Whether a clause whose term on `subject` holds watches another subject from now on, whose term does not hold yet. */
function moveWatch(
  watched: Watched,
  subject: string,
  known: ReadonlyMap<string, Term>,
  watching: Map<string, Watched[]>,
): boolean {
  const { clause, subjects } = watched;
  for (const [other, term] of clause) {
    if (subjects.includes(other) || holds(term, known.get(other))) continue;
    subjects[subjects.indexOf(subject)] = other;
    watchersOf(watching, other).push(watched);
    return true;
  }
  return false;
}

function holds(term: Term, now: Term | undefined): boolean {
  return now !== undefined && relateTerm(term, now) === 'satisfied';
}

type Open = 'none' | 'several' | { readonly subject: string; readonly term: Term };

/** The only term of a clause that does not hold yet. */
function openTerm(clause: Clause | undefined, known: ReadonlyMap<string, Term>): Open {
  let open: { readonly subject: string; readonly term: Term } | null = null;
  for (const [subject, term] of clause ?? []) {
    const now = known.get(subject);
    if (holds(term, now)) continue;
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
