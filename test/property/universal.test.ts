import { parseRequirement, parseSpecifierSet, parseVersion, specifierSetContains } from '@pyplan/markers';
import {
  memorySource,
  type PackageSource,
  resolveUniversal,
  type UniversalResolution,
  universalPlatforms,
} from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exhaustivePlan } from '../support/exhaustive.ts';
import { memoryFacts } from '../support/judge/memory-facts.ts';
import { judgeChoices } from '../support/judge/plan.ts';
import { covers, projectLock } from '../support/judge/projection.ts';
import { judgeTarget } from '../support/judge/target.ts';
import { judgeWorldPlan, viewWorld, type World, type WorldTarget } from '../support/judge/world.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { patchedWorld } from '../support/patched-world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { shuffledSource } from '../support/shuffled-source.ts';

const universes = ['>=3.11', '>=3.12,<3.14', '==3.12.*', '>=3.11.2,!=3.12.0,<3.13'] as const;

const someTarget: fc.Arbitrary<WorldTarget> = fc.record({
  python: fc
    .tuple(fc.constantFrom('3.11', '3.12', '3.12', '3.12', '3.13', '3.14'), fc.integer({ min: 0, max: 6 }))
    .map(([minor, patch]) => `${minor}.${patch}`),
  platform: fc.constantFrom(...universalPlatforms),
});

function lock(
  world: World,
  requiresPython: string,
  source: PackageSource,
  platforms: readonly string[] | null = null,
): Promise<UniversalResolution> {
  return resolveUniversal({
    requirements: world.root.requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: [],
    overrides: [],
    requiresPython,
    platforms,
    source,
    options: conformanceOptions,
  });
}

/** What is wrong on one target: an invalid projection, or a target left out that has a plan. */
function faultsOn(
  world: World,
  resolution: UniversalResolution,
  source: PackageSource,
  on: WorldTarget,
): unknown {
  const view = viewWorld(world, on);
  const target = judgeTarget(on.python, on.platform);
  if (resolution.status === 'no-solution' || !covers(resolution.lock, target)) {
    return exhaustivePlan(view) === null ? [] : ['left out, though it has a plan'];
  }
  const { choices, missing } = projectLock(resolution.lock, target);
  const pins = Object.fromEntries(choices.map(({ name, version }) => [name, version]));
  return [
    ...missing,
    ...judgeWorldPlan(view, pins),
    ...judgeChoices(choices, {
      requirements: world.root.requires.map(parseRequirement),
      constraints: [],
      target,
      facts: memoryFacts(source),
      onlyBinary: new Set(),
      noBinary: new Set(),
      excludeNewer: null,
      allowPrereleases: false,
    }),
  ];
}

function admits(requiresPython: string, python: string): boolean {
  const specifiers = parseSpecifierSet(requiresPython);
  return specifierSetContains(specifiers, parseVersion(python), { prereleases: true });
}

describe('a universal lock of a small world', () => {
  test('is a valid plan on every target, to the patch level, or leaves out what has none', async () => {
    const seen = { covered: 0, leftOut: 0, parted: 0 };
    await fc.assert(
      fc.asyncProperty(
        patchedWorld,
        fc.constantFrom(...universes),
        fc.array(someTarget, { minLength: 12, maxLength: 24 }),
        async (world, requiresPython, targets) => {
          const source = memorySource(memoryWorld(world));
          const resolution = await lock(world, requiresPython, source);
          for (const on of targets) {
            if (!admits(requiresPython, on.python)) continue;
            expect(faultsOn(world, resolution, source, on)).toEqual([]);
            const covered =
              resolution.status === 'resolved' &&
              covers(resolution.lock, judgeTarget(on.python, on.platform));
            seen[covered ? 'covered' : 'leftOut'] += 1;
          }
          if (resolution.status === 'no-solution') return;
          const { plans, uncovered } = resolution.lock;
          expect(uncovered.every(({ reason }) => reason !== '')).toBe(true);
          if (plans.some(({ target }) => /^3\.\d+\.[1-9]/.test(target.python))) seen.parted += 1;
        },
      ),
      { numRuns: 400 },
    );
    // All three are common, or the property would say little.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(60);
  });

  test('is refused for named platforms just where one of their targets has no plan', async () => {
    await fc.assert(
      fc.asyncProperty(patchedWorld, fc.constantFrom('linux', 'windows'), async (world, platform) => {
        const source = memorySource(memoryWorld(world));
        const resolution = await lock(world, '==3.12.*', source, [platform]);
        const patches = Array.from({ length: 8 }, (_, patch) => ({ python: `3.12.${patch}`, platform }));
        const refused = patches.some((on) => exhaustivePlan(viewWorld(world, on)) === null);
        expect(resolution.status).toBe(refused ? 'no-solution' : 'resolved');
      }),
      { numRuns: 200 },
    );
  });

  test('has the same bytes whatever the order in which pages and metadata arrive', async () => {
    const bytesOf = (resolution: UniversalResolution): string =>
      JSON.stringify(resolution, (key, value: unknown) => (key === 'target' ? undefined : value));
    await fc.assert(
      fc.asyncProperty(
        patchedWorld,
        fc.array(fc.integer(), { minLength: 1, maxLength: 2 }),
        async (world, seeds) => {
          const source = memorySource(memoryWorld(world));
          const atOnce = bytesOf(await lock(world, '>=3.12', source));
          for (const seed of seeds) {
            expect(bytesOf(await lock(world, '>=3.12', shuffledSource(source, seed)))).toBe(atOnce);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
