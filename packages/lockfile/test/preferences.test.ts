import { expect, test } from 'vitest';
import { preferencesOf, readRequirementsLock, upgradeConstraints } from '../src/index.ts';

const lock = readRequirementsLock(
  "a==1.0\nB_b==2.0 ; os_name == 'nt'\nb-b==3.0 ; os_name != 'nt'\nloose>=1\nc @ https://example.com/c.zip\n",
);

test('preferencesOf gives the locked versions, of several the newest first', () => {
  expect([...preferencesOf(lock)]).toEqual([
    ['a', ['1.0']],
    ['b-b', ['3.0', '2.0']],
  ]);
});

test('what is to be upgraded is not preferred', () => {
  expect([...preferencesOf(lock, new Map([['B.B', '<4']])).keys()]).toEqual(['a']);
  expect(preferencesOf(lock, 'all').size).toBe(0);
});

test('upgradeConstraints are the bounds of -P', () => {
  expect(
    upgradeConstraints(
      new Map([
        ['B.B', '<4'],
        ['a', null],
      ]),
    ),
  ).toEqual(['b-b<4']);
  expect(upgradeConstraints('all')).toEqual([]);
  expect(() => upgradeConstraints(new Map([['a', '=<4']]))).toThrow();
});
