import { describe, expect, test } from 'vitest';
import { explanationOf, pinsOf } from '../support/solve.ts';

const world = {
  lib: { '1.0': { requires: ['lib'] }, '2.0': { requires: ['lib<2'] }, '3.0': { requires: ['lib>=3'] } },
};

describe('a version that requires its own project', () => {
  test('is a candidate where it meets that itself', async () => {
    expect(await pinsOf(world, { requires: ['lib'] })).toEqual({ lib: '3.0' });
    expect(await pinsOf(world, { requires: ['lib==1.0'] })).toEqual({ lib: '1.0' });
  });

  test('is passed over where it asks for another one of its versions', async () => {
    expect(await pinsOf(world, { requires: ['lib<3'] })).toEqual({ lib: '1.0' });
    expect(await pinsOf(world, { requires: ['lib<3', 'lib; python_version < "3.13"'] })).toEqual({
      lib: '1.0',
    });
  });

  test('is told why', async () => {
    expect(await explanationOf(world, { requires: ['lib==2.0'] })).toContain('it requires lib<2 of itself');
  });

  test('asks for it under an extra only where that is asked for', async () => {
    const optional = { lib: { '1.0': {}, '2.0': { extras: { old: ['lib<2'] } } } };
    expect(await pinsOf(optional, { requires: ['lib'] })).toEqual({ lib: '2.0' });
    expect(await pinsOf(optional, { requires: ['lib[old]'] })).toEqual({ lib: '1.0' });
  });
});
