import { describe, expect, test } from 'vitest';
import { pinsOf } from '../support/solve.ts';

const versions = (count: number, requires: (i: number) => readonly string[]) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`1.${i}`, { requires: requires(i) }]));

describe('of several right answers', () => {
  // Each wants the other old: whichever is decided first gets its newest version.
  const rivals = {
    a: { '1.0': {}, '2.0': { requires: ['b<2'] } },
    b: { '1.0': {}, '2.0': { requires: ['a<2'] } },
  };

  test('the one is given in which what was heard of first is newest', async () => {
    expect(await pinsOf(rivals, { requires: ['a', 'b'] })).toEqual({ a: '2.0', b: '1.0' });
    expect(await pinsOf(rivals, { requires: ['b', 'a'] })).toEqual({ a: '1.0', b: '2.0' });
  });

  test('what is pinned goes before what was heard of earlier', async () => {
    const world = { ...rivals, app: { '1.0': { requires: ['a', 'b==2.0'] } } };
    expect(await pinsOf(world, { requires: ['app'] })).toEqual({ a: '1.0', app: '1.0', b: '2.0' });
  });

  test('a dependency of the user’s first line comes after his second line', async () => {
    const world = { ...rivals, app: { '1.0': { requires: ['a'] } } };
    expect(await pinsOf(world, { requires: ['app', 'b'] })).toEqual({ a: '1.0', app: '1.0', b: '2.0' });
  });
});

describe('a package that is in the way of another', () => {
  /** Releases of `holder` that conflict with the newest of what was heard of before it, and one that does not. */
  const holding = (count: number) => ({
    daily: versions(9, () => []),
    holder: { '0.1': {}, ...versions(count, () => ['daily<1.3']) },
  });

  test('stays chosen as long as they have met fewer than five times', async () => {
    expect(await pinsOf(holding(4), { requires: ['daily', 'holder'] })).toEqual({
      daily: '1.8',
      holder: '0.1',
    });
  });

  test('is decided after it from the fifth time on', async () => {
    expect(await pinsOf(holding(5), { requires: ['daily', 'holder'] })).toEqual({
      daily: '1.2',
      holder: '1.4',
    });
  });

  test('is skipped over by all its versions at once where they depend on the same', async () => {
    const world = {
      daily: { '0.1': {}, ...versions(400, () => ['base>=2']) },
      base: { '1.0': {}, '2.0': {} },
    };
    expect(await pinsOf(world, { requires: ['base<2', 'daily'] })).toEqual({ base: '1.0', daily: '0.1' });
  });
});
