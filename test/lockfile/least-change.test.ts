import { join } from 'node:path';
import { diffLocks, type LockedSet, preferencesOf, readPylock, writePylock } from '@pyplan/lockfile';
import { parseRequirement } from '@pyplan/markers';
import { defaultOptions, type PackageSource, type RootRequirement, resolve, target } from '@pyplan/resolver';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasShared, shared } from '../support/paths.ts';
import { openRecordedSnapshot } from '../support/recorded-snapshot.ts';
import { recordedSource } from '../support/recorded-source.ts';
import { readRequirementSet } from '../support/requirement-set.ts';

const cutoff = Date.parse('2026-11-01T00:00:00Z');

async function lock(
  source: PackageSource,
  requirements: readonly RootRequirement[],
  preferences: ReadonlyMap<string, readonly string[]>,
  excludeNewer: number,
): Promise<string> {
  const resolution = await resolve({
    requirements,
    constraints: [],
    overrides: [],
    targets: [target('3.12', 'linux'), target('3.13', 'windows')],
    source,
    options: { ...defaultOptions, excludeNewer, onlyBinary: 'all', preferences },
  });
  if (resolution.status !== 'resolved') throw new Error(resolution.refusals[0]?.explanation);
  return writePylock(resolution.plans);
}

describe.runIf(hasShared('snapshot'))('updating a lock of django-stack', () => {
  let source: PackageSource;
  let requirements: readonly RootRequirement[] = [];
  beforeAll(() => {
    source = recordedSource(openRecordedSnapshot(join(shared, 'snapshot')));
    requirements = readRequirementSet(join(shared, 'snapshot/sets/django-stack.in')).requirements;
  });
  const more = (text: string): RootRequirement => ({
    requirement: parseRequirement(text),
    origin: { source: 'argument', line: null, column: null },
  });
  const changes = (before: LockedSet, after: string): readonly string[] =>
    diffLocks(before, readPylock(after)).changes.map(({ name, kind }) => `${name} ${kind}`);

  test('moves nothing but what must move', async () => {
    // An older lock, so that a good part of it could move.
    const old = await lock(source, requirements, new Map(), Date.parse('2026-10-10T00:00:00Z'));
    const kept = readPylock(old);
    const fresh = await lock(source, requirements, new Map(), cutoff);
    expect(changes(kept, fresh).length).toBeGreaterThan(5);

    expect(await lock(source, requirements, preferencesOf(kept), cutoff)).toBe(old);

    const added = await lock(source, [...requirements, more('itsdangerous')], preferencesOf(kept), cutoff);
    expect(changes(kept, added)).toEqual(['itsdangerous added']);

    const upgraded = await lock(
      source,
      requirements,
      preferencesOf(kept, new Map([['Certifi', null]])),
      cutoff,
    );
    expect(changes(kept, upgraded)).toEqual(['certifi upgraded']);
  });

  test('the same inputs give the same bytes', async () => {
    const again = () => lock(source, requirements, new Map(), cutoff);
    expect(await again()).toBe(await again());
  });
});
