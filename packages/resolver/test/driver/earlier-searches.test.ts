import { describe, expect, test } from 'vitest';
import { candidatePolicy } from '../../src/candidate/candidate-table.ts';
import { followEarlier } from '../../src/driver/earlier-searches.ts';
import { factsOf } from '../../src/facts/facts-of-source.ts';
import { defaultOptions, memorySource, type PackageSource, type ResolveOptions } from '../../src/index.ts';
import { demandsOn } from '../../src/world/demands.ts';
import { type TargetWorld, targetWorld } from '../../src/world/target-world.ts';
import { type Ask, lines, solve, targetNamed } from '../support/solve.ts';

const world = {
  menu: { '1.0': {}, '2.0': { requires: ['icons<2'] } },
  icons: { '1.0': {}, '2.0': {} },
};

/** What the requirement lines lead to by searches before, without one of its own. */
function earlier(source: PackageSource, requires: readonly string[], changed: Partial<ResolveOptions> = {}) {
  const facts = factsOf(source);
  const options = { ...defaultOptions, ...changed };
  const newWorld = (): TargetWorld => {
    const target = targetNamed();
    const request = { requirements: lines('other.in', requires), constraints: [], overrides: [] };
    const demands = demandsOn(target, { ...request, targets: [target], source, options });
    return targetWorld(facts, candidatePolicy(facts.tables, target, options), demands, options);
  };
  return followEarlier(facts, options.maxSteps, newWorld);
}

async function after(ask: Ask): Promise<PackageSource> {
  const source = memorySource(world);
  await solve(source, ask);
  return source;
}

describe('a search of an earlier request', () => {
  test('is followed by the same lines, wherever they stand', async () => {
    const found = earlier(await after({ requires: ['menu', 'icons'] }), ['menu', 'icons']);
    if (found?.result.kind !== 'solved') throw new Error('no search was followed');
    expect([...found.result.chosen].map(([name, { rank }]) => [name, rank])).toEqual([
      ['menu', 1],
      ['icons', 0],
    ]);
  });

  test('is not followed by other lines, other options that lead elsewhere, or another bound of decisions', async () => {
    const source = await after({ requires: ['menu', 'icons'] });
    expect(earlier(source, ['menu'])).toBeNull();
    expect(earlier(source, ['menu<2', 'icons'])).toBeNull();
    expect(earlier(source, ['menu', 'icons'], { mode: 'lowest' })).toBeNull();
    expect(earlier(source, ['menu', 'icons'], { maxSteps: 7 })).toBeNull();
    expect(
      earlier(source, ['menu', 'icons'], { mode: 'lowest-direct', excludes: new Set(['other']) }),
    ).toBeNull();
  });

  test('is not kept where it failed', async () => {
    expect(earlier(await after({ requires: ['menu>=2', 'icons>=2'] }), ['menu>=2', 'icons>=2'])).toBeNull();
  });
});
