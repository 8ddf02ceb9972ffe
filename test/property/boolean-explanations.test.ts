import { memorySource, type Refusal, type ResolveRequest, resolve, target } from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newLoader } from '../../packages/resolver/src/driver/loader.ts';
import { drive } from '../../packages/resolver/src/driver/search.ts';
import { explainByClauses } from '../../packages/resolver/src/explanation/explain-refuted.ts';
import { factsOf } from '../../packages/resolver/src/facts/facts-of-source.ts';
import { lemmaProof } from '../../packages/resolver/src/proof/lemma-proof.ts';
import { clauseOfStep, type Proof } from '../../packages/resolver/src/proof/proof.ts';
import { newUnitPropagation } from '../../packages/resolver/src/proof/unit-propagation.ts';
import { satSearch } from '../../packages/resolver/src/sat/sat-search.ts';
import { narrowedWorld } from '../../packages/resolver/src/world/narrowed-world.ts';
import type { TargetWorld } from '../../packages/resolver/src/world/target-world.ts';
import { caseFiles, jsonLines } from '../support/case-files.ts';
import type { World, WorldTarget } from '../support/judge/world.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { rootLines } from '../support/repairs-judge.ts';
import { conformanceOptions } from '../support/requests.ts';
import { smallWorld, worldTarget } from '../support/world-arbitrary.ts';

const limit = fc.constantFrom('amo>=2', 'bel<2', 'cor!=2.0', 'dun~=1.0', 'eft>3');
/** A world, a target, and constraints. */
const asked = [smallWorld, worldTarget, fc.array(limit, { maxLength: 2 })] as const;

function requestOf(world: World, on: WorldTarget, constraints: readonly string[]): ResolveRequest {
  return {
    requirements: rootLines('r', world.root.requires),
    constraints: rootLines('c', constraints),
    overrides: [],
    targets: [target(on.python, on.platform)],
    source: memorySource(memoryWorld(world)),
    options: conformanceOptions,
  };
}

/** What is wrong with the form of a derivation: each step follows from earlier ones, the last leaves nothing. */
function faultsOf({ derivation = [], reasons = [] }: Refusal): readonly string[] {
  const wrong = derivation.flatMap(({ kind, because }, place) => [
    ...(because.every((from) => from < place) ? [] : [`step ${place} follows from later ones`]),
    ...(because.length > 0 === (kind === 'conclusion') ? [] : [`step ${place} is no ${kind}`]),
  ]);
  const used = new Set(derivation.flatMap(({ because }) => because));
  const idle = [...derivation.keys()].slice(0, -1).filter((place) => !used.has(place));
  return [
    ...wrong,
    ...idle.map((place) => `step ${place} is for nothing`),
    ...(derivation.at(-1)?.text === 'your requirements can not be met' ? [] : ['it does not end']),
    ...[...derivation, ...reasons].flatMap(({ text }) => (text === '' ? ['something has no words'] : [])),
  ];
}

async function withLines(request: ResolveRequest, { conflicting }: Refusal): Promise<string> {
  const { status } = await resolve({
    ...request,
    requirements: request.requirements.filter((line) => conflicting.includes(line)),
    constraints: request.constraints.filter((line) => conflicting.includes(line)),
  });
  return status;
}

test('what the Boolean search learns explains a refusal, by lines that conflict', async () => {
  const seen = { refused: 0, constrained: 0 };
  await fc.assert(
    fc.asyncProperty(...asked, async (world, on, limits) => {
      const request = requestOf(world, on, limits);
      const resolution = await resolve(request);
      if (resolution.status === 'resolved') return;
      const [{ target: refused, conflicting } = { target: target('3.12', 'linux'), conflicting: [] }] =
        resolution.refusals;
      const facts = factsOf(request.source);
      const narrow = narrowedWorld(request, refused, conflicting, facts);
      const told = await explainByClauses(
        narrow,
        newLoader(facts, undefined, () => undefined),
        undefined,
      );
      if (told === null) throw new Error('too much was learnt');
      expect(faultsOf(told)).toEqual([]);
      expect(conflicting).toEqual(expect.arrayContaining([...told.conflicting]));
      expect(await withLines(request, told)).toBe('no-solution');
      seen.refused += 1;
      if (told.conflicting.some(({ origin }) => origin.source === 'c')) seen.constrained += 1;
    }),
    { numRuns: 400 },
  );
  expect(seen.refused).toBeGreaterThan(40);
  expect(seen.constrained).toBeGreaterThan(4);
});

