import { describe, expect, test } from 'vitest';
import { candidatePolicy } from '../../src/candidate/candidate-table.ts';
import { newLoader } from '../../src/driver/loader.ts';
import { search } from '../../src/driver/search.ts';
import { newFacts } from '../../src/facts/facts.ts';
import { defaultOptions, type MemoryWorld, memorySource, type ResolveRequest } from '../../src/index.ts';
import { proofHolds, proofOf } from '../../src/proof/carried-proof.ts';
import { demandsOn } from '../../src/world/demands.ts';
import { type TargetWorld, targetWorld } from '../../src/world/target-world.ts';
import { lines, targetNamed } from '../support/solve.ts';

/** Whether what shows that the first target is refused shows it of the second. */
async function carries(
  index: MemoryWorld,
  requires: readonly string[],
  from: string,
  to: string,
  constraints: readonly string[] = [],
): Promise<boolean> {
  const source = memorySource(index);
  const facts = newFacts(source);
  const request: ResolveRequest = {
    requirements: lines('requirements.in', requires),
    constraints: lines('constraints.txt', constraints),
    overrides: [],
    targets: [],
    source,
    options: defaultOptions,
  };
  const worldOf = (on: string): TargetWorld => {
    const target = targetNamed(on);
    const policy = candidatePolicy(facts.tables, target, defaultOptions);
    return targetWorld(facts, policy, demandsOn(target, request), defaultOptions);
  };
  const loader = newLoader(facts, undefined, () => undefined);
  const world = worldOf(from);
  const result = await search(world, loader, 1000, undefined);
  if (result.kind !== 'failed') throw new Error(`${from} is not refused`);
  return await proofHolds(proofOf({ world, result }), worldOf(to), loader, undefined);
}

/** lib has a wheel for Linux alone, and both versions of app need it. */
const linuxOnly: MemoryWorld = {
  app: { '1.0': { requires: ['lib'] }, '2.0': { requires: ['lib>=1'] } },
  lib: { '1.0': { files: ['lib-1.0-cp312-cp312-manylinux_2_17_x86_64.whl'] } },
};

describe('a refusal is carried to another target', () => {
  test('where all that it rests on holds there', async () => {
    expect(await carries(linuxOnly, ['app'], '3.12 windows', '3.12 macos')).toBe(true);
    expect(await carries(linuxOnly, ['app'], '3.12 windows', '3.11 linux')).toBe(true);
  });

  test('but not where a version that was lacking fits', async () => {
    expect(await carries(linuxOnly, ['app'], '3.12 windows', '3.12 linux')).toBe(false);
  });

  test('but not where a version asks for something else', async () => {
    const index: MemoryWorld = {
      app: { '1.0': { requires: ['lib>=2; sys_platform == "win32"'] } },
      lib: { '1.0': {} },
    };
    expect(await carries(index, ['app'], '3.12 windows', '3.11 windows')).toBe(true);
    expect(await carries(index, ['app'], '3.12 windows', '3.12 linux')).toBe(false);
  });

  test("but not where the user's line does not hold", async () => {
    const requires = ['lib; sys_platform != "darwin"', 'other'];
    const index: MemoryWorld = { ...linuxOnly, other: { '1.0': {} } };
    expect(await carries(index, requires, '3.12 windows', '3.13 windows')).toBe(true);
    expect(await carries(index, requires, '3.12 windows', '3.12 macos')).toBe(false);
  });

  test('but not where the constraint does not hold', async () => {
    const index: MemoryWorld = { app: { '1.0': { requires: ['lib<2'] } }, lib: { '1.0': {}, '2.0': {} } };
    const constraints = ['lib>=2; python_version < "3.13"'];
    expect(await carries(index, ['app'], '3.12 linux', '3.11 windows', constraints)).toBe(true);
    expect(await carries(index, ['app'], '3.12 linux', '3.13 linux', constraints)).toBe(false);
  });

  test('but not where a version is a candidate that was passed over', async () => {
    const index: MemoryWorld = {
      app: {
        '1.0': { requires: ['gone'] },
        '2.0': { requiresPython: '>=3.13' },
        '3.0': { requires: ['gone'] },
      },
    };
    expect(await carries(index, ['app'], '3.12 linux', '3.11 linux')).toBe(true);
    expect(await carries(index, ['app'], '3.12 linux', '3.13 linux')).toBe(false);
  });
});
