import type { Encoding } from '../sat/encoding.ts';
import { newEncoding } from '../sat/encoding.ts';
import type { Literal } from '../sat/literal.ts';
import { solve } from '../sat/sat-search.ts';
import { newSatSolver } from '../sat/sat-solver.ts';
import type { Need } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { clauseOfLiterals, encodedFacts, literalMeaning } from './encoded-facts.ts';
import { type Clause, clauseOfStep, type Proof, type ProofStep, subjectName, trimmed } from './proof.ts';
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
  const solver = newSatSolver({ maxConflicts, onLearnt: (literals) => learnt.push(literals) });
  const encoding = newEncoding(world, solver);
  const roots = yield* encoding.roots();
  const assumptions = roots.map(({ assumption }) => assumption);
  const solution = yield* solve(solver, encoding, roots, assumptions);
  if (solution !== null) return null;

  const facts = encodedFacts(world, encoding, roots);
  const meaning = literalMeaning(world, encoding);
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
