import { describe, expect, test } from 'vitest';
import { pinsOf } from '../support/solve.ts';

const prefer = (preferences: Readonly<Record<string, string>>) => ({
  options: { preferences: new Map(Object.entries(preferences)) },
});

describe('a preferred version', () => {
  const world = { app: { '1.0': {}, '2.0': {}, '3.0': {} } };

  test('is chosen before newer ones', async () => {
    expect(await pinsOf(world, { requires: ['app'], ...prefer({ app: '2.0' }) })).toEqual({ app: '2.0' });
  });

  test('is chosen before older ones where the lowest is wanted', async () => {
    const options = { mode: 'lowest' as const, preferences: new Map([['app', '2.0']]) };
    expect(await pinsOf(world, { requires: ['app'], options })).toEqual({ app: '2.0' });
  });

  test('gives way to a requirement that excludes it', async () => {
    expect(await pinsOf(world, { requires: ['app>2'], ...prefer({ app: '2.0' }) })).toEqual({ app: '3.0' });
  });

  test('gives way where it turns out not to fit', async () => {
    const conflicting = {
      app: { '1.0': {}, '2.0': { requires: ['lib<2'] }, '3.0': {} },
      lib: { '1.0': {}, '2.0': {} },
    };
    expect(await pinsOf(conflicting, { requires: ['lib>=2', 'app'], ...prefer({ app: '2.0' }) })).toEqual({
      app: '3.0',
      lib: '2.0',
    });
  });

  test('is known in any spelling of it', async () => {
    const spelt = { app: { '1.0.0': {}, '2.0': {} } };
    expect(await pinsOf(spelt, { requires: ['app'], ...prefer({ app: '1.0' }) })).toEqual({ app: '1.0.0' });
  });

  test('that is on no page, or no version, is passed over', async () => {
    expect(await pinsOf(world, { requires: ['app'], ...prefer({ app: '9.0' }) })).toEqual({ app: '3.0' });
    expect(await pinsOf(world, { requires: ['app'], ...prefer({ app: 'newest' }) })).toEqual({ app: '3.0' });
  });

  test('stays chosen though it was yanked since', async () => {
    const yanked = { app: { '1.0': {}, '2.0': { yanked: 'broken' }, '3.0': {} } };
    expect(await pinsOf(yanked, { requires: ['app'], ...prefer({ app: '2.0' }) })).toEqual({ app: '2.0' });
  });

  test('that has no file for the target is passed over', async () => {
    const windows = { app: { '1.0': {}, '2.0': { files: ['app-2.0-cp312-cp312-win_amd64.whl'] } } };
    expect(await pinsOf(windows, { requires: ['app'], ...prefer({ app: '2.0' }) })).toEqual({ app: '1.0' });
  });

  // A search that tried such a version again and again once never ended.
  test('that asks for a package by URL is passed over, as it is without a preference', async () => {
    const direct = {
      app: { '1.0': {}, '2.0': { requires: ['lib @ https://example.org/lib-1.0-py3-none-any.whl'] } },
    };
    expect(await pinsOf(direct, { requires: ['app'], ...prefer({ app: '2.0' }) })).toEqual({ app: '1.0' });
  });
});
