import { parseRequirement } from '@pyplan/markers';
import { memorySource, type PackageSource, type Resolution, resolve, target } from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedAhead } from '../../packages/pyplan/src/command/ahead/asked-ahead.ts';
import { newForesight } from '../../packages/pyplan/src/command/ahead/foresight.ts';
import type { World } from '../support/judge/world.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { resolutionText } from '../support/resolution-text.ts';
import { shuffledSource } from '../support/shuffled-source.ts';
import { smallWorld } from '../support/world-arbitrary.ts';

const names = ['amo', 'bel', 'cor', 'dun', 'eft', 'nobody'];
const never = new AbortController().signal;

/** What a table may say of these worlds, right or wrong. */
const anyTable = fc.dictionary(fc.constantFrom(...names, 'amo[x]', 'bel[y]'), fc.subarray(names), {
  maxKeys: 6,
});

function solve(root: World['root'], source: PackageSource): Promise<Resolution> {
  return resolve({
    requirements: root.requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: [],
    overrides: [],
    targets: [target('3.12', 'linux'), target('3.10', 'windows')],
    source,
    options: conformanceOptions,
  });
}

describe('foresight', () => {
  test('leaves no trace in an answer, whatever the table says and an earlier lock had', async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(
        smallWorld,
        anyTable,
        fc.subarray(names),
        fc.boolean(),
        fc.integer(),
        async ({ index, root }, table, locked, fails, seed) => {
          const world = memoryWorld({ index });
          const plain = await solve(root, shuffledSource(memorySource(world), seed));
          const source = shuffledSource(memorySource(world), seed);
          const expectPage = (name: string): void => {
            asked++;
            if (!fails) void source.page(name);
          };
          const known = {
            locked,
            wanted: names.slice(0, 2),
            apart: new Set<string>(),
            held: new Set(locked),
            seeksNewest: true,
            uploadedBefore: Number.POSITIVE_INFINITY,
          };
          const foresight = newForesight(known, expectPage, async () => ({
            asOf: 0,
            of: (key) => table[key] ?? [],
          }));
          const ahead = await askedAhead(source, names.slice(0, 2), never, foresight);
          expect(resolutionText(await solve(root, ahead))).toBe(resolutionText(plain));
        },
      ),
      { numRuns: 500 },
    );
    expect(asked).toBeGreaterThan(500);
  });
});
