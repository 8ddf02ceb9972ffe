import { parseRequirement } from '@pyplan/markers';
import {
  defaultOptions,
  memorySource,
  type RootRequirement,
  resolveUniversal,
  type UniversalLock,
} from '@pyplan/resolver';
import { expect, test } from 'vitest';
import {
  formatPylock,
  formatRequirements,
  lockUniversal,
  type ProjectPart,
  parsePylock,
  selectFromPylock,
  toPylock,
} from '../../src/index.ts';

const source = memorySource({
  app: { '1.0': { requires: ['numeric>=1', 'wintool>=1; sys_platform == "win32"'] } },
  numeric: {
    '1.0': { requiresPython: '>=3.8' },
    '2.0': { requiresPython: '>=3.12' },
  },
  wintool: { '1.0': {} },
});

/** What lives in memory has no hashes, which a lock must have. */
function withHashes(lock: UniversalLock): UniversalLock {
  const packages = lock.packages.map((item) => ({
    ...item,
    files: item.files.map((file) => ({ ...file, hashes: { sha256: 'aa' } })),
  }));
  return { ...lock, packages };
}

test('a universal lock selects on every target just what its plan has', async () => {
  const resolution = await resolveUniversal({
    requirements: [
      { requirement: parseRequirement('app'), origin: { source: 'requirements.in', line: 1, column: 1 } },
    ],
    constraints: [],
    overrides: [],
    source,
    options: defaultOptions,
    requiresPython: '>=3.10,<3.14',
    platforms: null,
  });
  if (resolution.status !== 'resolved') throw new Error(resolution.refusals[0]?.explanation);
  const { lock } = resolution;
  const set = lockUniversal(withHashes(lock), 'sha256:00');
  const text = formatPylock(toPylock(set));
  const pylock = parsePylock(text);
  expect(lock.plans.length).toBeGreaterThan(5);
  for (const { target, packages } of lock.plans) {
    const chosen = selectFromPylock(pylock, target);
    expect(chosen.map(({ package: { name, version } }) => `${name} ${version}`)).toEqual(
      packages.map(({ name, version }) => `${name} ${version}`),
    );
  }
  expect(formatPylock(parsePylock(text))).toBe(text);
  expect(text).toContain('{ name = "numeric", version = "1.0" }');
  expect(formatRequirements(set, { hashes: false })).toMatch(
    /^wintool==1\.0 ; .*sys_platform.*\n {4}# via app$/m,
  );
});

test('a universal lock with parts selects on every target just what each part leads to', async () => {
  const root = (text: string): RootRequirement => ({
    requirement: parseRequirement(text),
    origin: { source: 'pyproject.toml', line: 1, column: 1 },
  });
  const parts: readonly ProjectPart[] = [
    { part: { kind: 'base' }, requirements: [parseRequirement('app')] },
    { part: { kind: 'extra', name: 'win' }, requirements: [parseRequirement('wintool')] },
    { part: { kind: 'group', name: 'dev' }, requirements: [parseRequirement('linter')] },
  ];
  const requirements = parts.flatMap((part) => part.requirements.map(({ text }) => root(text)));
  const world = {
    app: { '1.0': { requires: ['wintool>=1; sys_platform == "win32"'] } },
    linter: { '1.0': { requires: ['tomli; python_version < "3.11"'] } },
    tomli: { '1.0': {} },
    wintool: { '1.0': {} },
  };
  const shared = { constraints: [], overrides: [], source: memorySource(world), options: defaultOptions };
  const resolution = await resolveUniversal({
    ...shared,
    requirements,
    requiresPython: '>=3.10',
    platforms: null,
  });
  if (resolution.status !== 'resolved') throw new Error(resolution.refusals[0]?.explanation);
  const { lock } = resolution;
  const pylock = parsePylock(formatPylock(toPylock(lockUniversal(withHashes(lock), null, parts))));
  expect(pylock).toMatchObject({ extras: ['win'], dependencyGroups: ['dev'] });
  for (const { target } of lock.plans) {
    const names = (extras: readonly string[], dependencyGroups: readonly string[]): readonly string[] =>
      selectFromPylock(pylock, { ...target, extras, dependencyGroups }).map((each) => each.package.name);
    const { sys_platform: platform, python_version: python } = target.environment;
    const wintool = platform === 'win32' ? ['wintool'] : [];
    expect(names([], [])).toEqual(['app', ...wintool]);
    expect(names(['win'], [])).toEqual(['app', 'wintool']);
    expect(names([], ['dev'])).toEqual([
      'app',
      'linter',
      ...(python === '3.10' ? ['tomli'] : []),
      ...wintool,
    ]);
  }
});
