import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestWheel,
  InvalidTagTargetError,
  parseWheelFilename,
  type TagTarget,
  tagRank,
  tagStrings,
  tagsFor,
  wheelRank,
  wheelTags,
} from '../src/index.ts';

const linux312: TagTarget = {
  implementation: 'cpython',
  python: '3.12',
  freeThreaded: false,
  platform: { kind: 'manylinux', arch: 'x86_64', version: [2, 17] },
};

const on = (platform: TagTarget['platform'], rest: Partial<TagTarget> = {}): readonly string[] =>
  tagStrings(tagsFor({ ...linux312, platform, ...rest }));

describe('tagsFor', () => {
  it('orders own ABI, stable ABI, none, older stable ABIs, then what runs anywhere', () => {
    const tags = on({ kind: 'windows', arch: 'win_amd64' });
    expect(tags.slice(0, 4)).toEqual([
      'cp312-cp312-win_amd64',
      'cp312-abi3-win_amd64',
      'cp312-none-win_amd64',
      'cp311-abi3-win_amd64',
    ]);
    expect(tags.slice(-3)).toEqual(['py32-none-any', 'py31-none-any', 'py30-none-any']);
    expect(tags.indexOf('cp312-none-any')).toBeLessThan(tags.indexOf('py312-none-any'));
  });

  it('names manylinux by glibc, with the older alias beside it, and the native tag last', () => {
    const platforms = on(linux312.platform)
      .filter((tag) => tag.startsWith('cp312-cp312-'))
      .map((tag) => tag.slice('cp312-cp312-'.length));
    expect(platforms.slice(0, 2)).toEqual(['manylinux_2_17_x86_64', 'manylinux2014_x86_64']);
    expect(platforms.slice(-3)).toEqual(['manylinux_2_5_x86_64', 'manylinux1_x86_64', 'linux_x86_64']);
  });

  it.each([
    ['aarch64', 'manylinux_2_17_aarch64', 'manylinux2014_aarch64'],
    ['riscv64', 'manylinux_2_17_riscv64', 'manylinux2014_riscv64'],
    ['i686', 'manylinux_2_5_i686', 'manylinux1_i686'],
  ])('goes down to the oldest glibc that %s has had', (arch, oldest, alias) => {
    const tags = on({ kind: 'manylinux', arch, version: [2, 28] });
    const own = tags.filter((tag) => tag.startsWith('cp312-cp312-manylinux'));
    expect(own.slice(-2)).toEqual([`cp312-cp312-${oldest}`, `cp312-cp312-${alias}`]);
  });

  it('takes wheels of ARMv7 on ARMv8 in 32 bits', () => {
    const tags = on({ kind: 'manylinux', arch: 'armv8l', version: [2, 17] });
    expect(tags).toContain('cp312-cp312-manylinux_2_17_armv7l');
    expect(tags.indexOf('cp312-cp312-manylinux_2_17_armv8l')).toBe(0);
  });

  it('takes every glibc 2 on a glibc 3', () => {
    expect(on({ kind: 'manylinux', arch: 'x86_64', version: [3, 1] }).slice(0, 3)).toEqual([
      'cp312-cp312-manylinux_3_1_x86_64',
      'cp312-cp312-manylinux_3_0_x86_64',
      'cp312-cp312-manylinux_2_50_x86_64',
    ]);
  });

  it('gives macOS fat formats down the ages, and universal2 alone of the old ones on arm64', () => {
    const old = on({ kind: 'macos', arch: 'ppc', version: [10, 6] });
    expect(old.slice(0, 4).map((tag) => tag.slice(12))).toEqual([
      'macosx_10_6_ppc',
      'macosx_10_6_fat3',
      'macosx_10_6_fat',
      'macosx_10_6_universal',
    ]);
    const arm = on({ kind: 'macos', arch: 'arm64', version: [14, 0] });
    expect(arm).toContain('cp312-cp312-macosx_10_9_universal2');
    expect(arm).not.toContain('cp312-cp312-macosx_10_9_x86_64');
    expect(on({ kind: 'macos', arch: 'x86_64', version: [14, 5] })).not.toContain(
      'cp312-cp312-macosx_14_5_x86_64',
    );
  });

  it('tells free-threaded and debug builds apart (PEP 703, PEP 803)', () => {
    const threaded = on({ kind: 'windows', arch: 'win_amd64' }, { python: '3.15', freeThreaded: true });
    expect(threaded.slice(0, 4)).toEqual([
      'cp315-cp315t-win_amd64',
      'cp315-abi3t-win_amd64',
      'cp315-none-win_amd64',
      'cp314-abi3t-win_amd64',
    ]);
    expect(threaded.some((tag) => tag.includes('-abi3-'))).toBe(false);
    const debug = on({ kind: 'linux', arch: 'x86_64' }, { python: '3.13', freeThreaded: true, debug: true });
    expect(debug.slice(0, 2)).toEqual(['cp313-cp313td-linux_x86_64', 'cp313-cp313t-linux_x86_64']);
  });

  it.each([
    ['2.7', 'manylinux', 'cp27-cp27mu-manylinux_2_17_x86_64', 'py20-none-any'],
    ['3.7', 'manylinux', 'cp37-cp37m-manylinux_2_17_x86_64', 'py30-none-any'],
  ] as const)('knows the ABI flags of Python %s', (python, kind, first, last) => {
    const tags = on({ kind, arch: 'x86_64', version: [2, 17] }, { python });
    expect(tags[0]).toBe(first);
    expect(tags.at(-1)).toBe(last);
  });

  it('knows PyPy and GraalPy', () => {
    const windows = { kind: 'windows', arch: 'amd64' } as const;
    expect(on(windows, { implementation: 'pypy', python: '3.11' })[0]).toBe('pp311-pypy311_pp73-win_amd64');
    expect(on(windows, { implementation: 'pypy', python: '2.7' })[0]).toBe('pp27-pypy_73-win_amd64');
    const graalpy = on(windows, { implementation: 'graalpy', python: '3.12' });
    expect(graalpy[0]).toBe('graalpy312-graalpy250_312_native-win_amd64');
    expect(graalpy).not.toContain('graalpy312-none-any');
  });

  it('knows iOS, Android, Pyodide, WASI and musl', () => {
    expect(on({ kind: 'ios', arch: 'arm64-iphoneos', version: [13, 1] }).slice(0, 3)).toEqual([
      'cp312-cp312-ios_13_1_arm64_iphoneos',
      'cp312-cp312-ios_13_0_arm64_iphoneos',
      'cp312-cp312-ios_12_9_arm64_iphoneos',
    ]);
    const android = on({ kind: 'android', arch: 'arm64-v8a', version: [24, 0] });
    expect(android[0]).toBe('cp312-cp312-android_24_arm64_v8a');
    expect(android).toContain('cp312-cp312-android_16_arm64_v8a');
    expect(android).not.toContain('cp312-cp312-android_15_arm64_v8a');
    expect(on({ kind: 'pyodide', arch: 'wasm32', version: [2025, 0] }).slice(0, 3)).toEqual([
      'cp312-cp312-pyemscripten_2025_0_wasm32',
      'cp312-cp312-pyodide_2025_0_wasm32',
      'cp312-cp312-emscripten_4_0_9_wasm32',
    ]);
    expect(on({ kind: 'wasi', arch: 'wasm32' })[0]).toBe('cp312-cp312-wasi_0_0_0_wasm32');
    expect(on({ kind: 'musllinux', arch: 'x86_64', version: [1, 2] }).slice(0, 3)).toEqual([
      'cp312-cp312-musllinux_1_2_x86_64',
      'cp312-cp312-musllinux_1_1_x86_64',
      'cp312-cp312-musllinux_1_0_x86_64',
    ]);
  });

  it('refuses a target that no tags can be made for, saying what it lacks', () => {
    expect(() => on({ kind: 'macos', arch: 'arm64' })).toThrow(InvalidTagTargetError);
    expect(() => on({ kind: 'manylinux', arch: 'x86_64' })).toThrow(/glibc version/);
    expect(() => on(linux312.platform, { python: 'three' })).toThrow(/"three" is not a Python version/);
    expect(() => on(linux312.platform, { implementation: 'graalpy', python: '3.30' })).toThrow(
      /implementationVersion/,
    );
  });
});

