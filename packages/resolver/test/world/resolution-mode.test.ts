import { describe, expect, test } from 'vitest';
import type { ResolutionMode } from '../../src/index.ts';
import { pinsOf } from '../support/solve.ts';

const world = {
  app: { '1.0': { requires: ['lib>=1.5'] }, '2.0': { requires: ['lib>=1.5'] } },
  lib: { '1.0': {}, '1.5': {}, '2.0': {} },
};

const under = (mode: ResolutionMode, requires: readonly string[]) =>
  pinsOf(world, { requires, options: { mode } });

describe('which of several versions is chosen', () => {
  test('highest: the newest of every package', async () => {
    expect(await under('highest', ['app'])).toEqual({ app: '2.0', lib: '2.0' });
  });

  test('lowest: the oldest of every package', async () => {
    expect(await under('lowest', ['app'])).toEqual({ app: '1.0', lib: '1.5' });
  });

  test('lowest-direct: the oldest of what the user names, the newest of the rest', async () => {
    expect(await under('lowest-direct', ['app'])).toEqual({ app: '1.0', lib: '2.0' });
    expect(await under('lowest-direct', ['app', 'lib'])).toEqual({ app: '1.0', lib: '1.5' });
    expect(await under('lowest-direct', ['app>=2'])).toEqual({ app: '2.0', lib: '2.0' });
  });

  test('lowest-direct: a line whose marker does not hold names nothing', async () => {
    expect(await under('lowest-direct', ['app', 'lib; sys_platform == "win32"'])).toEqual({
      app: '1.0',
      lib: '2.0',
    });
  });

  test('lowest: goes up where the oldest can not be', async () => {
    const rising = {
      app: { '1.0': { requires: ['lib<1'] }, '2.0': { requires: ['lib>=1'] } },
      lib: { '1.0': {}, '2.0': {} },
    };
    expect(await pinsOf(rising, { requires: ['app'], options: { mode: 'lowest' } })).toEqual({
      app: '2.0',
      lib: '1.0',
    });
  });
});
