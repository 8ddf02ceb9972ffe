import type { RootRequirement } from '../resolution.ts';
import type { RankSet } from '../solver/rank-set.ts';
import { intersectTerms, isAlwaysTrue, type Term } from '../solver/term.ts';
import type { Asked } from '../solver/world.ts';

/** What a term of a proof speaks of: a project, or an extra of it at the version that it is chosen at. */
export interface Subject {
  readonly project: string;
  readonly extra: string | null;
}

/** Terms by the name of their subject, which must not all hold. */
export type Clause = ReadonlyMap<string, Term>;

/** A step of a proof; `from` are places of earlier ones. */
export type ProofStep =
  | {
      readonly rule: 'required';
      readonly line: RootRequirement;
      readonly on: Subject;
      readonly allowed: RankSet;
      readonly asked: Asked;
    }
  | {
      readonly rule: 'requires';
      readonly subject: Subject;
      readonly versions: RankSet;
      readonly on: Subject;
      readonly allowed: RankSet;
      /** As one of the versions asks. */
      readonly asked: Asked;
    }
  | { readonly rule: 'excluded'; readonly subject: Subject; readonly versions: RankSet }
  | { readonly rule: 'constrained'; readonly subject: Subject; readonly versions: RankSet }
  | { readonly rule: 'follows'; readonly clause: Clause; readonly from: readonly number[] };

export type ProofRequires = Extract<ProofStep, { readonly rule: 'requires' }>;

export type Proof = readonly ProofStep[];

/** `name`, or `name[extra]`. */
export function subjectName({ project, extra }: Subject): string {
  return extra === null ? project : `${project}[${extra}]`;
}

/** The terms, one a subject; null where they can't all hold, so that nothing is said. */
export function clauseOf(terms: Iterable<readonly [subject: string, term: Term]>): Clause | null {
  const clause = new Map<string, Term>();
  for (const [subject, term] of terms) {
    const known = clause.get(subject);
    const joined = known === undefined ? term : intersectTerms(known, term);
    if (joined.positive && joined.ranks.length === 0) return null;
    clause.set(subject, joined);
  }
  for (const [subject, term] of clause) if (isAlwaysTrue(term)) clause.delete(subject);
  return clause;
}

/** What a step says: terms that can't all hold; null for nothing. */
export function clauseOfStep(step: ProofStep): Clause | null {
  switch (step.rule) {
    case 'required':
      return clauseOf([[subjectName(step.on), { positive: false, ranks: step.allowed }]]);
    case 'requires':
      return clauseOf([
        [subjectName(step.subject), { positive: true, ranks: step.versions }],
        [subjectName(step.on), { positive: false, ranks: step.allowed }],
      ]);
    case 'excluded':
    case 'constrained':
      return clauseOf([[subjectName(step.subject), { positive: true, ranks: step.versions }]]);
    case 'follows':
      return step.clause;
  }
}

/** The same text for the same clause. */
export function clauseKey(clause: Clause): string {
  return [...clause]
    .map(([subject, { positive, ranks }]) => `${subject}${positive ? '+' : '-'}${ranks.join()}`)
    .sort()
    .join(' ');
}

/** The steps that the last one rests on, in their order. */
export function trimmed(proof: Proof): Proof {
  const needed = new Set([proof.length - 1]);
  for (let place = proof.length - 1; place >= 0; place--) {
    const step = proof[place];
    if (needed.has(place) && step?.rule === 'follows') for (const from of step.from) needed.add(from);
  }
  const places = new Map([...needed].sort((a, b) => a - b).map((place, index) => [place, index]));
  return [...places.keys()].flatMap((place): ProofStep[] => {
    const step = proof[place];
    if (step === undefined) return [];
    if (step.rule !== 'follows') return [step];
    return [{ ...step, from: step.from.map((from) => places.get(from) ?? -1) }];
  });
}
