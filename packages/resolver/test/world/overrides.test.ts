import { describe, expect, test } from 'vitest';
import { pinsOf, refusalOf } from '../support/solve.ts';

const world = {
  app: { '1.0': { requires: ['lib<2'], extras: { x: ['lib<1'] } } },
  lib: { '1.0': {}, '2.0': {}, '3.0': { extras: { fast: ['gear'] } } },
  gear: { '1.0': {} },
};

describe('an override', () => {
  test('replaces what packages ask of a project', async () => {
    expect(await pinsOf(world, { requires: ['app'], overrides: ['lib>=2,<3'] })).toEqual({
      app: '1.0',
      lib: '2.0',
    });
  });

  test('replaces what the user asks of it, too', async () => {
    expect(await pinsOf(world, { requires: ['lib<2'], overrides: ['lib==2.0'] })).toEqual({ lib: '2.0' });
  });

  test('brings nothing in that nobody asks for', async () => {
    expect(await pinsOf(world, { requires: ['gear'], overrides: ['lib==2.0'] })).toEqual({ gear: '1.0' });
  });

  test('holds under an extra only where the requirement did', async () => {
    const conditional = { ...world, app: { '1.0': { extras: { x: ['lib<1'] } } } };
    expect(await pinsOf(conditional, { requires: ['app'], overrides: ['lib==2.0'] })).toEqual({ app: '1.0' });
    expect(await pinsOf(conditional, { requires: ['app[x]'], overrides: ['lib==2.0'] })).toEqual({
      app: '1.0',
      lib: '2.0',
    });
  });

  test('keeps the extras asked for, unless it names its own', async () => {
    const asking = { ...world, app: { '1.0': { requires: ['lib[fast]<2'] } } };
    expect(await pinsOf(asking, { requires: ['app'], overrides: ['lib>=3'] })).toEqual({
      app: '1.0',
      gear: '1.0',
      lib: '3.0',
    });
    const plain = { ...world, app: { '1.0': { requires: ['lib<2'] } } };
    expect(await pinsOf(plain, { requires: ['app'], overrides: ['lib[fast]>=3'] })).toEqual({
      app: '1.0',
      gear: '1.0',
      lib: '3.0',
    });
  });

  test('whose marker does not hold takes the requirement away', async () => {
    const ask = { requires: ['app'], overrides: ['lib>=2; sys_platform == "win32"'] };
    expect(await pinsOf(world, ask)).toEqual({ app: '1.0' });
    expect(await pinsOf(world, { ...ask, on: '3.12 windows' })).toEqual({ app: '1.0', lib: '3.0' });
  });

  test('of several lines holds with all of them', async () => {
    const ask = { requires: ['app'], overrides: ['lib>=2', 'lib<3'] };
    expect(await pinsOf(world, ask)).toEqual({ app: '1.0', lib: '2.0' });
  });

  test('is named where it can not be met, not what it replaced', async () => {
    const ofPackage = await refusalOf(world, { requires: ['app'], overrides: ['lib>=5'] });
    expect(ofPackage.conflicting.map(({ origin }) => origin.source)).toEqual([
      'requirements.in',
      'overrides.txt',
    ]);
    expect(ofPackage.explanation).toContain('  lib>=5  (overrides.txt:1, an override)');
    expect(ofPackage.explanation).toContain('the override lib>=5 stands in for what app asks of lib');
    const ofUser = await refusalOf(world, { requires: ['lib<2'], overrides: ['lib>=5'] });
    expect(ofUser.explanation).toContain('the override lib>=5 stands in for lib<2');
  });

  test('is named where it conflicts with a line of the user’s', async () => {
    const needing = { ...world, gear: { '1.0': { requires: ['lib'] } }, app: { '1.0': {} } };
    const refusal = await refusalOf(needing, {
      requires: ['gear'],
      constraints: ['lib<2'],
      overrides: ['lib>=2'],
    });
    expect(refusal.conflicting.map(({ requirement }) => requirement.text)).toEqual([
      'gear',
      'lib<2',
      'lib>=2',
    ]);
  });
});
