import type { EncodedFact, Ground } from '../sat/ground.ts';
import type { Refutation } from '../sat/sat-search.ts';
import { areDisjointRanks, intersectRanks, type RankSet, uniteRanks } from '../solver/rank-set.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { clauseOfLiterals, encodedFacts, literalMeaning, needKey } from './encoded-facts.ts';
import { type Clause, clauseKey, type Proof, type ProofStep, type Subject, trimmed } from './proof.ts';

/**
 * The Boolean solver's refutation as a proof, as it was found: each clause with what it was learnt from. That takes no
 * search and no check; a step may follow from facts of one project at once, which the solver takes for granted.
 */
export function lemmaProof(world: TargetWorld, { encoding, roots, grounds }: Refutation): Proof {
  const order = inOrder(grounds);
  const facts = factSteps(order.filter(isFact), encodedFacts(world, encoding, roots));
  const steps: ProofStep[] = [...facts.steps];
  const meaning = literalMeaning(world, encoding);
  /** Places of the steps that a ground is told by. */
  const places = new Map<Ground, readonly number[]>();
  const told = (from: readonly Ground[]): readonly number[] => [
    ...new Set(from.flatMap((ground) => places.get(ground) ?? [])),
  ];
  for (const ground of order) {
    if (isFact(ground)) {
      places.set(ground, facts.placesOf(ground));
      continue;
    }
    const clause = clauseOfLiterals(ground.literals, meaning);
    const from = told(ground.from);
    // What says nothing of versions is taken for granted; what says the same as the one it follows from is that.
    if (clause === null) places.set(ground, []);
    else if (isSame(clause, from, steps)) places.set(ground, from);
    else places.set(ground, [steps.push({ rule: 'follows', clause, from }) - 1]);
  }
  steps.push({ rule: 'follows', clause: new Map(), from: told(grounds) });
  return trimmed(steps);
}

function isFact(ground: Ground): ground is EncodedFact {
  return !('literals' in ground);
}

/** Everything that the grounds rest on, each after what it rests on. */
function inOrder(grounds: readonly Ground[]): readonly Ground[] {
  const done = new Set<Ground>();
  const pending: { readonly ground: Ground; readonly ready: boolean }[] = [];
  const add = (from: readonly Ground[]): void => {
    for (const ground of from.toReversed()) pending.push({ ground, ready: false });
  };
  add(grounds);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { ground, ready } = next;
    if (done.has(ground)) continue;
    if (ready || isFact(ground)) done.add(ground);
    else {
      pending.push({ ground, ready: true });
      add(ground.from);
    }
  }
  return [...done];
}

function isSame(clause: Clause, from: readonly number[], steps: readonly ProofStep[]): boolean {
  const [only, ...others] = from;
  const step = others.length === 0 ? steps[only ?? -1] : undefined;
  return step?.rule === 'follows' && clauseKey(step.clause) === clauseKey(clause);
}

interface FactSteps {
  readonly steps: readonly ProofStep[];
  placesOf(fact: EncodedFact): readonly number[];
}

/** The steps that tell of the facts used, with those versions of what they ask for that are none or forbidden. */
function factSteps(used: readonly EncodedFact[], all: readonly ProofStep[]): FactSteps {
  const asked = new Map<string, RankSet>();
  for (const { dependency } of used) {
    if (dependency === null) continue;
    const { project, ranks } = dependency;
    asked.set(project, uniteRanks(asked.get(project) ?? [], ranks));
  }
  /** Places of steps: of the user's lines by what they ask, of needs, and of those that say which versions are none. */
  const lines = new Map<Subject, number>();
  const needs = new Map<string, number>();
  const without = new Map<string, number[]>();
  const steps: ProofStep[] = [];
  for (const step of all) {
    const place = steps.length;
    if (step.rule === 'required') lines.set(step.on, place);
    else if (step.rule === 'requires') needs.set(needKey(step.subject, step.on, step.allowed), place);
    else if (step.rule === 'excluded' || step.rule === 'constrained') {
      const { project } = step.subject;
      const versions = intersectRanks(step.versions, asked.get(project) ?? []);
      if (versions.length === 0) continue;
      steps.push({ ...step, versions });
      without.set(project, [...(without.get(project) ?? []), place]);
      continue;
    }
    steps.push(step);
  }
  return {
    steps,
    placesOf: ({ project, extra, dependency }) => {
      if (dependency === null) return without.get(project ?? '') ?? [];
      const { ranks } = dependency;
      const needed = (without.get(dependency.project) ?? []).filter((place) => meets(steps[place], ranks));
      const own =
        project === null ? lines.get(dependency) : needs.get(needKey({ project, extra }, dependency, ranks));
      return own === undefined ? needed : [own, ...needed];
    },
  };
}

function meets(step: ProofStep | undefined, ranks: RankSet): boolean {
  const isNone = step?.rule === 'excluded' || step?.rule === 'constrained';
  return isNone && !areDisjointRanks(step.versions, ranks);
}
