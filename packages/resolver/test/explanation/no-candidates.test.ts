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
        Because you require nope>=1 (requirements.in:1), which is not on the index."
    `);
  });

  test('no such project, asked for by a package', async () => {
    const world = { app: { '1.0': { requires: ['nope'] } } };
    expect(await explanationOf(world, { requires: ['app'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        app  (requirements.in:1)
        Because app depends on nope, which is not on the index; and you require app (requirements.in:1), your requirements can not be met."
    `);
  });

  test('no such version', async () => {
    const world = { lib: { '1.0': {}, '2.0': {} } };
    expect(await explanationOf(world, { requires: ['lib>=3'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib>=3  (requirements.in:1)
        Because you require lib>=3 (requirements.in:1), but the index has no such version (1.0 to 2.0)."
    `);
  });

  test('a version that requires another of its own package', async () => {
    const world = { app: { '1.0': { requires: ['app>=2'] } } };
    expect(await explanationOf(world, { requires: ['app'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        app  (requirements.in:1)
        Because app depends on app>=2, but the index has no such version (only 1.0); and you require app (requirements.in:1), your requirements can not be met."
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
        Because lib 1.0 requires Python >=3.13, not 3.12; lib 0.9 requires Python <3.12, not 3.12; and you require lib (requirements.in:1), your requirements can not be met."
    `);
  });

  test('for their wheels', async () => {
    expect(await told({ '1.0': { files: ['lib-1.0-cp312-cp312-win_amd64.whl'] } })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
        Because lib 1.0 has no wheel for Python 3.12 on linux and you require lib (requirements.in:1), your requirements can not be met."
    `);
  });

  test('for being yanked', async () => {
    expect(
      await told({ '1.0': { yanked: 'broken on import' }, '2.0': { yanked: true } }),
    ).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
        Because lib 2.0 was yanked; only an exact pin (==) admits it; lib 1.0 was yanked ("broken on import"); only an exact pin (==) admits it; and you require lib (requirements.in:1), your requirements can not be met."
    `);
  });

  test('for having to be built', async () => {
    expect(await told({ '1.0': { files: ['lib-1.0.tar.gz'], dynamic: true } })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
        Because lib 1.0 has only a source distribution that would have to be built: its dependencies are known only by running its build; and you require lib (requirements.in:1), your requirements can not be met."
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
        Because lib 1.0 was uploaded after the time given with --exclude-newer (--exclude-newer-package lib=false allows it); lib 0.9 has no upload time, which --exclude-newer needs; and you require lib (requirements.in:1), your requirements can not be met."
    `);
  });

  test('for being pre-releases', async () => {
    expect(await told({ '1.0a1': {}, '1.0b1': {} }, { prerelease: 'disallow' })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
        Because lib 1.0b1, 1.0a1 are pre-releases (--prerelease allow admits them); and you require lib (requirements.in:1), your requirements can not be met."
    `);
  });

  test('for metadata that can not be read', async () => {
    expect(await told({ '1.0': { requires: ['not a requirement !!'] } })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
        Because lib 1.0 can't be used: its requirement \`not a requirement !!\` can't be read; and you require lib (requirements.in:1), your requirements can not be met."
    `);
  });

  test('four of them, for one reason', async () => {
    const old = { requiresPython: '<3.10' };
    expect(await told({ '1.0': old, '1.1': old, '1.2': old, '1.3': old, '1.4': old })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      This can not be met:
        lib  (requirements.in:1)
        Because lib 1.4, 1.3, 1.2 and 2 older require Python <3.10, not 3.12; and you require lib (requirements.in:1), your requirements can not be met."
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
        Because lib 3.0 has no wheel for Python 3.12 on linux; lib 2.0 was yanked ("oops"); only an exact pin (==) admits it; lib 1.0 requires Python <3.10, not 3.12; and you require lib (requirements.in:1), your requirements can not be met."
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
        Because app 1.0 asks for a package by URL, which your own requirements must name first; and you require app (requirements.in:1), your requirements can not be met."
    `);
  });

  test('against a specifier', async () => {
    const source = directSource({ lib: { '1.0': {} } }, { [url]: { version: '7.0' } });
    expect(await explanationOf(source, { requires: [`lib @ ${url}`, 'lib<7'] })).toMatchInlineSnapshot(`
      "No solution for Python 3.12 on linux.
      These can not be met together:
        lib @ https://example.org/lib-7.0-py3-none-any.whl  (requirements.in:1)
        lib<7  (requirements.in:2)
        Because you require lib<7 (requirements.in:2), but lib @ https://example.org/lib-7.0-py3-none-any.whl (requirements.in:1) is 7.0."
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
        Because you require lib @ https://example.org/lib-7.0-py3-none-any.whl (requirements.in:1), but lib @ https://example.org/other/lib-7.0-py3-none-any.whl (requirements.in:2) takes its place."
    `);
  });
});
