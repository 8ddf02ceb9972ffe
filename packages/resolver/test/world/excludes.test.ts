import { describe, expect, test } from 'vitest';
import { notesOf, pinsOf, planOf } from '../support/solve.ts';

const world = {
  app: { '1.0': { requires: ['lib', 'tool[fast]'], extras: { x: ['gone'] } } },
  lib: { '1.0': { requires: ['deep'] } },
  tool: { '1.0': { extras: { fast: ['lib'] } } },
  deep: { '1.0': {} },
};
const leaving = (...names: string[]) => ({ options: { excludes: new Set(names) } });

describe('an excluded package', () => {
  test('is left out with what only it asks for, whoever asks', async () => {
    expect(await pinsOf(world, { requires: ['app'], ...leaving('lib') })).toEqual({
      app: '1.0',
      tool: '1.0',
    });
  });

  test('is left out of what the user asks for, too', async () => {
    expect(await pinsOf(world, { requires: ['lib', 'deep'], ...leaving('lib') })).toEqual({ deep: '1.0' });
    expect(await pinsOf(world, { requires: ['lib'], ...leaving('lib') })).toEqual({});
  });

  test('need not be on the index', async () => {
    expect(await pinsOf(world, { requires: ['app[x]'], ...leaving('gone', 'lib') })).toEqual({
      app: '1.0',
      tool: '1.0',
    });
    expect(await notesOf(world, { requires: ['app[x]'], ...leaving('gone') })).toEqual([]);
  });

  test('stays out where an override speaks of it', async () => {
    const ask = { requires: ['app', 'lib'], overrides: ['lib==1.0'], ...leaving('lib') };
    expect(await pinsOf(world, ask)).toEqual({ app: '1.0', tool: '1.0' });
  });

  test('is none of what packages of the plan require', async () => {
    const { packages } = await planOf(world, { requires: ['app'], ...leaving('lib') });
    expect(packages.flatMap(({ requires }) => requires.map(({ name }) => name))).toEqual(['tool']);
  });

  test('of one resolution is there in the next over the same source', async () => {
    const { memorySource } = await import('../../src/index.ts');
    const source = memorySource(world);
    expect(await pinsOf(source, { requires: ['tool[fast]'], ...leaving('lib') })).toEqual({ tool: '1.0' });
    expect(await pinsOf(source, { requires: ['tool[fast]'] })).toEqual({
      deep: '1.0',
      lib: '1.0',
      tool: '1.0',
    });
  });
});