/** Steps of a proof that do not follow, by looking at one subject after the other, from those that they name. */
function loose(proof: Proof, world: TargetWorld): readonly number[] {
  const clauses = proof.map((step) => clauseOfStep(step) ?? new Map());
  const projects = new Map<string, { readonly count: number; readonly extras: string[] }>();
  for (const subject of clauses.flatMap((clause) => [...clause.keys()])) {
    const project = subject.replace(/\[.*/, '');
    const known = projects.get(project) ?? { count: world.versionCount(project), extras: [] };
    projects.set(project, known);
    if (subject !== project && !known.extras.includes(subject)) known.extras.push(subject);
  }
  return proof.flatMap((step, place) => {
    if (step.rule !== 'follows') return [];
    const propagation = newUnitPropagation(projects);
    for (const from of step.from) propagation.add(clauses[from] ?? new Map());
    return propagation.refute(step.clause, step.from.length) === null ? [place] : [];
  });
}

test('each step of what the Boolean search learnt follows from those that it names', async () => {
  let [refuted, longest] = [0, 0];
  await fc.assert(
    fc.asyncProperty(...asked, async (world, on, limits) => {
      const request = requestOf(world, on, limits);
      const facts = factsOf(request.source);
      const lines = [...request.requirements, ...request.constraints];
      const seen = narrowedWorld(request, target(on.python, on.platform), lines, facts);
      const loader = newLoader(facts, undefined, () => undefined);
      const result = await drive(satSearch(seen, 1000), seen, loader, undefined);
      if (result.kind === 'solved' || result.refutation === null) return;
      const proof = lemmaProof(seen, result.refutation);
      expect(loose(proof, seen)).toEqual([]);
      expect(proof.at(-1)).toMatchObject({ rule: 'follows', clause: new Map() });
      refuted += 1;
      longest = Math.max(longest, proof.filter(({ rule }) => rule === 'follows').length);
    }),
    { numRuns: 400 },
  );
  expect(refuted).toBeGreaterThan(40);
  expect(longest).toBeGreaterThan(2);
});

describe('worlds whose refusal takes the Boolean search', () => {
  const worlds = caseFiles('../shared/worlds').flatMap((path) => [
    ...jsonLines<World & { readonly id: string; readonly targets: readonly WorldTarget[] }>(path),
  ]);

  test.each(['w-1-299', 'w-1-1199'])('%s is told with its facts and its derivation', async (id) => {
    const world = worlds.find(({ value }) => value.id === id)?.value;
    const [on] = world?.targets ?? [];
    if (world === undefined || on === undefined) throw new Error(`there is no world ${id}`);
    const request = requestOf(world, on, ['nobody<1']);
    const resolution = await resolve(request);
    if (resolution.status === 'resolved') throw new Error('has a plan');
    const [refusal] = resolution.refusals;
    if (refusal === undefined) throw new Error('invariant: no refusal');
    expect(faultsOf(refusal)).toEqual([]);
    expect(refusal.reasons?.length).toBeGreaterThan(10);
    expect(refusal.explanation).toMatch(/\nBecause\n(?: {2}.*\n)+ {2}and \d+ more facts$/);
    expect(refusal.conflicting.every(({ origin }) => origin.source === 'r')).toBe(true);
    expect(await withLines(request, refusal)).toBe('no-solution');
  });
});
