import { describe, expect, test } from 'vitest';
import { notesOf, packageOf, planOf } from '../support/solve.ts';

const world = {
  app: {
    '1.0': {
      requires: ['Lib_One[X]>=1; python_version >= "3.8"', 'winonly; sys_platform == "win32"'],
      requiresPython: '>=3.8',
      extras: { e: ['two'] },
    },
  },
  'lib-one': { '1.0': { extras: { x: ['two>=1'] } } },
  two: { '1.0': {} },
  winonly: { '1.0': {} },
};

describe('a planned package', () => {
  test('stands in the order of names, which are normalised', async () => {
    const { packages } = await planOf(world, { requires: ['two', 'App'] });
    expect(packages.map(({ name }) => name)).toEqual(['app', 'lib-one', 'two']);
  });

  test('requires what is active on the target, as the metadata has it', async () => {
    const { requires } = await packageOf(world, { requires: ['app'] }, 'app');
    expect(requires).toEqual([
      { text: 'Lib_One[X]>=1; python_version >= "3.8"', name: 'lib-one', extras: ['x'] },
    ]);
    const onWindows = await packageOf(world, { requires: ['app'], on: '3.12 windows' }, 'app');
    expect(onWindows.requires.map(({ name }) => name)).toEqual(['lib-one', 'winonly']);
  });

  test('says who asked for it, the user first', async () => {
    const { demands } = await packageOf(world, { requires: ['app[e]', 'two'] }, 'two');
    expect(demands.map(({ from, text, origin }) => [from, text, origin?.line])).toEqual([
      [null, 'two', 2],
      ['app', 'two; extra == "e"', undefined],
      ['lib-one', 'two>=1; extra == "x"', undefined],
    ]);
  });

  test('has the extras in force, and the Requires-Python of its file', async () => {
    const app = await packageOf(world, { requires: ['app[e]'] }, 'app');
    expect([app.extras, app.requiresPython]).toEqual([['e'], '>=3.8']);
    const lib = await packageOf(world, { requires: ['app'] }, 'lib-one');
    expect([lib.extras, lib.requiresPython]).toEqual([['x'], null]);
  });
});

describe('notes', () => {
  test('tell of requirements that were mended', async () => {
    const odd = { app: { '1.0': { requires: ['lib>=1.0.*'] } }, lib: { '1.0': {} } };
    const [note] = await notesOf(odd, { requires: ['app'] });
    expect(note).toBe('repaired-metadata: app 1.0: `lib>=1.0` was read with repairs: took away .*');
  });

  test('stand in the order of packages, however they were found', async () => {
    const noted = { b: { '1.0': { yanked: true } }, a: { '1.0': { yanked: true } } };
    expect(await notesOf(noted, { requires: ['b==1.0', 'a==1.0', 'b[x]'] })).toEqual([
      'yanked: a 1.0 was yanked',
      'unknown-extra: b 1.0 has no extra named "x"',
      'yanked: b 1.0 was yanked',
    ]);
  });
});
