import { checkEvidence, readEvidence } from '@pyplan/lockfile';
import { parseRequirement } from '@pyplan/markers';
import {
  type Evidence,
  type EvidenceStep,
  evidenceOf,
  formatEvidence,
  type MemoryStatuses,
  type MemoryWorld,
  memorySource,
  type PackageSource,
  type ResolveOptions,
  type ResolveRequest,
  resolve,
  target,
} from '@pyplan/resolver';
import { evidence as evidenceOfLock, lock } from 'pyplan';
import { expect, test } from 'vitest';
import { digestedSource } from '../support/evidence/digested-source.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';

interface Case {
  readonly requires: readonly string[];
  readonly constraints?: readonly string[];
  readonly overrides?: readonly string[];
  readonly options?: Partial<ResolveOptions>;
  readonly index: MemoryWorld;
  readonly statuses?: MemoryStatuses;
}

function requestOf({ requires, constraints, overrides, options, index, statuses }: Case): ResolveRequest {
  const lines = (texts: readonly string[] = [], source = 'requirements.in') =>
    texts.map((text, i) => rootRequirement(parseRequirement(text), { source, line: i + 1, column: 1 }));
  return {
    requirements: lines(requires),
    constraints: lines(constraints, 'limits.txt'),
    overrides: lines(overrides, 'overrides.txt'),
    targets: [target('3.12', 'linux')],
    source: digestedSource(memorySource(index, statuses)),
    options: { ...conformanceOptions, ...options },
  };
}

/** The evidence of a case, which holds, by itself and against its index. */
async function evidence(given: Case): Promise<Evidence> {
  const request = requestOf(given);
  const read = readEvidence(formatEvidence(await evidenceOf(request, await resolve(request))), 'e.json');
  expect(await checkEvidence(read)).toMatchObject({ holds: true });
  expect(await checkEvidence(read, { source: request.source })).toMatchObject({ holds: true });
  if ('selections' in read) throw new Error('one answer was written');
  return read;
}

const stepsOf = ({ targets }: Evidence): readonly EvidenceStep[] => targets[0]?.refusal?.steps ?? [];
const reasonsOf = ({ targets }: Evidence): readonly unknown[] =>
  Object.values(targets[0]?.refusal?.excluded ?? {}).flatMap((groups) =>
    groups.flatMap(({ because }) => because),
  );

const lib = { lib: { '1.0': {}, '2.0': {} } };

test('a constraint is a fact of its own, with its line', async () => {
  const told = await evidence({
    requires: ['lib>=2'],
    constraints: ['other<3', 'lib<2'],
    index: lib,
  });
  expect(stepsOf(told)).toContainEqual({ rule: 'constrained', lines: [1], package: 'lib', versions: [1, 2] });
  expect(told.inputs.constraints[1]).toEqual({ text: 'lib<2', source: 'limits.txt', line: 2, column: 1 });
});

test('an override stands in the place of what a package asks', async () => {
  const index = {
    app: { '1.0': { requires: ['lib<2'] } },
    lib: { '1.0': {}, '2.0': { requires: ['gone'] } },
  };
  const told = await evidence({ requires: ['app'], overrides: ['lib>=2'], index });
  expect(stepsOf(told)).toContainEqual(
    expect.objectContaining({ rule: 'requires', package: 'app', on: 'lib', allowed: [1, 2] }),
  );
  expect(told.projects['gone']).toMatchObject({ status: 'absent', versions: [] });
});

test('what is excluded is asked for by nobody', async () => {
  const index = { app: { '1.0': { requires: ['gone', 'lib'] } }, ...lib };
  const told = await evidence({ requires: ['app'], options: { excludes: new Set(['gone']) }, index });
  expect(told.targets[0]?.plan?.packages.map(({ name }) => name)).toEqual(['app', 'lib']);
  const later = await evidence({
    requires: ['app', 'lib>2'],
    options: { excludes: new Set(['gone']) },
    index,
  });
  expect(stepsOf(later).length).toBeGreaterThan(0);
});

