import { describe, expect, test } from 'vitest';
import { lockOf, pinsOn } from '../support/lock.ts';

describe('a universe parts at a patch level of Python', () => {
  test.each([
    ['python_full_version < "3.11.3"', '3.11.2', '3.11.3'],
    ['python_full_version <= "3.11.3"', '3.11.3', '3.11.4'],
    ['python_full_version <= "3.11"', '3.11.0', '3.11.1'],
    ['python_full_version == "3.11.5"', '3.11.5', '3.11.6'],
    ['python_full_version != "3.11.0"', '3.11.1', '3.11.0'],
    ['"3.11.4" > python_full_version', '3.11.3', '3.11.4'],
    ['python_full_version == "3.11.2.*"', '3.11.2', '3.11.3'],
    ['implementation_version >= "3.11.7"', '3.11.7', '3.11.6'],
  ])('where a requirement says so: %s', async (marker, on, off) => {
    const lock = await lockOf(
      { app: { '1.0': { requires: [`compat; ${marker}`] } }, compat: { '1.0': {} } },
      { requires: ['app'] },
    );
    expect(pinsOn(lock, `${on} linux`)).toEqual({ app: '1.0', compat: '1.0' });
    expect(pinsOn(lock, `${off} linux`)).toEqual({ app: '1.0' });
  });

  test("where a line of the user's says so", async () => {
    const lock = await lockOf(
      { app: { '1.0': {}, '2.0': {} } },
      { requires: ['app<2; python_full_version < "3.12.4"', 'app>=2; python_full_version >= "3.12.4"'] },
    );
    expect(pinsOn(lock, '3.12.3 linux')).toEqual({ app: '1.0' });
    expect(pinsOn(lock, '3.12.4 linux')).toEqual({ app: '2.0' });
  });

  test.each([
    ['<=3.12', '3.12.0', '3.12.1'],
    ['!=3.12.4', '3.12.3', '3.12.4'],
    ['<3.12.2', '3.12.1', '3.12.2'],
  ])('where the Requires-Python of what is planned ends: %s', async (requiresPython, on, off) => {
    const lock = await lockOf(
      { app: { '1.0': {}, '2.0': { requiresPython } } },
      { requires: ['app'], requiresPython: '==3.12.*' },
    );
    expect(pinsOn(lock, `${on} linux`)).toEqual({ app: '2.0' });
    expect(pinsOn(lock, `${off} linux`)).toEqual({ app: '1.0' });
  });

  test('where the Requires-Python of what a refusal rests on begins', async () => {
    const lock = await lockOf({ app: { '1.0': { requiresPython: '>=3.11.4' } } }, { requires: ['app'] });
    expect(pinsOn(lock, '3.11.3 linux')).toBeNull();
    expect(pinsOn(lock, '3.11.4 linux')).toEqual({ app: '1.0' });
    expect(pinsOn(lock, '3.12.0 linux')).toEqual({ app: '1.0' });
    expect(new Set(lock.uncovered.map(({ python }) => python))).toEqual(new Set(['3.11']));
  });

  test('where a requirement that a refusal rests on ends', async () => {
    const lock = await lockOf(
      { app: { '1.0': { requires: ['gone; python_full_version < "3.11.3"'] } } },
      { requires: ['app'] },
    );
    expect(pinsOn(lock, '3.11.2 windows')).toBeNull();
    expect(pinsOn(lock, '3.11.3 windows')).toEqual({ app: '1.0' });
  });

  test('where a refusal goes by a proxy that stands for one version among others that are no candidates', async () => {
    const lock = await lockOf(
      {
        app: { '1.0': { requires: ['lib; sys_platform == "linux"', 'lib>1.0,<3'] } },
        lib: { '1.0': {}, '2.0': { requiresPython: '>3.11.3' }, '3.0': {} },
      },
      { requires: ['app'] },
    );
    expect(pinsOn(lock, '3.11.3 linux')).toBeNull();
    expect(pinsOn(lock, '3.11.4 linux')).toEqual({ app: '1.0', lib: '2.0' });
  });

  test('where the universe itself begins', async () => {
    const lock = await lockOf(
      { app: { '1.0': {} } },
      { requires: ['app'], requiresPython: '>=3.11.4,!=3.12.0' },
    );
    const pythons = new Set(lock.plans.map(({ target }) => target.python));
    expect([...pythons].sort()).toEqual(['3.11.4', '3.12.1', '3.13', '3.14']);
    expect(lock.packages.map(({ marker }) => marker)).toEqual([null]);
  });
});

test('a universe without a Python that is out is told', async () => {
  await expect(
    lockOf({ app: { '1.0': {} } }, { requires: ['app'], requiresPython: '>=3.99' }),
  ).rejects.toThrow('no Python that is out satisfies ">=3.99": they are 3.8, ');
});
