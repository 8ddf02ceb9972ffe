import { parseRequirement } from '@pyplan/markers';
import { memorySource, type Resolution, resolve, target } from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growthExponent } from '../../bench/scale/growth.ts';
import { type SyntheticWorld, shapes } from '../../bench/scale/world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';

function solve({ requires, packages }: SyntheticWorld): Promise<Resolution> {
  const index = [...packages].map(([name, versions]) => [
    name,
    Object.fromEntries(versions.map(({ version, requires: lines }) => [version, { requires: lines }])),
  ]);
  return resolve({
    requirements: requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: [],
    overrides: [],
    targets: [target('3.12', 'linux')],
    source: memorySource(Object.fromEntries(index)),
    options: conformanceOptions,
  });
}

describe('the exponent of growth', () => {
  test('is that of the power law that the points lie on', () => {
    const sizes = [100, 300, 1000, 20_000];
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.integer({ min: 1, max: 50 }),
        (power, unit) => {
          const points = sizes.map((size) => ({ size, time: unit * size ** power }));
          expect(growthExponent(points)).toBeCloseTo(power, 6);
        },
      ),
    );
  });
});

describe.each(Object.entries(shapes))('a world in the shape of a %s', (_, shape) => {
  test('is the same for the same seed, and another for another', () => {
    const written = (seed: number): string => JSON.stringify([...shape(200, seed).packages]);
    expect(written(1)).toBe(written(1));
    expect(written(2)).not.toBe(written(1));
  });

  test.each([20, 200])('of %i packages has a plan that takes most of them', async (count) => {
    const world = shape(count, 1);
    const resolution = await solve(world);
    expect(world.packages.size).toBeLessThanOrEqual(count);
    expect(resolution.status).toBe('resolved');
    expect(resolution.plans[0]?.packages.length).toBeGreaterThan(0.8 * world.packages.size);
  });
});

test('a search among many packages may take more looks: 180 fronts get the newest core that their bases leave', async () => {
  const resolution = await solve(shapes['fronts']?.(540, 1) ?? { requires: [], packages: new Map() });
  const versions = new Map(resolution.plans[0]?.packages.map(({ name, version }) => [name, version]));
  const pairs = Array.from({ length: 180 }, (_, i) => [
    versions.get(`front-${i}`),
    versions.get(`core-${i}`),
  ]);
  expect(new Set(pairs.map((pair) => pair.join(' ')))).toEqual(new Set(['1.1 1.1', '1.2 1.2']));
});
