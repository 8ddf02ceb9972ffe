import { lockUniversal, preferencesOf } from '@pyplan/lockfile';
import { parseRequirement } from '@pyplan/markers';
import { type MemoryWorld, memorySource, type ResolveOptions, resolveUniversal } from '@pyplan/resolver';
import { expect, test } from 'vitest';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';

async function lock(world: MemoryWorld, preferences: ResolveOptions['preferences']) {
  const resolution = await resolveUniversal({
    requirements: [rootRequirement(parseRequirement('lib'))],
    constraints: [],
    overrides: [],
    source: memorySource(world),
    options: { ...conformanceOptions, preferences },
    requiresPython: '>=3.10,<3.14',
    platforms: ['linux'],
  });
  if (resolution.status !== 'resolved') throw new Error(resolution.refusals[0]?.explanation);
  return resolution.lock;
}

test('a universal lock with several versions of a package keeps each where it was', async () => {
  const old = { requiresPython: '>=3.10,<3.12' };
  const before = { lib: { '1.0': old, '2.0': { requiresPython: '>=3.12' } } };
  const after = { lib: { ...before.lib, '1.1': old, '2.1': { requiresPython: '>=3.12' } } };
  const pins = (packages: readonly { version: string; marker: string | null }[]) =>
    packages.map(({ version, marker }) => [version, marker]);
  const first = await lock(before, new Map());
  expect(pins(first.packages).map(([version]) => version)).toEqual(['1.0', '2.0']);
  const kept = await lock(after, preferencesOf(lockUniversal(first)));
  expect(pins(kept.packages)).toEqual(pins(first.packages));
  const moved = await lock(after, preferencesOf(lockUniversal(first), new Map([['lib', null]])));
  expect(pins(moved.packages).map(([version]) => version)).toEqual(['1.1', '2.1']);
});
