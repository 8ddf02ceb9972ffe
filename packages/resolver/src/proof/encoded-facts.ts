import type { EncodedProject, EncodedRoot, Encoding } from '../sat/encoding.ts';
import { type Literal, positiveLiteral, type Variable, variableOf } from '../sat/literal.ts';
import { readExpanded } from '../sat/sat-search.ts';
import { allRanks, oneRank, type RankSet, subtractRanks, uniteRanks } from '../solver/rank-set.ts';
import { negate, positive, type Term } from '../solver/term.ts';
import type { Dependency } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import {
  type Clause,
  clauseOf,
  type ProofRequires,
  type ProofStep,
  type Subject,
  subjectName,
} from './proof.ts';

/** The user's lines, what versions need, which are none and which are forbidden: all that was encoded. */
export function encodedFacts(
  world: TargetWorld,
  encoding: Encoding,
  roots: readonly EncodedRoot[],
): ProofStep[] {
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
  const key = needKey(subject, on, allowed);
  const known = needs.get(key)?.versions ?? [];
  needs.set(key, { rule: 'requires', subject, versions: uniteRanks(known, versions), on, allowed, asked });
}

/** The same text for needs that are told together. */
export function needKey(subject: Subject, on: Subject, allowed: RankSet): string {
  return `${subjectName(subject)} ${subjectName(on)} ${allowed.join()}`;
}

function setOf(ranks: readonly number[]): RankSet {
  return ranks
    .toSorted((a, b) => a - b)
    .map(oneRank)
    .reduce(uniteRanks, []);
}

/** What a variable says, where it is true; assumptions say nothing, as all of them hold. */
export type LiteralMeaning = ReadonlyMap<Variable, { readonly subject: string; readonly term: Term }>;

export function literalMeaning(world: TargetWorld, { projects }: Encoding): LiteralMeaning {
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
export function clauseOfLiterals(literals: readonly Literal[], meaning: LiteralMeaning): Clause | null {
  return clauseOf(
    literals.flatMap((literal) => {
      const said = meaning.get(variableOf(literal));
      if (said === undefined) return [];
      const isPositive = positiveLiteral(variableOf(literal)) === literal;
      return [[said.subject, isPositive ? negate(said.term) : said.term] as const];
    }),
  );
}