test.each<[why: string, given: Case, reason: readonly [string, string | null]]>([
  ['yanked', { requires: ['lib'], index: { lib: { '1.0': { yanked: 'broken' } } } }, ['yanked', 'broken']],
  [
    'a pre-release that may not be one',
    { requires: ['lib'], options: { prerelease: 'disallow' }, index: { lib: { '1.0rc1': {} } } },
    ['pre-release', null],
  ],
  [
    'a pre-release, by the mode of its package',
    {
      requires: ['lib'],
      options: { prereleasePackages: new Map([['lib', 'explicit' as const]]) },
      index: { lib: { '1.0rc1': {} } },
    },
    ['pre-release', null],
  ],
  [
    'too new',
    {
      requires: ['lib'],
      options: { excludeNewer: Date.parse('2026-01-01') },
      index: { lib: { '1.0': { uploadTime: '2026-02-01T00:00:00Z' } } },
    },
    ['uploaded', '2026-02-01T00:00:00Z'],
  ],
  [
    'of no known time, by the limit of its package',
    {
      requires: ['lib'],
      options: { excludeNewerPackages: new Map([['lib', { now: Date.parse('2026-01-08'), age: 7 }]]) },
      index: { lib: { '1.0': {} } },
    },
    ['uploaded', null],
  ],
  [
    'for another Python',
    { requires: ['lib'], index: { lib: { '1.0': { requiresPython: '>=3.13' } } } },
    ['python', '>=3.13'],
  ],
  [
    'for another platform',
    { requires: ['lib'], index: { lib: { '1.0': { files: ['lib-1.0-py3-none-win_amd64.whl'] } } } },
    ['tags', 'py3-none-win_amd64'],
  ],
  [
    'an sdist where none is wanted',
    {
      requires: ['lib'],
      options: { onlyBinary: 'all' },
      index: { lib: { '1.0': { files: ['lib-1.0.tar.gz'] } } },
    },
    ['sdist', null],
  ],
  [
    'a wheel where none is wanted',
    { requires: ['lib'], options: { noBinary: new Set(['lib']) }, index: { lib: { '1.0': {} } } },
    ['wheel', null],
  ],
  [
    'an sdist that would have to be built',
    { requires: ['lib'], index: { lib: { '1.0': { files: ['lib-1.0.tar.gz'], dynamic: true } } } },
    ['dynamic', null],
  ],
  [
    "one whose metadata can't be read",
    { requires: ['lib'], index: { lib: { '1.0': { requires: ['what is this'] } } } },
    ['unusable', null],
  ],
  [
    "one that asks for a URL which is not the user's",
    {
      requires: ['lib'],
      index: { lib: { '1.0': { requires: ['b @ https://example.org/b-1-py3-none-any.whl'] } } },
    },
    ['direct', 'b @ https://example.org/b-1-py3-none-any.whl'],
  ],
  [
    'of a project in quarantine',
    { requires: ['lib'], index: lib, statuses: { lib: { kind: 'quarantined', reason: null } } },
    ['quarantined', null],
  ],
])('a version is passed over for being %s', async (_, given, reason) => {
  expect(reasonsOf(await evidence(given))).toContainEqual(reason);
});

test('each file of a version is passed over for a reason of its own', async () => {
  const files = ['lib-1.0-py3-none-win_amd64.whl', 'lib-1.0-cp311-cp311-any.whl', 'lib-1.0.tar.gz'];
  const told = await evidence({
    requires: ['lib'],
    options: { onlyBinary: 'all' },
    index: { lib: { '1.0': { files } } },
  });
  expect(reasonsOf(told)).toEqual([
    ['sdist', null],
    ['tags', 'cp311-cp311-any'],
    ['tags', 'py3-none-win_amd64'],
  ]);
});

test('a yanked version that a lock has may stay, and the evidence says so', async () => {
  const index = { lib: { '1.0': { yanked: true } } };
  const told = await evidence({
    requires: ['lib'],
    options: { preferences: new Map([['lib', '1.0']]) },
    index,
  });
  expect(told.inputs.preferences).toEqual({ lib: ['1.0'] });
  expect(told.targets[0]?.plan?.packages).toHaveLength(1);
});

test('extras that ask for extras of their own project are told as they are', async () => {
  const index = {
    app: { '1.0': { extras: { all: ['app[a,b]'], a: ['lib>=2'], b: ['app[c]'], c: ['lib<2'] } } },
    ...lib,
  };
  const told = await evidence({ requires: ['app[all]'], index });
  expect(stepsOf(told)).toContainEqual(
    expect.objectContaining({ rule: 'requires', package: 'app[all]', on: 'lib', allowed: [0, 1] }),
  );
  const plan = await evidence({ requires: ['app[a]'], index });
  expect(plan.targets[0]?.plan?.packages.map(({ extras }) => extras)).toEqual([['a'], []]);
});

test('credentials are in no text', async () => {
  const told = await evidence({
    requires: [
      'lib',
      'lib @ https://user:secret@example.org/lib-1.0-py3-none-any.whl ; python_version < "3"',
    ],
    index: lib,
  });
  expect(formatEvidence(told)).not.toMatch(/secret|user/);
});

test('files that no hash of the user allows are told as that', async () => {
  const request = {
    requirements: ['lib'],
    python: '3.12',
    platform: 'linux',
    source: digestedSource(memorySource(lib)),
    hashes: [{ name: 'lib', allowed: new Set(['sha256:00']) }],
  };
  const told = await evidenceOfLock(request, await lock(request));
  expect(reasonsOf(told)).toEqual([['hashes', null]]);
  expect(told.inputs.hashes).toEqual([{ name: 'lib', allowed: ['sha256:00'] }]);
  expect(await checkEvidence(told, { source: request.source })).toMatchObject({ holds: true });
  const allowed = { ...told.inputs, hashes: [{ name: 'lib', allowed: await hashesOf(request.source) }] };
  expect(await checkEvidence({ ...told, inputs: allowed }, { source: request.source })).toMatchObject({
    holds: false,
    fault: expect.stringContaining('is a candidate'),
  });
});

async function hashesOf(source: PackageSource): Promise<readonly string[]> {
  const page = await source.page('lib');
  return [0, 1].flatMap(
    (place) => page?.filesOf(place).map(({ hashes }) => `sha256:${hashes['sha256']}`) ?? [],
  );
}

test("an extra that asks for a URL which is not the user's rules out the extra, not the version", async () => {
  const line = 'b @ https://example.org/b-1-py3-none-any.whl ; extra == "x"';
  const index = { app: { '1.0': { requires: [line], extras: { x: [] } } } };
  const told = await evidence({ requires: ['app[x]'], index });
  expect(stepsOf(told).length).toBeGreaterThan(0);
});
