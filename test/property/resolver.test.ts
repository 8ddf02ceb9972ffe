import { parseRequirement } from '@pyplan/markers';
import { memorySource, type PackageSource, type Resolution, resolve, target } from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exhaustivePlan } from '../support/exhaustive.ts';
import { memoryFacts } from '../support/judge/memory-facts.ts';
import { judgePlan } from '../support/judge/plan.ts';
import { judgeTarget } from '../support/judge/target.ts';
import {
  judgeWorldPlan,
  viewWorld,
  type World,
  type WorldTarget,
  type WorldView,
} from '../support/judge/world.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { resolutionText } from '../support/resolution-text.ts';
import { shuffledSource } from '../support/shuffled-source.ts';
import { smallWorld, worldTarget } from '../support/world-arbitrary.ts';

function solve(world: World, on: readonly WorldTarget[], source: PackageSource): Promise<Resolution> {
  return resolve({
    requirements: world.root.requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: [],
    overrides: [],
    targets: on.map(({ python, platform }) => target(python, platform)),
    source,
    options: conformanceOptions,
  });
}

/** Conclusions in the proof of a refusal; none where there is a plan. */
function readingOf(resolution: Resolution): number {
  const refusals = resolution.status === 'resolved' ? [] : resolution.refusals;
  return refusals.flatMap(({ derivation = [] }) => derivation).filter(({ kind }) => kind === 'conclusion')
    .length;
}

describe('the resolver on small worlds', () => {
  test('gives the verdict of the exhaustive solver, and every plan is valid', async () => {
    await fc.assert(
      fc.asyncProperty(smallWorld, worldTarget, async (world, on) => {
        const view = viewWorld(world, on);
        const source = memorySource(memoryWorld(world));
        const resolution = await solve(world, [on], source);
        expect(resolution.status === 'resolved').toBe(exhaustivePlan(view) !== null);
        for (const plan of resolution.plans) {
          const pins = Object.fromEntries(plan.packages.map(({ name, version }) => [name, version]));
          expect(judgeWorldPlan(view, pins)).toEqual([]);
          const wrong = judgePlan(plan, {
            requirements: world.root.requires.map(parseRequirement),
            constraints: [],
            target: judgeTarget(on.python, on.platform),
            facts: memoryFacts(source),
            onlyBinary: new Set(),
            noBinary: new Set(),
            excludeNewer: null,
            allowPrereleases: false,
          });
          expect(wrong).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('answers in the same bytes whatever the order in which pages and metadata arrive', async () => {
    const targets = fc.uniqueArray(worldTarget, {
      minLength: 1,
      maxLength: 3,
      selector: ({ python, platform }) => `${python} ${platform}`,
    });
    await fc.assert(
      fc.asyncProperty(
        smallWorld,
        targets,
        fc.array(fc.integer(), { minLength: 2, maxLength: 4 }),
        async (world, on, seeds) => {
          const source = memorySource(memoryWorld(world));
          const atOnce = resolutionText(await solve(world, on, source));
          for (const seed of seeds) {
            expect(resolutionText(await solve(world, on, shuffledSource(source, seed)))).toBe(atOnce);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('names lines that conflict: alone they have no plan, and without any one of them they have, or take longer to tell', async () => {
    await fc.assert(
      fc.asyncProperty(smallWorld, worldTarget, async (world, on) => {
        const source = memorySource(memoryWorld(world));
        const resolution = await solve(world, [on], source);
        if (resolution.status === 'resolved') return;
        for (const { conflicting, explanation } of resolution.refusals) {
          const lines = conflicting.map(({ requirement }) => requirement.text);
          expect(lines).not.toEqual([]);
          for (const line of lines) expect(explanation).toContain(parseRequirement(line).name);
          // What the other lines admit (a yanked version that they pin) stays a candidate.
          const { candidates } = viewWorld(world, on);
          const only = (requires: readonly string[]): WorldView => ({
            ...viewWorld({ ...world, root: { requires } }, on),
            candidates,
          });
          expect(exhaustivePlan(only(lines))).toBeNull();
          for (const line of lines) {
            const others = lines.filter((other) => other !== line);
            if (exhaustivePlan(only(others)) !== null) continue;
            // A line more than needed is told where without it there would be more to read.
            const fewer = await solve({ ...world, root: { requires: others } }, [on], source);
            expect(readingOf(fewer), `${lines} without ${line}`).toBeGreaterThan(readingOf(resolution));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
