import type { EncodedProject, EncodedRoot, Encoding } from '../sat/encoding.ts';
import { newEncoding } from '../sat/encoding.ts';
import { type Literal, positiveLiteral, type Variable, variableOf } from '../sat/literal.ts';
import { readExpanded, solve } from '../sat/sat-search.ts';
import { newSatSolver } from '../sat/sat-solver.ts';
import { allRanks, oneRank, type RankSet, subtractRanks, uniteRanks } from '../solver/rank-set.ts';
import { negate, positive, type Term } from '../solver/term.ts';
import type { Dependency, Need } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import {
  type Clause,
  clauseOf,
  clauseOfStep,
  type Proof,
  type ProofRequires,
  type ProofStep,
  type Subject,
  subjectName,
  trimmed,
} from './proof.ts';
import { newUnitPropagation, type ProjectWithExtras } from './unit-propagation.ts';

/**
 * The Boolean solver's refutation as a proof: the world's facts, then what it learnt, each with what it follows
 * from. Only what the end rests on is worked out, from the end backwards.
 *
 * Yields what it lacks. Null where there is a solution.
 *
 * @throws {BudgetError} after `maxConflicts` conflicts.
 */
export function* clauseProof(world: TargetWorld, maxConflicts: number): Generator<Need, Proof | null> {
  const learnt: (readonly Literal[])[] = [];
  const solver = newSatSolver(maxConflicts, (literals) => learnt.push(literals));
  const encoding = newEncoding(world, solver);
  const roots = yield* encoding.roots();
  const assumptions = roots.map(({ assumption }) => assumption);
  const solution = yield* solve(solver, encoding, roots, assumptions);
  if (solution !== null) return null;

  const facts = factsOf(world, encoding, roots);
  const meaning = meaningOf(world, encoding);
  const lemmas = learnt.flatMap((literals) => clauseOfLiterals(literals, meaning) ?? []);
  return trimmed(withReasons(facts, lemmas, projectsOf(world, encoding)));
}

function withReasons(
  facts: readonly ProofStep[],
  lemmas: readonly Clause[],
  projects: ReadonlyMap<string, ProjectWithExtras>,
): Proof {
  const propagation = newUnitPropagation(projects);
  const told = facts.filter((fact) => {
    const clause = clauseOfStep(fact);
    if (clause !== null) propagation.add(clause);
    return clause !== null;
  });
  for (const lemma of lemmas) propagation.add(lemma);
  const end: Clause = new Map();
  const reasons = new Map<number, readonly number[]>();
  const needed = new Set<number>();
  const rest = (place: number, clause: Clause): void => {
    const from = propagation.refute(clause, place);
    if (from === null) throw new Error('invariant: what was learnt follows by unit propagation');
    reasons.set(place, from);
    for (const each of from) needed.add(each);
  };
  const last = told.length + lemmas.length;
  rest(last, end);
  for (let place = last - 1; place >= told.length; place--) {
    if (needed.has(place)) rest(place, lemmas[place - told.length] ?? end);
  }
  const follows = [...lemmas, end].map((clause, i): ProofStep => {
    const from = reasons.get(told.length + i) ?? [];
    return { rule: 'follows', clause, from };
  });
  return [...told, ...follows];
}

function projectsOf(world: TargetWorld, { projects }: Encoding): ReadonlyMap<string, ProjectWithExtras> {
  return new Map(
    [...projects].map(([project, { extras }]) => {
      const names = [...extras.keys()].map((extra) => subjectName({ project, extra }));
      return [project, { count: world.versionCount(project), extras: names }];
    }),
  );
}

/** The user's lines, what versions need, which are none and which are forbidden: all that was encoded. */
function factsOf(world: TargetWorld, encoding: Encoding, roots: readonly EncodedRoot[]): ProofStep[] {
  const facts: ProofStep[] = roots.map(({ dependency, line }) => {
    const { asked } = dependency;
    if (line === null || asked === null) throw new Error('invariant: a requirement of nobody');
    return { rule: 'required', line, on: dependency, allowed: dependency.ranks, asked };
  });
  for (const encoded of encoding.projects.values()) {
    const { project, ranks, selected, extras } = encoded;
    const subject = { project, extra: null };
    const all = allRanks(world.versionCount(project));
    const forbidden = subtractRanks(all, world.constraint(project) ?? all);
    if (forbidden.length > 0) facts.push({ rule: 'constrained', subject, versions: forbidden });
    const candidates = setOf([...ranks].filter((_, place) => !isUnusable(world, encoded, place)));
    const none = subtractRanks(subtractRanks(all, candidates), forbidden);
    if (none.length > 0) facts.push({ rule: 'excluded', subject, versions: none });
    const needs = new Map<string, ProofRequires>();
    selected.forEach((_, place) => {
      for (const extra of [null, ...extras.keys()]) {
        if (!encoding.isExpanded(encoded, place, extra)) continue;
        const versions = oneRank(ranks[place] ?? -1);
        for (const on of readExpanded(encoding, encoded, place, extra)) {
          addRequires(needs, { project, extra }, versions, on);
        }
      }
    });
    facts.push(...needs.values());
  }
  return facts;
}

/** Whether looking into a version has shown that it is no candidate. */
function isUnusable(world: TargetWorld, { project, ranks }: EncodedProject, place: number): boolean {
  return world.dependencies(project, ranks[place] ?? -1, null).kind === 'unusable';
}

/** Versions that need the same are told together. */
function addRequires(
  needs: Map<string, ProofRequires>,
  subject: Subject,
  versions: RankSet,
  { asked, ranks: allowed, ...on }: Dependency,
): void {
  if (asked === null) throw new Error('invariant: a dependency that nobody asked for');
  const key = `${subjectName(subject)} ${subjectName(on)} ${allowed.join()}`;
  const known = needs.get(key)?.versions ?? [];
  needs.set(key, { rule: 'requires', subject, versions: uniteRanks(known, versions), on, allowed, asked });
}

function setOf(ranks: readonly number[]): RankSet {
  return ranks
    .toSorted((a, b) => a - b)
    .map(oneRank)
    .reduce(uniteRanks, []);
}

/** What a variable says, where it is true; assumptions say nothing, as all of them hold. */
type Meaning = ReadonlyMap<Variable, { readonly subject: string; readonly term: Term }>;

function meaningOf(world: TargetWorld, { projects }: Encoding): Meaning {
  const meaning = new Map<Variable, { subject: string; term: Term }>();
  for (const { project, ranks, selected, upTo, extras } of projects.values()) {
    let earlier: RankSet = [];
    ranks.forEach((rank, place) => {
      earlier = uniteRanks(earlier, oneRank(rank));
      meaning.set(selected[place] ?? -1, { subject: project, term: positive(oneRank(rank)) });
      meaning.set(upTo[place] ?? -1, { subject: project, term: positive(earlier) });
    });
    for (const [extra, variable] of extras) {
      const subject = subjectName({ project, extra });
      meaning.set(variable, { subject, term: positive(allRanks(world.versionCount(project))) });
    }
  }
  return meaning;
}

/** Not all of the literals' negations hold. */
function clauseOfLiterals(literals: readonly Literal[], meaning: Meaning): Clause | null {
  return clauseOf(
    literals.flatMap((literal) => {
      const said = meaning.get(variableOf(literal));
      if (said === undefined) return [];
      const isPositive = positiveLiteral(variableOf(literal)) === literal;
      return [[said.subject, isPositive ? negate(said.term) : said.term] as const];
    }),
  );
}
