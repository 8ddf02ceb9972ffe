import { describe, expect, test } from 'vitest';
import { memorySource, type PackageSource } from '../../src/index.ts';
import { pinsOf, refusalOf } from '../support/solve.ts';

/** Whether a version with this Requires-Python is a candidate. */
async function admits(requiresPython: string | null, python: string): Promise<boolean> {
  const world = { lib: { '1.0': {}, '2.0': { requiresPython } } };
  return (await pinsOf(world, { requires: ['lib'], on: `${python} linux` }))['lib'] === '2.0';
}

describe('Requires-Python', () => {
  test.each([
    ['>=3.10', '3.12', true],
    ['>=3.13', '3.12', false],
    ['>=3.12', '3.12', true],
    ['<3.12', '3.12', false],
    ['<3.13,>=3.8', '3.12', true],
    ['<4', '3.14', true],
    ['<3.14,>=3.11', '3.14', false],
    ['!=3.12.*', '3.12', false],
    ['!=3.12.0', '3.12', false],
    ['!=3.12.0', '3.12.1', true],
    ['>3.12', '3.12.1', true],
    ['>3.12', '3.12', false],
    ['~=3.11', '3.12', true],
    ['==3.12.*', '3.12.4', true],
    ['', '3.12', true],
    [null, '3.12', true],
  ])('%s on Python %s: %s', async (requiresPython, python, expected) => {
    expect(await admits(requiresPython, python)).toBe(expected);
  });

  test.each([
    ['>=2.7.*', '3.12', true],
    ['>=3.13.*', '3.12', false],
    ['>=3.6,', '3.12', true],
    ['>= 3.13,', '3.12', false],
  ])('%s, as an index serves it, is repaired: on %s %s', async (requiresPython, python, expected) => {
    expect(await admits(requiresPython, python)).toBe(expected);
  });

  test('beyond repair says nothing, as for installers', async () => {
    expect(await admits('three or newer', '3.12')).toBe(true);
  });

  test('is judged for the full version, and for a pre-release of Python as one', async () => {
    expect(await admits('>=3.11.7', '3.11')).toBe(false);
    expect(await admits('>=3.11.7', '3.11.7')).toBe(true);
    expect(await admits('<3.15', '3.15.0rc1')).toBe(false);
    expect(await admits('>=3.15', '3.15.0rc1')).toBe(false);
  });

  test('of the metadata counts where the page says nothing', async () => {
    const plain = memorySource({ lib: { '1.0': {}, '2.0': {} } });
    const source: PackageSource = {
      ...plain,
      metadata: (_, file) => ({
        kind: 'metadata',
        metadata: {
          requiresDist: [],
          requiresPython: file.filename.includes('2.0') ? '<3' : null,
          providesExtra: [],
          digest: null,
        },
      }),
    };
    expect(await pinsOf(source, { requires: ['lib'] })).toEqual({ lib: '1.0' });
    const { explanation } = await refusalOf(source, { requires: ['lib>=2'] });
    expect(explanation).toContain('lib 2.0 requires Python <3');
  });

  test('is read of each file: a wheel for older Pythons leaves the one for newer', async () => {
    const world = {
      lib: {
        '1.0': { files: ['lib-1.0-cp310-cp310-manylinux_2_17_x86_64.whl', 'lib-1.0-py3-none-any.whl'] },
      },
    };
    expect(await pinsOf(world, { requires: ['lib'] })).toEqual({ lib: '1.0' });
  });
});
