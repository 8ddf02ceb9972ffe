import { parseRequirement } from '@pyplan/markers';
import { defaultOptions, memorySource, resolveUniversal } from '@pyplan/resolver';
import { expect, test } from 'vitest';
import {
  formatPylock,
  formatRequirements,
  lockUniversal,
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
  // What lives in memory has no hashes, which a lock must have.
  const hashed = lock.packages.map((item) => ({
    ...item,
    files: item.files.map((file) => ({ ...file, hashes: { sha256: 'aa' } })),
  }));
  const set = lockUniversal({ ...lock, packages: hashed }, 'sha256:00');
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
