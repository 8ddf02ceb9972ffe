import { describe, expect, test } from 'vitest';
import { pinsOf, refusalOf } from '../support/solve.ts';

const world = {
  app: { '1.0': { requires: ['lib'] }, '2.0': { requires: ['lib>=2'] } },
  lib: { '1.0': {}, '2.0': {}, '3.0': {} },
};

describe('a constraint', () => {
  test('bounds what packages ask for', async () => {
    expect(await pinsOf(world, { requires: ['app'], constraints: ['lib<3'] })).toEqual({
      app: '2.0',
      lib: '2.0',
    });
  });

  test('makes a package go back where its own requirement can not be met under it', async () => {
    expect(await pinsOf(world, { requires: ['app'], constraints: ['lib<2'] })).toEqual({
      app: '1.0',
      lib: '1.0',
    });
  });

  test('brings nothing in', async () => {
    expect(await pinsOf(world, { requires: ['lib'], constraints: ['app==1.0', 'nowhere==3'] })).toEqual({
      lib: '3.0',
    });
  });

  test('holds with other constraints on the same project', async () => {
    const ask = { requires: ['lib'], constraints: ['lib>=2', 'lib!=3.0'] };
    expect(await pinsOf(world, ask)).toEqual({ lib: '2.0' });
  });

  test('holds only where its marker does', async () => {
    const ask = { requires: ['lib'], constraints: ['lib<2; sys_platform == "win32"'] };
    expect(await pinsOf(world, ask)).toEqual({ lib: '3.0' });
    expect(await pinsOf(world, { ...ask, on: '3.12 windows' })).toEqual({ lib: '1.0' });
  });

  test('holds for extras of the project, too', async () => {
    const extras = {
      lib: { '1.0': { extras: { x: ['dep'] } }, '2.0': { extras: { x: ['dep'] } } },
      dep: { '1.0': {} },
    };
    expect(await pinsOf(extras, { requires: ['lib[x]'], constraints: ['lib<2'] })).toEqual({
      dep: '1.0',
      lib: '1.0',
    });
  });

  test('is named as a constraint where it stands in the way, with its place', async () => {
    const { conflicting, explanation } = await refusalOf(world, {
      requires: ['app>=2'],
      constraints: ['lib<2'],
    });
    expect(conflicting.map(({ origin }) => origin.source)).toEqual(['requirements.in', 'constraints.txt']);
    expect(explanation).toContain('  lib<2  (constraints.txt:1, a constraint)');
    expect(explanation).toContain('app==2.0 depends on lib>=2');
  });
});
