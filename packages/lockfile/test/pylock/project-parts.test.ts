import { parseRequirement } from '@pyplan/markers';
import { describe, expect, test } from 'vitest';
import {
  type LockPart,
  type ProjectPart,
  parsePylock,
  selectFromPylock,
  writePylock,
} from '../../src/index.ts';
import { testDemand, testPackage, testPlan, testTarget } from '../support/plans.ts';

const part = (value: LockPart, ...texts: string[]): ProjectPart => ({
  part: value,
  requirements: texts.map((text) => parseRequirement(text)),
});
const requires = (text: string) => {
  const { name, extras } = parseRequirement(text);
  return { text, name, extras };
};
const parts = [
  part({ kind: 'base' }, 'web'),
  part({ kind: 'extra', name: 'fast' }, 'web[speed]', 'wintool; sys_platform == "win32"'),
  part({ kind: 'group', name: 'dev' }, 'testing'),
];
const shared = [
  testPackage('base-only', '1'),
  testPackage('loop', '1'),
  testPackage('plugin', '1', { requires: [requires('testing')] }),
  testPackage('testing', '1', { requires: [requires('plugin'), requires('base-only')] }),
  testPackage('web', '1', {
    extras: ['speed'],
    requires: [requires('base-only'), requires('loop; extra == "speed"')],
    demands: [testDemand(null, 'web'), testDemand(null, 'web[speed]')],
  }),
];
const plans = [
  testPlan(testTarget('3.12', 'linux'), shared),
  testPlan(testTarget('3.12', 'windows'), [...shared, testPackage('wintool', '1')]),
];

describe('a lock of a project with extras and groups', () => {
  const lock = parsePylock(writePylock(plans, { parts }));

  test('names them, and marks what only they need', () => {
    expect([lock.extras, lock.dependencyGroups, lock.defaultGroups]).toEqual([['fast'], ['dev'], []]);
    expect(lock.packages.map(({ name, marker }) => [name, marker])).toEqual([
      ['base-only', null],
      ['loop', "'fast' in extras"],
      ['plugin', "'dev' in dependency_groups"],
      ['testing', "'dev' in dependency_groups"],
      ['web', null],
      ['wintool', "'fast' in extras and sys_platform == 'win32'"],
    ]);
  });

  test.each([
    ['linux', [], [], 'base-only web'],
    ['linux', ['fast'], [], 'base-only loop web'],
    ['windows', ['fast'], [], 'base-only loop web wintool'],
    ['windows', [], ['dev'], 'base-only plugin testing web'],
  ] as const)(
    'on %s with extras %j and groups %j installs %s',
    (platform, extras, dependencyGroups, expected) => {
      const { environment, tags } = testTarget('3.12', platform);
      const chosen = selectFromPylock(lock, { environment, tags, extras, dependencyGroups });
      expect(chosen.map(({ package: item }) => item.name).join(' ')).toBe(expected);
    },
  );

  test('what an extra asks of its own package counts for the extra', () => {
    const plan = testPlan(testTarget('3.12', 'linux'), [
      testPackage('dep', '1'),
      testPackage('web', '1', {
        extras: ['all', 'speed'],
        requires: [requires('dep; extra == "speed"')],
        demands: [testDemand(null, 'web[all]')],
      }),
    ]);
    const text = writePylock([plan], {
      parts: [part({ kind: 'base' }, 'web'), part({ kind: 'extra', name: 'x' }, 'web[all]')],
    });
    expect(parsePylock(text).packages.map(({ name, marker }) => [name, marker])).toEqual([
      ['dep', "'x' in extras"],
      ['web', null],
    ]);
  });
});
