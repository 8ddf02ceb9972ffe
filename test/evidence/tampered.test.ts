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
import { changed, type Json, pathsOf, tamper, textsOf } from '../support/evidence/tampering.ts';
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
  let evidence: ReturnType<typeof readEvidence>;
  try {
    evidence = readEvidence(text, 'evidence.json');
  } catch (error) {
    if (error instanceof LockFormatError) return { kind: 'unreadable' };
    throw error;
  }
  const check = await checkEvidence(evidence, { source });
  return check.holds && 'inputs' in evidence ? { kind: 'true', evidence } : { kind: 'refused' };
}
