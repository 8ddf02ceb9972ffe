import { describe, expect, test } from 'vitest';
import type { PrereleaseMode } from '../../src/index.ts';
import { pinsOf, refusalOf } from '../support/solve.ts';

const mixed = { '1.0': {}, '1.1a1': {}, '1.1b1': {} };
const only = { '1.1a1': {}, '1.1b1': {}, '1.1b2.dev3': {} };

async function chosen(
  versions: Readonly<Record<string, object>>,
  requirement: string,
  prerelease: PrereleaseMode,
): Promise<string> {
  try {
    const ask = { requires: [requirement], options: { prerelease } };
    return (await pinsOf({ lib: versions }, ask))['lib'] ?? 'none';
  } catch {
    return 'none';
  }
}

/** What uv 0.13.9 chooses in each mode. */
describe('pre-releases', () => {
  test.each([
    // A stable version that is allowed comes first, even where a pre-release is named.
    [mixed, 'lib', 'if-necessary-or-explicit', '1.0'],
    [mixed, 'lib>=1.0a1', 'if-necessary-or-explicit', '1.0'],
    [mixed, 'lib>=1.1a1', 'if-necessary-or-explicit', '1.1b1'],
    [mixed, 'lib>1.0', 'if-necessary-or-explicit', '1.1b1'],
    [only, 'lib', 'if-necessary-or-explicit', '1.1b2.dev3'],
    [mixed, 'lib', 'if-necessary', '1.0'],
    [mixed, 'lib>=1.1a1', 'if-necessary', '1.1b1'],
    [only, 'lib', 'if-necessary', '1.1b2.dev3'],
    [mixed, 'lib', 'explicit', '1.0'],
    [mixed, 'lib>=1.1a1', 'explicit', '1.1b1'],
    [only, 'lib===1.1a1', 'explicit', '1.1a1'],
    [only, 'lib', 'explicit', 'none'],
    [only, 'lib!=1.1a1', 'explicit', 'none'],
    [mixed, 'lib', 'allow', '1.1b1'],
    [mixed, 'lib', 'disallow', '1.0'],
    [mixed, 'lib>=1.1a1', 'disallow', 'none'],
    [only, 'lib', 'disallow', 'none'],
  ] as const)('of %o, %s under %s gives %s', async (versions, requirement, mode, expected) => {
    expect(await chosen(versions, requirement, mode)).toBe(expected);
  });

  test('named by a package are not named by the user', async () => {
    const world = { app: { '1.0': { requires: ['lib>=1.1a1'] } }, lib: mixed };
    expect(await pinsOf(world, { requires: ['app'] })).toEqual({ app: '1.0', lib: '1.1b1' });
    await refusalOf(world, { requires: ['app'], options: { prerelease: 'explicit' } });
    const named = { requires: ['app'], constraints: ['lib>=1.0.dev0'], options: { prerelease: 'explicit' } };
    expect(await pinsOf(world, { ...named, options: { prerelease: 'explicit' } })).toEqual({
      app: '1.0',
      lib: '1.1b1',
    });
  });

  test('are fallen back on once every stable version is ruled out', async () => {
    const world = {
      app: { '1.0': {} },
      lib: { '1.0': { requires: ['app>1'] }, '1.1a1': {} },
    };
    expect(await pinsOf(world, { requires: ['lib', 'app'] })).toEqual({ app: '1.0', lib: '1.1a1' });
  });

  test('come last where the lowest is wanted, too', async () => {
    const world = { lib: { '0.9a1': {}, '1.0': {} } };
    expect(await pinsOf(world, { requires: ['lib'], options: { mode: 'lowest' } })).toEqual({ lib: '1.0' });
  });

  test('that are refused are told, with what admits them', async () => {
    const { explanation } = await refusalOf(
      { lib: { '1.1a1': {} } },
      { requires: ['lib'], options: { prerelease: 'disallow' } },
    );
    expect(explanation).toContain('lib 1.1a1 is a pre-release: --prerelease allow admits it');
  });
});

describe('pre-releases of one package', () => {
  const world = { lib: mixed, other: mixed };

  test.each([
    ['disallow', 'allow', { lib: '1.1b1', other: '1.0' }],
    ['allow', 'disallow', { lib: '1.0', other: '1.1b1' }],
    ['allow', 'if-necessary', { lib: '1.0', other: '1.1b1' }],
  ] as const)('under %s for all and %s for it', async (prerelease, own, pins) => {
    const options = { prerelease, prereleasePackages: new Map([['lib', own]]) };
    expect(await pinsOf(world, { requires: ['lib', 'other'], options })).toEqual(pins);
  });

  test('are told with the option that admits them', async () => {
    const options = { prereleasePackages: new Map([['lib', 'disallow' as const]]) };
    const { explanation } = await refusalOf(world, { requires: ['lib>1.0'], options });
    expect(explanation).toContain('are pre-releases: --prerelease-package lib=allow admits them');
  });
});
