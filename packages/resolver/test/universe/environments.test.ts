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

describe('supported environments', () => {
  const world = {
    app: { '1.0': { requires: ['win; sys_platform == "win32"', 'old; python_version < "3.12"'] } },
    win: { '1.0': {} },
    old: { '1.0': {} },
  };

  test('limit the lock to where one of them holds', async () => {
    const environments = ["sys_platform == 'linux'", "sys_platform == 'darwin' and python_version >= '3.13'"];
    const lock = await lockOf(world, { requires: ['app'], environments });
    expect(lock.packages.map(({ name }) => name)).toEqual(['app', 'old']);
    expect(pinsOn(lock, '3.11 linux')).toEqual({ app: '1.0', old: '1.0' });
    expect(pinsOn(lock, '3.13 aarch64-unknown-linux-gnu')).toEqual({ app: '1.0' });
    expect(pinsOn(lock, '3.13 macos')).toEqual({ app: '1.0' });
    for (const on of ['3.12 macos', '3.13 windows', '3.11 windows']) expect(pinsOn(lock, on)).toBeNull();
    expect(lock.uncovered).toEqual([]);
  });

  test('leave out the Pythons on which none holds, though the project allows them', async () => {
    const lock = await lockOf(world, { requires: ['app'], environments: ["python_version >= '3.12'"] });
    expect(lock.requiresPython).toBe('>=3.11');
    expect(pinsOn(lock, '3.11 linux')).toBeNull();
    expect(pinsOn(lock, '3.12 windows')).toEqual({ app: '1.0', win: '1.0' });
  });

  test('may part a Python at a patch level', async () => {
    const environments = ["python_full_version >= '3.11.4' and sys_platform == 'linux'"];
    const lock = await lockOf(world, { requires: ['app'], requiresPython: '==3.11.*', environments });
    expect(pinsOn(lock, '3.11.3 linux')).toBeNull();
    expect(pinsOn(lock, '3.11.4 linux')).toEqual({ app: '1.0', old: '1.0' });
  });

  test('beside the usual platforms bring the platforms that have them', async () => {
    const environments = ["platform_machine == 's390x'"];
    const lock = await lockOf(world, { requires: ['app'], environments });
    expect(pinsOn(lock, '3.12 s390x-unknown-linux-gnu')).toEqual({ app: '1.0' });
    expect(pinsOn(lock, '3.12 linux')).toBeNull();
  });

  test('of which nothing can be covered refuse the lock', async () => {
    const windowsOnly = { app: { '1.0': { files: [wheel('py3-none-win_amd64')] } } };
    const asked = { requires: ['app'], environments: ["sys_platform == 'win32'", "sys_platform == 'linux'"] };
    const resolution = await solveUniverse(windowsOnly, asked);
    if (resolution.status === 'resolved') throw new Error('there is a lock');
    expect(new Set(resolution.refusals.map(({ target }) => target.platform))).toEqual(
      new Set(['x86_64-unknown-linux-gnu', 'aarch64-unknown-linux-gnu']),
    );
    // Of what is supported on Windows a part is covered: the rest is told.
    const lock = await lockOf(windowsOnly, { requires: ['app'], environments: ["sys_platform == 'win32'"] });
    expect(new Set(lock.uncovered.map(({ platform }) => platform))).toEqual(
      new Set(['aarch64-pc-windows-msvc']),
    );
  });

  test.each([
    [{ environments: ["implementation_name == 'pypy'"] }, 'no platform has the supported environment'],
    [{ environments: ["python_version < '3.11'"] }, 'lies outside of the Pythons asked for'],
    [
      { environments: ["sys_platform == 'linux'"], requiredEnvironments: ["sys_platform == 'win32'"] },
      'the required environment `sys_platform == "win32"` lies outside of',
    ],
    [
      { environments: ["sys_platform == 'linux'"], platforms: ['windows'] },
      'none of the platforms windows has the environment',
    ],
  ])('that make no sense are refused: %j', async (ask, message) => {
    await expect(solveUniverse(world, { requires: ['app'], ...ask })).rejects.toThrow(message);
  });
});
