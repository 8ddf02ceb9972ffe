import { describe, expect, test } from 'vitest';
import { lockOf, pinsOn, solveUniverse } from '../support/lock.ts';

const wheel = (tags: string): string => `app-1.0-${tags}.whl`;

describe('the environments of a lock', () => {
  test('leave out a Python that is covered nowhere', async () => {
    const lock = await lockOf({ app: { '1.0': { requiresPython: '>=3.12' } } }, { requires: ['app'] });
    for (const platform of ['linux', 'macos', 'windows', 'aarch64-unknown-linux-gnu']) {
      expect(pinsOn(lock, `3.11 ${platform}`)).toBeNull();
      expect(pinsOn(lock, `3.12 ${platform}`)).toEqual({ app: '1.0' });
    }
    expect(lock.uncovered).toHaveLength(6);
    expect(lock.uncovered.every(({ python, reason }) => python === '3.11' && reason !== '')).toBe(true);
  });

  test('leave out a platform without a wheel, and say why', async () => {
    const files = ['py3-none-manylinux_2_17_x86_64', 'py3-none-macosx_11_0_universal2', 'py3-none-win_amd64'];
    const lock = await lockOf(
      { app: { '1.0': { files: files.map(wheel) } } },
      { requires: ['app'], requiresPython: '>=3.13' },
    );
    expect(pinsOn(lock, '3.13 aarch64-apple-darwin')).toEqual({ app: '1.0' });
    expect(pinsOn(lock, '3.13 aarch64-unknown-linux-gnu')).toBeNull();
    expect(lock.uncovered.map(({ python, platform }) => `${python} ${platform}`)).toEqual([
      '3.14 aarch64-unknown-linux-gnu',
      '3.14 aarch64-pc-windows-msvc',
      '3.13 aarch64-unknown-linux-gnu',
      '3.13 aarch64-pc-windows-msvc',
    ]);
    expect(lock.uncovered[0]?.reason).toContain(
      'has no wheel that fits: its wheels are for linux x86_64, macos universal2 and windows amd64',
    );
  });

  test('hold a platform at an older version where only that has a wheel for it', async () => {
    const world = {
      app: {
        '1.0': {},
        '2.0': { files: ['py3-none-manylinux_2_17_x86_64'].map((tags) => `app-2.0-${tags}.whl`) },
      },
    };
    const lock = await lockOf(world, { requires: ['app'] });
    expect(pinsOn(lock, '3.12 linux')).toEqual({ app: '2.0' });
    expect(pinsOn(lock, '3.12 windows')).toEqual({ app: '1.0' });
    expect(lock.uncovered).toEqual([]);
  });

  test('must hold those named, or there is no lock', async () => {
    const world = { app: { '1.0': { files: [wheel('py3-none-win_amd64')] } } };
    const resolution = await solveUniverse(world, { requires: ['app'], platforms: ['windows', 'macos'] });
    expect(resolution).toMatchObject({
      status: 'no-solution',
      refusals: [
        { target: { platform: 'macos' } },
        { target: { platform: 'macos' } },
        { target: { platform: 'macos' } },
        { target: { platform: 'macos' } },
      ],
    });
  });
});

describe('a required environment', () => {
  const windowsOnly = { app: { '1.0': { files: [wheel('py3-none-win_amd64')] } } };

  test('that can be covered changes nothing', async () => {
    const plain = await lockOf(windowsOnly, { requires: ['app'] });
    const required = await lockOf(windowsOnly, {
      requires: ['app'],
      requiredEnvironments: ['sys_platform == "win32" and platform_machine == "AMD64"'],
    });
    expect(required).toEqual(plain);
  });

  test('that no combination covers refuses the lock', async () => {
    const resolution = await solveUniverse(windowsOnly, {
      requires: ['app'],
      requiredEnvironments: ['sys_platform == "darwin" and platform_machine == "x86_64"'],
    });
    if (resolution.status === 'resolved') throw new Error('there is a lock');
    expect(new Set(resolution.refusals.map(({ target }) => target.platform))).toEqual(
      new Set(['x86_64-apple-darwin']),
    );
    expect(resolution.refusals[0]?.explanation).toContain('has no wheel');
  });

  test('beside the usual platforms is covered too', async () => {
    const world = {
      app: {
        '1.0': { files: [wheel('py3-none-any')] },
        '2.0': { files: ['app-2.0-py3-none-manylinux_2_17_x86_64.whl'] },
      },
    };
    const lock = await lockOf(world, {
      requires: ['app'],
      requiredEnvironments: ['sys_platform == "linux" and platform_machine == "ppc64le"'],
    });
    expect(pinsOn(lock, '3.12 ppc64le-unknown-linux-gnu')).toEqual({ app: '1.0' });
    expect(pinsOn(lock, '3.12 linux')).toEqual({ app: '2.0' });
    expect(pinsOn(lock, '3.12 s390x-unknown-linux-gnu')).toBeNull();
  });

  test('that nothing has is told', async () => {
    await expect(
      solveUniverse(windowsOnly, {
        requires: ['app'],
        requiredEnvironments: ['implementation_name == "pypy"'],
      }),
    ).rejects.toThrow('no platform has the required environment');
  });
});
