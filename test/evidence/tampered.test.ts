import { checkEvidence, LockFormatError, readEvidence } from '@pyplan/lockfile';
import { parseRequirement } from '@pyplan/markers';
import {
  type Evidence,
  type EvidenceProject,
  evidenceOf,
  formatEvidence,
  memorySource,
  type ResolveRequest,
  resolve,
  target,
} from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestedSource } from '../support/evidence/digested-source.ts';
import { exhaustivePlan } from '../support/exhaustive.ts';
import { judgeWorldPlan, viewWorld, type World, type WorldTarget } from '../support/judge/world.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { smallWorld, worldTarget } from '../support/world-arbitrary.ts';

function requestOf(world: World, { python, platform }: WorldTarget): ResolveRequest {
  return {
    requirements: world.root.requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: [],
    overrides: [],
    targets: [target(python, platform)],
    source: digestedSource(memorySource(memoryWorld(world))),
    options: conformanceOptions,
  };
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A place in a document: the keys and places that lead there. */
type Path = readonly (string | number)[];

/** What names a target and a line is for people; what a target is made of decides which target is spoken of. */
const unchecked = new Set(['python', 'platform', 'environment', 'tags', 'source', 'line', 'column', 'index']);

function pathsOf(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value)
    .filter(([key, item]) => !(unchecked.has(key) && !isStepLine(path, key, item)))
    .flatMap(([key, item]) => pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** The line of a step of a proof is a number that counts. */
function isStepLine(path: Path, key: string, item: Json): boolean {
  return key === 'line' && typeof item === 'number' && path.includes('steps');
}

/** The document with one place changed by `change`; `undefined` takes it out. */
function changed(value: Json, path: Path, change: (item: Json) => Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(value) ?? null;
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) => {
      if (index !== key) return [item];
      if (rest.length > 0) return [changed(item, rest, change)];
      const to = change(item);
      return to === undefined ? [] : [to];
    });
  }
  const entries = Object.entries(value ?? {}).flatMap(([name, item]: [string, Json]) => {
    if (name !== key) return [[name, item] as const];
    if (rest.length > 0) return [[name, changed(item, rest, change)] as const];
    const to = change(item);
    return to === undefined ? [] : [[name, to] as const];
  });
  return Object.fromEntries(entries);
}

/** Takes it out, or makes it a near or a far neighbour of the same kind. */
function tamper(item: Json, how: number, others: readonly string[]): Json | undefined {
  if (how % 3 === 0) return undefined;
  switch (typeof item) {
    case 'number':
      return how % 2 === 0 ? item + 1 : Math.max(0, item - 1);
    case 'boolean':
      return !item;
    case 'string':
      return how % 2 === 0 ? (others[how % others.length] ?? '') : `${item}0`;
    default:
      break;
  }
  if (item === null) return how % 2 === 0 ? '1.0' : 1;
  if (Array.isArray(item)) return how % 2 === 0 ? item.toReversed() : [...item, ...item.slice(-1)];
  const entries = Object.entries(item);
  return Object.fromEntries(how % 2 === 0 ? entries.slice(1) : entries.slice(0, -1));
}

/** Every text of the document: a wrong one of the same kind is the likeliest to be believed. */
function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap((item: Json) => textsOf(item)))];
}

/** How many lines the metadata of a release has. */
function linesOf({ requires = [], extras = {} }: World['index'][string][string]): number {
  return requires.length + Object.values(extras).flat().length;
}

/** Whether all that is told of a project is true, by the document that was not tampered with, and by the world. */
function isTrueOf(
  project: EvidenceProject,
  whole: EvidenceProject | undefined,
  releases: World['index'][string] = {},
): boolean {
  if (whole === undefined) return false;
  const { files, versions, ...rest } = project;
  const { files: allFiles, versions: all, ...allRest } = whole;
  const sameVersions = versions === null || JSON.stringify(versions) === JSON.stringify(all);
  return (
    sameVersions &&
    JSON.stringify(rest) === JSON.stringify(allRest) &&
    Object.entries(files).every(([name, file]) => {
      const original = allFiles[name];
      if (original === undefined) return false;
      const { requires, complete, ...facts } = file;
      const { requires: lines, complete: wasComplete, ...allFacts } = original;
      const release = releases[file.version];
      const isWhole = release !== undefined && new Set(requires).size === linesOf(release);
      return (
        JSON.stringify(facts) === JSON.stringify(allFacts) &&
        (complete ? (wasComplete && requires.length === lines.length) || isWhole : true) &&
        requires.every((line) => lines.includes(line))
      );
    })
  );
}

/** What a tampered document says that is not so, by oracles that know nothing of evidence. */
function untruths(told: Evidence, whole: Evidence, world: World, on: WorldTarget): readonly string[] {
  const asked = { ...world, root: { requires: told.inputs.requirements.map(({ text }) => text) } };
  const view = viewWorld(asked, on);
  const wrong = Object.entries(told.projects).flatMap(([name, project]) =>
    isTrueOf(project, whole.projects[name], world.index[name]) ? [] : [`${name} is not as the index has it`],
  );
  for (const { plan, refusal } of told.targets) {
    if (plan !== undefined) {
      const pins = Object.fromEntries(plan.packages.map(({ name, version }) => [name, version]));
      wrong.push(...judgeWorldPlan(view, pins));
    }
    if (refusal !== undefined && exhaustivePlan(view) !== null) wrong.push('there is a plan');
  }
  return wrong;
}

describe('evidence that was tampered with', () => {
  test('is refused, or what is left of it is true', async () => {
    const outcome = { unreadable: 0, refused: 0, true: 0 };
    await fc.assert(
      fc.asyncProperty(
        smallWorld,
        worldTarget,
        fc.array(fc.tuple(fc.nat(), fc.nat(1000)), { minLength: 12, maxLength: 12 }),
        async (world, on, changes) => {
          const request = requestOf(world, on);
          const whole = await evidenceOf(request, await resolve(request));
          const document: Json = JSON.parse(formatEvidence(whole));
          const paths = pathsOf(document);
          const texts = textsOf(document);
          for (const [at, how] of changes) {
            const path = paths[at % paths.length] ?? [];
            const text = JSON.stringify(changed(document, path, (item) => tamper(item, how, texts)));
            if (text === JSON.stringify(document)) continue;
            const verdict = await verdictOn(text, request);
            outcome[verdict.kind]++;
            if (verdict.kind !== 'true') continue;
            expect(untruths(verdict.evidence, whole, world, on), `${path.join('.')} (${how})`).toEqual([]);
          }
        },
      ),
      { numRuns: 250 },
    );
    expect(outcome.refused).toBeGreaterThan(500);
    expect(outcome.unreadable).toBeGreaterThan(200);
    // Most of what may be changed and stays true is what nothing rests on.
    expect(outcome.true).toBeLessThan(outcome.refused);
  });
});

type Verdict =
  | { readonly kind: 'unreadable' | 'refused' }
  | { readonly kind: 'true'; readonly evidence: Evidence };

async function verdictOn(text: string, { source }: ResolveRequest): Promise<Verdict> {
  let evidence: Evidence;
  try {
    evidence = readEvidence(text, 'evidence.json');
  } catch (error) {
    if (error instanceof LockFormatError) return { kind: 'unreadable' };
    throw error;
  }
  const check = await checkEvidence(evidence, { source });
  return check.holds ? { kind: 'true', evidence } : { kind: 'refused' };
}
