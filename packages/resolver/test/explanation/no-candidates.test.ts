import { describe, expect, test } from 'vitest';
import type { MemoryVersion, ResolveOptions } from '../../src/index.ts';
import { directSource } from '../support/direct-source.ts';
import { explanationOf } from '../support/solve.ts';

const told = (versions: Readonly<Record<string, MemoryVersion>>, options: Partial<ResolveOptions> = {}) =>
  explanationOf({ lib: versions }, { requires: ['lib'], options });

describe('a project or version that is not there', () => {
  test('no such project, asked for by the user', async () => {
    expect(await explanationOf({}, { requires: ['nope>=1'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        nope>=1  (requirements.in:1)
      Because the index has no project nope."
    `);
  });

  test('no such project, asked for by a package', async () => {
    const world = { app: { '1.0': { requires: ['nope'] } } };
    expect(await explanationOf(world, { requires: ['app'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        app  (requirements.in:1)
      Because app depends on nope, and the index has no project nope."
    `);
  });

  test('no such version', async () => {
    const world = { lib: { '1.0': {}, '2.0': {} } };
    expect(await explanationOf(world, { requires: ['lib>=3'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib>=3  (requirements.in:1)
      Because the index has no lib>=3 (it has 1.0 to 2.0)."
    `);
  });

  test('asked for twice, once under a marker: why no version is left is told', async () => {
    const world = {
      app: { '1.0': { requires: ['lib; sys_platform == "linux"', 'lib>1.0,<3'] } },
      lib: { '1.0': {}, '2.0': { requiresPython: '>=3.13' }, '3.0': {} },
    };
    expect(await explanationOf(world, { requires: ['app'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        app  (requirements.in:1)
      Because
        app depends on lib and lib>1.0,<3
        lib 2.0 requires Python >=3.13: --python 3.13 admits it"
    `);
  });

  test('a version that requires another of its own package', async () => {
    const world = { app: { '1.0': { requires: ['app>=2'] } } };
    expect(await explanationOf(world, { requires: ['app'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        app  (requirements.in:1)
      Because app 1.0 can't be used: it requires app>=2 of itself."
    `);
  });
});

describe('versions that are no candidates', () => {
  test('for their Requires-Python', async () => {
    expect(
      await told({ '1.0': { requiresPython: '>=3.13' }, '0.9': { requiresPython: '<3.12' } }),
    ).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
      Because
        lib 1.0 requires Python >=3.13: --python 3.13 admits it
        lib 0.9 requires Python <3.12: --python 3.11 admits it"
    `);
  });

  test('for their wheels', async () => {
    expect(await told({ '1.0': { files: ['lib-1.0-cp312-cp312-win_amd64.whl'] } })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
      Because lib 1.0 has no wheel that fits: its wheels are for windows amd64."
    `);
  });

  test('for being yanked', async () => {
    expect(
      await told({ '1.0': { yanked: 'broken on import' }, '2.0': { yanked: true } }),
    ).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
      Because lib 2.0 and 1.0 were yanked: only an exact pin such as lib==2.0 admits one."
    `);
  });

  test('for having to be built', async () => {
    expect(await told({ '1.0': { files: ['lib-1.0.tar.gz'], dynamic: true } })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
      Because lib 1.0 has only a source distribution that would have to be built: its dependencies are known only by running its build."
    `);
  });

  test('for their time', async () => {
    const options = { excludeNewer: Date.parse('2026-01-01T00:00:00Z') };
    expect(
      await told({ '1.0': { uploadTime: '2026-05-01T00:00:00Z' }, '0.9': {} }, options),
    ).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
      Because
        lib 1.0 was uploaded on 2026-05-01, after the time of --exclude-newer: --exclude-newer-package lib=false admits it
        lib 0.9 has no upload time, which --exclude-newer needs"
    `);
  });

  test('for being pre-releases', async () => {
    expect(await told({ '1.0a1': {}, '1.0b1': {} }, { prerelease: 'disallow' })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
      Because lib 1.0b1 and 1.0a1 are pre-releases: --prerelease allow admits them."
    `);
  });

  test('for metadata that can not be read', async () => {
    expect(await told({ '1.0': { requires: ['not a requirement !!'] } })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
      Because lib 1.0 can't be used: its requirement \`not a requirement !!\` can't be read."
    `);
  });

  test('four of them, for one reason', async () => {
    const old = { requiresPython: '<3.10' };
    expect(await told({ '1.0': old, '1.1': old, '1.2': old, '1.3': old, '1.4': old })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
      Because lib 1.4 and 4 older versions require Python <3.10: --python 3.9 admits them."
    `);
  });

  test('each for another reason', async () => {
    expect(
      await told({
        '1.0': { requiresPython: '<3.10' },
        '2.0': { yanked: 'oops' },
        '3.0': { files: ['lib-3.0-cp312-cp312-win_amd64.whl'] },
      }),
    ).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
      Because
        lib 3.0 has no wheel that fits: its wheels are for windows amd64
        lib 2.0 was yanked ("oops"): only the exact pin lib==2.0 admits it
        lib 1.0 requires Python <3.10: --python 3.9 admits it"
    `);
  });
});

describe('direct references', () => {
  const url = 'https://example.org/lib-7.0-py3-none-any.whl';

  test('of a package, which the user does not name', async () => {
    const world = { app: { '1.0': { requires: [`lib @ ${url}`] } }, lib: { '1.0': {} } };
    expect(await explanationOf(world, { requires: ['app'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        app  (requirements.in:1)
      Because app 1.0 asks for a package by URL, which your own requirements must name first."
    `);
  });

  test('against a specifier', async () => {
    const source = directSource({ lib: { '1.0': {} } }, { [url]: { version: '7.0' } });
    expect(await explanationOf(source, { requires: [`lib @ ${url}`, 'lib<7'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        lib @ https://example.org/lib-7.0-py3-none-any.whl  (requirements.in:1)
        lib<7  (requirements.in:2)
      Because lib @ https://example.org/lib-7.0-py3-none-any.whl (requirements.in:1) is 7.0."
    `);
  });

  test('against another one', async () => {
    const other = 'https://example.org/other/lib-7.0-py3-none-any.whl';
    const source = directSource({}, { [url]: { version: '7.0' }, [other]: { version: '7.0' } });
    const ask = { requires: [`lib @ ${url}`, `lib @ ${other}`] };
    expect(await explanationOf(source, ask)).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        lib @ https://example.org/lib-7.0-py3-none-any.whl  (requirements.in:1)
        lib @ https://example.org/other/lib-7.0-py3-none-any.whl  (requirements.in:2)
      Because lib @ https://example.org/other/lib-7.0-py3-none-any.whl (requirements.in:2) takes the place of lib @ https://example.org/lib-7.0-py3-none-any.whl."
    `);
  });
});
