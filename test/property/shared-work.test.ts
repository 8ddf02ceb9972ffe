import { parseRequirement } from '@pyplan/markers';
import {
  memorySource,
  type PackageSource,
  type Refusal,
  type Resolution,
  type ResolveOptions,
  resolve,
  resolveUniversal,
  target,
} from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WorldTarget } from '../support/judge/world.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { resolutionText } from '../support/resolution-text.ts';
import { unreadableSource } from '../support/unreadable-source.ts';
import { smallWorld, worldTarget } from '../support/world-arbitrary.ts';

const runs = { numRuns: 300 };

function solve(
  requires: readonly string[],
  on: readonly WorldTarget[],
  source: PackageSource,
  options: Partial<ResolveOptions> = {},
): Promise<Resolution> {
  return resolve({
    requirements: requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: [],
    overrides: [],
    targets: on.map(({ python, platform }) => target(python, platform)),
    source,
    options: { ...conformanceOptions, ...options },
    repairTrials: 6,
  });
}

/** All that a universe is told of lines that begin at one of a file. */
async function universeText(
  requires: readonly string[],
  line: number,
  source: PackageSource,
): Promise<string> {
  const resolution = await resolveUniversal({
    requirements: requires.map((text, i) =>
      rootRequirement(parseRequirement(text), { source: 'lines.in', line: line + i, column: 1 }),
    ),
    constraints: [],
    overrides: [],
    requiresPython: '>=3.12,<3.14',
    platforms: ['linux', 'macos', 'windows'],
    source,
    options: conformanceOptions,
  });
  if (resolution.status === 'no-solution') return JSON.stringify(resolution.refusals.map(withoutTarget));
  const { packages, environments, uncovered } = resolution.lock;
  return JSON.stringify({ packages, environments, uncovered, notes: resolution.notes });
}

function withoutTarget({ target: _, ...refusal }: Refusal): unknown {
  return refusal;
}

/** Options that lead to other plans of the same lines. */
const otherOptions: fc.Arbitrary<Partial<ResolveOptions>> = fc.constantFrom<Partial<ResolveOptions>>(
  {},
  { mode: 'lowest' },
  { mode: 'lowest-direct' },
  { prerelease: 'allow' },
  { prerelease: 'disallow' },
);

/** A version that projects of small worlds have, mostly. */
const someVersion = fc
  .tuple(fc.constantFrom('amo', 'bel', 'cor', 'dun'), fc.constantFrom('1.0', '1.1', '1.5', '2.0', '3.0'))
  .map((parts) => parts.join('-'));

describe('work that resolutions share', () => {
  test('leaves no trace: a target gets among others what it gets alone', async () => {
    let [alike, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        smallWorld,
        fc.array(worldTarget, { minLength: 2, maxLength: 6 }),
        async ({ index, root }, on) => {
          const together = await solve(root.requires, on, memorySource(memoryWorld({ index })));
          const alone = await Promise.all(
            on.map((each) => solve(root.requires, [each], memorySource(memoryWorld({ index })))),
          );
          const refusals = (resolution: Resolution): readonly string[] =>
            resolution.status === 'resolved' ? [] : resolution.refusals.map(({ explanation }) => explanation);
          const packages = ({ plans }: Resolution) => plans.map((plan) => plan.packages);
          expect(packages(together)).toEqual(alone.flatMap(packages));
          expect(refusals(together)).toEqual(alone.flatMap(refusals));
          alike += new Set(alone.map(resolutionText)).size < on.length ? 1 : 0;
          refused += refusals(together).length > 1 ? 1 : 0;
        },
      ),
      runs,
    );
    expect(alike).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(10);
  });

  test('leaves no trace: a source that was asked before gives what a fresh one does', async () => {
    await fc.assert(
      fc.asyncProperty(
        smallWorld,
        fc.array(smallWorld, { maxLength: 3 }),
        fc.array(worldTarget, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(otherOptions, fc.array(worldTarget, { minLength: 1, maxLength: 2 })), {
          maxLength: 4,
        }),
        otherOptions,
        fc.uniqueArray(someVersion, { maxLength: 3 }),
        async ({ index, root }, before, on, otherwise, options, unreadable) => {
          const newSource = (): PackageSource =>
            unreadableSource(memorySource(memoryWorld({ index })), unreadable);
          const asked = newSource();
          for (const other of before) await solve(other.root.requires, on, asked);
          for (const [differing, elsewhere] of otherwise) {
            await solve(root.requires, elsewhere, asked, differing);
            await solve(root.requires.slice(1), elsewhere, asked, differing);
          }
          const solved = async (source: PackageSource): Promise<string> =>
            resolutionText(await solve(root.requires, on, source, options));
          const later = await solved(asked);
          const again = await solved(asked);
          const fresh = await solved(newSource());
          expect(later).toBe(fresh);
          expect(again).toBe(fresh);
        },
      ),
      runs,
    );
  });

  test('leaves no trace: a universe is told the same of its own lines, whatever was tried before', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        smallWorld,
        fc.array(fc.tuple(smallWorld, fc.nat(3)), { maxLength: 3 }),
        async ({ index, root }, before) => {
          const asked = memorySource(memoryWorld({ index }));
          for (const [other, spared] of before) {
            await universeText([...other.root.requires, ...root.requires.slice(spared)], 1, asked);
          }
          await universeText(root.requires, 1, asked);
          const moved = await universeText(root.requires, 7, asked);
          expect(moved).toBe(await universeText(root.requires, 7, memorySource(memoryWorld({ index }))));
          refused += moved.startsWith('[') ? 1 : 0;
        },
      ),
      runs,
    );
    expect(refused).toBeGreaterThan(10);
  });
});
