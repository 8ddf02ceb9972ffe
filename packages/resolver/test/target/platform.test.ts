import { readFileSync } from 'node:fs';
import { parseWheelFilename, tagStrings, wheelRank } from '@pyplan/wheel-meta';
import { describe, expect, test } from 'vitest';
import { InvalidTargetError, target } from '../../src/index.ts';

/**
 * What markers see under each `--python-platform` of uv 0.13.9: os_name, sys_platform, platform_system,
 * platform_machine, platform_release and platform_version, found by a requirement for each value.
 */
const uv: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('recorded/uv-platforms.json', import.meta.url), 'utf8'),
);

function fits(platform: string, tag: string): boolean {
  return wheelRank(target('3.12', platform).tags, parseWheelFilename(`lib-1.0-${tag}.whl`)) >= 0;
}

describe('a platform', () => {
  test.each(Object.entries(uv))('%s is to markers what it is in uv', (platform, expected) => {
    const { environment } = target('3.12', platform);
    expect([
      environment.os_name,
      environment.sys_platform,
      environment.platform_system,
      environment.platform_machine,
      environment.platform_release,
      environment.platform_version,
    ]).toEqual(expected);
  });

  test.each([
    ['linux', 'cp312-cp312-manylinux_2_28_x86_64', true],
    ['linux', 'cp312-cp312-manylinux_2_29_x86_64', false],
    ['linux', 'cp312-cp312-musllinux_1_2_x86_64', false],
    ['x86_64-manylinux2014', 'cp312-cp312-manylinux_2_17_x86_64', true],
    ['x86_64-manylinux2014', 'cp312-cp312-manylinux_2_28_x86_64', false],
    ['x86_64-manylinux_2_34', 'cp312-cp312-manylinux_2_34_x86_64', true],
    ['manylinux_2_34_x86_64', 'cp312-cp312-manylinux_2_34_x86_64', true],
    ['riscv64-unknown-linux', 'cp312-cp312-manylinux_2_39_riscv64', true],
    ['aarch64-unknown-linux-musl', 'cp312-cp312-musllinux_1_2_aarch64', true],
    ['aarch64-unknown-linux-musl', 'cp312-cp312-manylinux_2_17_aarch64', false],
    ['macos', 'cp312-cp312-macosx_13_0_arm64', true],
    ['macos', 'cp312-cp312-macosx_14_0_arm64', false],
    ['aarch64-apple-darwin14.0', 'cp312-cp312-macosx_14_0_arm64', true],
    ['x86_64-apple-darwin', 'cp312-cp312-macosx_10_9_x86_64', true],
    ['windows', 'cp312-cp312-win_amd64', true],
    ['aarch64-pc-windows-msvc', 'cp312-cp312-win_arm64', true],
    ['i686-pc-windows-msvc', 'cp312-cp312-win32', true],
    ['arm64-apple-ios', 'cp312-cp312-ios_13_0_arm64_iphoneos', true],
    ['aarch64-linux-android', 'cp312-cp312-android_24_arm64_v8a', true],
    ['wasm32-pyodide2024', 'cp312-cp312-pyodide_2024_0_wasm32', true],
    ['arm64-apple-ios', 'cp312-cp312-ios_13_1_arm64_iphoneos', false],
    ['arm64-apple-ios15.2', 'cp312-cp312-ios_15_2_arm64_iphoneos', true],
    ['x86_64-apple-ios-simulator', 'cp312-cp312-ios_13_0_x86_64_iphonesimulator', true],
    ['aarch64-linux-android21', 'cp312-cp312-android_24_arm64_v8a', false],
    ['wasm32-pyodide2026', 'cp312-cp312-pyemscripten_2026_0_wasm32', true],
    ['loongarch64-unknown-linux-gnu', 'cp312-cp312-manylinux_2_36_loongarch64', true],
  ])('%s takes %s: %s', (platform, tag, expected) => {
    expect(fits(platform, tag)).toBe(expected);
  });

  test.each([
    ['manylinux2014_aarch64', 'aarch64-manylinux2014'],
    ['manylinux_2_31_x86_64', 'x86_64-manylinux_2_31'],
    ['musllinux_1_2_x86_64', 'x86_64-unknown-linux-musl'],
    ['macosx_14_0_arm64', 'aarch64-apple-darwin14.0'],
    ['macosx_10_15_x86_64', 'x86_64-apple-darwin10.15'],
    ['win_amd64', 'windows'],
    ['win_arm64', 'aarch64-pc-windows-msvc'],
    ['win32', 'i686-pc-windows-msvc'],
    ['ios_15_4_arm64_iphonesimulator', 'arm64-apple-ios-simulator15.4'],
    ['android_21_arm64_v8a', 'aarch64-linux-android21'],
    ['pyodide_2025_0_wasm32', 'wasm32-pyodide2025'],
    ['linux-arm64', 'aarch64-unknown-linux-gnu'],
    ['linux-x86_64', 'linux'],
    ['macos-14', 'aarch64-apple-darwin14'],
    ['macos-x86_64', 'x86_64-apple-darwin'],
    ['macos-15-x64', 'x86_64-apple-darwin15'],
    ['windows-arm64', 'aarch64-pc-windows-msvc'],
  ])('%s is %s by another name', (name, triple) => {
    const [one, other] = [target('3.12', name), target('3.12', triple)];
    expect(one.environment).toEqual(other.environment);
    expect(tagStrings(one.tags)).toEqual(tagStrings(other.tags));
  });

  test('of which only its own wheels are wanted takes no other Linux', () => {
    expect(fits('linux_x86_64', 'cp312-cp312-linux_x86_64')).toBe(true);
    expect(fits('linux_x86_64', 'cp312-cp312-manylinux_2_17_x86_64')).toBe(false);
  });

  test.each(['linux14', 'windows-11', 'x86_64-apple-ios', 'macosx_14_0_universal2', 'linux-sparc'])(
    'there is no %s',
    (name) => expect(() => target('3.12', name)).toThrow(InvalidTargetError),
  );

  test.each(['', 'beos', 'Linux', 'x86_64', 'sparc-unknown-linux-gnu', 'wasm32-pyodide1999', 'linux '])(
    'named "%s" is refused with what was expected',
    (name) => {
      expect(() => target('3.12', name)).toThrow(InvalidTargetError);
      expect(() => target('3.12', name)).toThrow(
        `unknown platform "${name}": expected linux, macos, windows`,
      );
    },
  );
});
