import { describe, expect, test } from 'vitest';
import { directSource } from '../support/direct-source.ts';
import { packageOf, pinsOf, refusalOf } from '../support/solve.ts';

const wheel = 'https://example.org/lib-7.0-py3-none-any.whl';
const other = 'https://example.org/lib-8.0-py3-none-any.whl';
const index = {
  app: { '1.0': { requires: [`lib @ ${wheel}`] }, '2.0': { requires: ['lib>=2'] } },
  lib: { '1.0': {}, '2.0': {} },
  dep: { '1.0': {} },
};
const source = directSource(index, {
  [wheel]: { version: '7.0', facts: { requires: ['dep'] } },
  [other]: { version: '8.0' },
});

describe('a direct reference', () => {
  test('of the user’s takes the version that it leads to, with its own requirements', async () => {
    expect(await pinsOf(source, { requires: [`lib @ ${wheel}`] })).toEqual({ dep: '1.0', lib: '7.0' });
  });

  test('meets what others ask of the project by version', async () => {
    const ask = { requires: [`lib @ ${wheel}`, 'app'] };
    expect(await pinsOf(source, ask)).toEqual({ app: '2.0', dep: '1.0', lib: '7.0' });
  });

  test('may come with extras', async () => {
    const extras = directSource(index, { [wheel]: { version: '7.0', facts: { extras: { x: ['dep'] } } } });
    expect(await pinsOf(extras, { requires: [`lib[x] @ ${wheel}`] })).toEqual({ dep: '1.0', lib: '7.0' });
  });

  test('of a constraint says where the project comes from', async () => {
    const ask = { requires: ['lib'], constraints: [`lib @ ${wheel}`] };
    expect(await pinsOf(source, ask)).toEqual({ dep: '1.0', lib: '7.0' });
  });

  test('of an override does so, too', async () => {
    const ask = { requires: ['lib<2'], overrides: [`lib @ ${wheel}`] };
    expect(await pinsOf(source, ask)).toEqual({ dep: '1.0', lib: '7.0' });
  });

  test('whose marker does not hold is none', async () => {
    const ask = { requires: [`lib @ ${wheel} ; sys_platform == "win32"`, 'lib<2'] };
    expect(await pinsOf(source, ask)).toEqual({ lib: '1.0' });
  });

  test('of a package is followed only where the user names it, too', async () => {
    expect(await pinsOf(source, { requires: ['app'] })).toEqual({ app: '2.0', lib: '2.0' });
    const named = { requires: ['app<2', `lib @ ${wheel}`] };
    expect(await pinsOf(source, named)).toEqual({ app: '1.0', dep: '1.0', lib: '7.0' });
    const { explanation } = await refusalOf(source, { requires: ['app<2'] });
    expect(explanation).toContain(
      'app 1.0 asks for a package by URL, which your own requirements must name first',
    );
  });

  test('to a file that does not fit the target is refused', async () => {
    const old = directSource({}, { [wheel]: { version: '7.0', facts: { requiresPython: '<3' } } });
    const { explanation } = await refusalOf(old, { requires: [`lib @ ${wheel}`] });
    expect(explanation).toContain('lib 7.0 requires Python <3');
  });

  test('conflicts with a specifier that its version does not meet', async () => {
    const { conflicting } = await refusalOf(source, { requires: [`lib @ ${wheel}`, 'lib<7'] });
    expect(conflicting.map(({ origin }) => origin.line)).toEqual([1, 2]);
  });

  test('conflicts with another one for the same project', async () => {
    const both = await refusalOf(source, { requires: [`lib @ ${wheel}`, `lib @ ${other}`] });
    expect(both.conflicting.map(({ origin }) => origin.line)).toEqual([1, 2]);
    const same = { requires: [`lib @ ${wheel}`, `lib @ ${wheel}`] };
    expect(await pinsOf(source, same)).toEqual({ dep: '1.0', lib: '7.0' });
  });

  test('gives the plan the file at the URL', async () => {
    const planned = await packageOf(source, { requires: [`lib @ ${wheel}`] }, 'lib');
    expect(planned.file.filename).toBe('lib-7.0-py3-none-any.whl');
    expect(planned.demands).toEqual([
      { from: null, text: `lib @ ${wheel}`, origin: { source: 'requirements.in', line: 1, column: 1 } },
    ]);
  });
});
