import { parseRequirement } from '@pyplan/markers';
import { describe, expect, test } from 'vitest';
import {
  defaultOptions,
  memorySource,
  type RequirementScope,
  type Resolution,
  resolve,
  type ScopedExcludes,
} from '../../src/index.ts';
import { lines, targetNamed } from '../support/solve.ts';

const world = {
  app: {
    '1.0': { requires: ['lib<2', 'gear ; python_version < "3"'], extras: { x: ['tool<2'] } },
    '2.0': { requires: ['lib<2'], extras: { x: ['tool<2'] } },
  },
  other: { '1.0': { requires: ['lib'] } },
  lib: { '1.0': {}, '2.0': {}, '3.0': { yanked: 'broken' } },
  tool: { '1.0': {}, '2.0': {} },
  gear: { '1.0': {} },
  bit: { '1.0': {} },
  nest: { '1.0': { extras: { all: ['nest[x]'], x: ['bit'] } } },
};

interface Ask {
  readonly requires: readonly string[];
  /** Overrides by the scope that they have: `app`, `app 1.0`, or an empty text for none. */
  readonly overrides?: Readonly<Record<string, readonly string[]>>;
  readonly excludes?: Readonly<Record<string, readonly string[]>>;
}

function scopeOf(text: string): RequirementScope {
  const [name = '', version = null] = text.split(' ');
  return { package: name, version };
}

function solve({ requires, overrides = {}, excludes = {} }: Ask): Promise<Resolution> {
  const scopedExcludes: readonly ScopedExcludes[] = Object.entries(excludes).map(([scope, names]) => ({
    scope: scopeOf(scope),
    names,
  }));
  return resolve({
    requirements: lines('requirements.in', requires),
    constraints: [],
    overrides: Object.entries(overrides).flatMap(([scope, texts]) =>
      texts.map((text) => ({
        requirement: parseRequirement(text),
        origin: { source: 'pyproject.toml', line: 7, column: 1 },
        ...(scope === '' ? {} : { scope: scopeOf(scope) }),
      })),
    ),
    targets: [targetNamed('3.12 linux')],
    source: memorySource(world),
    options: { ...defaultOptions, scopedExcludes },
    repairTrials: 8,
  });
}

async function pins(ask: Ask): Promise<string> {
  const resolution = await solve(ask);
  const [plan] = resolution.plans;
  return (plan?.packages ?? []).map(({ name, version }) => `${name} ${version}`).join(', ');
}

describe('an override of what one package asks', () => {
  test('replaces it, and leaves what others and the user ask', async () => {
    expect(await pins({ requires: ['app'], overrides: { app: ['lib>=2'] } })).toBe('app 2.0, lib 2.0');
    expect(await pins({ requires: ['other', 'lib<2'], overrides: { app: ['lib>=2'] } })).toBe(
      'lib 1.0, other 1.0',
    );
  });

  test('for the very version goes before one for all, and that before one for everybody', async () => {
    const overrides = { '': ['lib==1.0'], app: ['lib>=2'], 'app 1.0.0': ['bit'] };
    expect(await pins({ requires: ['app==2.0'], overrides })).toBe('app 2.0, lib 2.0');
    // What is for 1.0 says nothing of lib: there counts what is for everybody.
    expect(await pins({ requires: ['app==1.0'], overrides })).toBe('app 1.0, bit 1.0, lib 1.0');
  });

  test('adds what is not asked for, whatever marker or extra would ask', async () => {
    expect(await pins({ requires: ['other'], overrides: { other: ['gear'] } })).toBe(
      'gear 1.0, lib 2.0, other 1.0',
    );
    // app 1.0 asks for gear, if never here, and for tool, if only under an extra.
    const overrides = { app: ['gear', 'tool>=2'] };
    expect(await pins({ requires: ['app==1.0'], overrides })).toBe('app 1.0, lib 1.0');
    expect(await pins({ requires: ['app[x]==1.0'], overrides })).toBe('app 1.0, lib 1.0, tool 2.0');
    expect(await pins({ requires: ['app==2.0'], overrides })).toBe('app 2.0, gear 1.0, lib 1.0');
  });

  test('whose marker does not hold takes the requirement away', async () => {
    const overrides = { app: ['lib>=2 ; sys_platform == "win32"', 'gear ; sys_platform == "win32"'] };
    expect(await pins({ requires: ['app'], overrides })).toBe('app 2.0');
  });

  test('that pins a yanked version lets it in for all, as in uv', async () => {
    expect(await pins({ requires: ['lib>2'], overrides: { nobody: ['lib==3.0'] } })).toBe('lib 3.0');
  });

  test('is named in a refusal, and can be repaired', async () => {
    const resolution = await solve({ requires: ['app', 'lib<2'], overrides: { app: ['lib>=2'] } });
    const [refusal] = resolution.status === 'no-solution' ? resolution.refusals : [];
    expect(refusal?.explanation).toContain('lib>=2  (pyproject.toml:7, an override of what app asks)');
    expect(refusal?.repairs?.map(({ text }) => text)).toEqual([
      'change lib<2 (requirements.in:2) to lib or to ==2.0',
      'change lib>=2 (pyproject.toml:7) to lib or to ==1.0',
    ]);
  });
});

describe('an exclude of what one package asks', () => {
  test('leaves it out there alone', async () => {
    expect(await pins({ requires: ['app'], excludes: { app: ['lib'] } })).toBe('app 2.0');
    expect(await pins({ requires: ['app', 'other'], excludes: { app: ['lib'] } })).toBe(
      'app 2.0, lib 2.0, other 1.0',
    );
  });

  test('is for one version, or for those that no other is for', async () => {
    const excludes = { 'app 1.0': ['gear'], app: ['lib'] };
    expect(await pins({ requires: ['app==1.0'], excludes })).toBe('app 1.0, lib 1.0');
    expect(await pins({ requires: ['app==2.0'], excludes })).toBe('app 2.0');
  });

  test('goes before an override', async () => {
    const overrides = { app: ['lib>=2', 'gear'] };
    expect(await pins({ requires: ['app'], overrides, excludes: { app: ['lib', 'gear'] } })).toBe('app 2.0');
  });

  test('leaves out extras that it asks of itself, so they are not in force', async () => {
    const extras = async (excludes: Ask['excludes'] = {}): Promise<readonly string[]> => {
      const [plan] = (await solve({ requires: ['nest[all]'], excludes })).plans;
      return plan?.packages.map(({ name, extras }) => `${name}[${extras}]`) ?? [];
    };
    expect(await extras()).toEqual(['bit[]', 'nest[all,x]']);
    expect(await extras({ nest: ['nest'] })).toEqual(['nest[all]']);
  });
});
