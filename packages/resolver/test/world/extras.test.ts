import { describe, expect, test } from 'vitest';
import { notesOf, packageOf, pinsOf } from '../support/solve.ts';

const world = {
  app: {
    '1.0': {
      requires: ['base'],
      extras: {
        fast: ['speed>=2'],
        all: ['app[fast,docs]'],
        docs: ['pages; sys_platform == "linux"', 'viewer; sys_platform == "win32"'],
        everything: ['app[all]', 'more'],
        bounded: ['app[fast]>=2'],
      },
    },
    '2.0': { requires: ['base'], extras: { fast: ['speed<2'] } },
  },
  base: { '1.0': {} },
  speed: { '1.0': {}, '2.0': {} },
  pages: { '1.0': {} },
  viewer: { '1.0': {} },
  more: { '1.0': {} },
};

describe('an extra', () => {
  test('adds its requirements to those of the package', async () => {
    expect(await pinsOf(world, { requires: ['app[fast]<2'] })).toEqual({
      app: '1.0',
      base: '1.0',
      speed: '2.0',
    });
    expect(await pinsOf(world, { requires: ['app<2'] })).toEqual({ app: '1.0', base: '1.0' });
  });

  test('holds at the version of the package, whoever asks for which', async () => {
    const ask = { requires: ['app', 'app[fast]', 'speed>=2'] };
    expect(await pinsOf(world, ask)).toMatchObject({ app: '1.0', speed: '2.0' });
  });

  test('is named in any spelling', async () => {
    const spelt = {
      app: { '1.0': { extras: { 'Fast_Mode.x': ['speed'] } } },
      speed: world.speed,
    };
    for (const extra of ['fast-mode-x', 'FAST.mode_x']) {
      expect(await pinsOf(spelt, { requires: [`app[${extra}]`] })).toEqual({ app: '1.0', speed: '2.0' });
    }
  });

  test('that asks for extras of its own package brings in what those ask for, however deep', async () => {
    const pins = await pinsOf(world, { requires: ['app[everything]<2'] });
    expect(pins).toEqual({ app: '1.0', base: '1.0', more: '1.0', pages: '1.0', speed: '2.0' });
    const planned = await packageOf(world, { requires: ['app[everything]<2'] }, 'app');
    expect(planned.extras).toEqual(['all', 'docs', 'everything', 'fast']);
  });

  test('that asks for itself in a circle ends', async () => {
    const circle = {
      app: { '1.0': { extras: { a: ['app[b]'], b: ['app[a]', 'lib'] } } },
      lib: { '1.0': {} },
    };
    expect(await pinsOf(circle, { requires: ['app[a]'] })).toEqual({ app: '1.0', lib: '1.0' });
  });

  test('that asks for its own package at another version excludes its own', async () => {
    const pins = await pinsOf(world, { requires: ['app[bounded]'] });
    expect(pins).toEqual({ app: '2.0', base: '1.0' });
  });

  test('has the markers of its requirements judged for the target', async () => {
    const linux = await pinsOf(world, { requires: ['app[docs]<2'] });
    const windows = await pinsOf(world, { requires: ['app[docs]<2'], on: '3.12 windows' });
    expect(Object.keys(linux)).toContain('pages');
    expect(Object.keys(windows)).toContain('viewer');
    expect(Object.keys(windows)).not.toContain('pages');
  });

  test('may be excluded by a marker: a requirement for everybody but those who ask for it', async () => {
    const odd = {
      app: { '1.0': { requires: ['lib; extra != "lean"'], extras: { lean: [] } } },
      lib: { '1.0': {} },
    };
    expect(await pinsOf(odd, { requires: ['app'] })).toEqual({ app: '1.0', lib: '1.0' });
  });

  test('that a package does not have changes nothing and is told', async () => {
    expect(await pinsOf(world, { requires: ['app[nope]<2'] })).toEqual({ app: '1.0', base: '1.0' });
    expect(await notesOf(world, { requires: ['app[nope]<2'] })).toEqual([
      'unknown-extra: app 1.0 has no extra named "nope"',
    ]);
    expect(await notesOf(world, { requires: ['app[fast]<2'] })).toEqual([]);
  });

  test('makes a package go back to a version where what it asks for can be met', async () => {
    const stuck = {
      app: {
        '1.0': { extras: { x: ['lib<2'] } },
        '2.0': { extras: { x: ['lib<2'] } },
        '3.0': { extras: { x: ['lib>=2'] } },
      },
      lib: { '1.0': {}, '2.0': {} },
    };
    expect(await pinsOf(stuck, { requires: ['app[x]', 'lib<2'] })).toEqual({ app: '2.0', lib: '1.0' });
  });
});