describe('wheelRank', () => {
  const set = tagsFor(linux312);
  const tags = tagStrings(set);

  it('is the index in the list of tags, for each of them', () => {
    for (const [index, tag] of tags.entries()) expect(tagRank(set, tag)).toBe(index);
    expect(tags.length).toBe(set.size);
  });

  it('is the least index of the single tags that a compressed set stands for', () => {
    const part = (index: 0 | 1 | 2) =>
      fc
        .uniqueArray(fc.constantFrom(...tags.map((tag) => tag.split('-')[index] ?? ''), 'cp27', 'win32'), {
          minLength: 1,
          maxLength: 4,
        })
        .map((parts) => parts.join('.'));
    fc.assert(
      fc.property(part(0), part(1), part(2), (interpreter, abi, platform) => {
        const tag = `${interpreter}-${abi}-${platform}`;
        const ranks = wheelTags({ tag })
          .map((single) => tags.indexOf(single))
          .filter((rank) => rank !== -1);
        expect(tagRank(set, tag)).toBe(ranks.length === 0 ? -1 : Math.min(...ranks));
      }),
    );
  });

  it('is -1 for what the target does not take', () => {
    expect(wheelRank(set, parseWheelFilename('a-1-cp312-cp312-win_amd64.whl'))).toBe(-1);
    expect(wheelRank(set, parseWheelFilename('a-1-cp313-abi3-manylinux1_x86_64.whl'))).toBe(-1);
    expect(wheelRank(set, parseWheelFilename('a-1-py27-none-any.whl'))).toBe(-1);
  });
});

describe('bestWheel', () => {
  const set = tagsFor(linux312);
  const best = (...names: string[]): string | undefined =>
    bestWheel(
      names.map((n) => parseWheelFilename(n)),
      set,
    )?.filename;

  it('prefers the tag, then the build number, then the first', () => {
    expect(best('a-1-py3-none-any.whl', 'a-1-cp312-cp312-manylinux1_x86_64.whl')).toContain('cp312');
    expect(best('a-1-py3-none-any.whl', 'a-1-9x-py3-none-any.whl', 'a-1-10-py3-none-any.whl')).toContain(
      '-10-',
    );
    expect(best('a-1-1b-py3-none-any.whl', 'a-1-1a-py3-none-any.whl')).toContain('-1b-');
    expect(best('a-1-1-py3-none-any.whl', 'A-1-1-py3-none-any.whl')).toBe('a-1-1-py3-none-any.whl');
    expect(best('a-1-cp311-cp311-manylinux1_x86_64.whl')).toBeUndefined();
    expect(best()).toBeUndefined();
  });
});
