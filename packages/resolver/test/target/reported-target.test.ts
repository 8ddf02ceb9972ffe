import { tagStrings } from '@pyplan/wheel-meta';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidTargetError, reportedTarget, target } from '../../src/index.ts';

const linux = target('3.12.4', 'x86_64-manylinux_2_31').environment;

function facts(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    platform: 'linux-x86_64',
    bits: 64,
    ext_suffix: '.cpython-312-x86_64-linux-gnu.so',
    free_threaded: false,
    debug: false,
    glibc: [2, 31],
    musl: null,
    elf: { bits: 64, machine: 62, flags: 0 },
    ...changes,
  };
}

function tagsOf(report: unknown): readonly string[] {
  return tagStrings(reportedTarget(report).target.tags);
}

describe('a target by the report of its interpreter', () => {
  test.each([
    ['glibc', facts(), 'x86_64-manylinux_2_31'],
    ['musl', facts({ glibc: null, musl: [1, 2] }), 'x86_64-musllinux_1_2'],
    ['neither', facts({ glibc: null }), 'linux_x86_64'],
    ['a glibc before manylinux', facts({ glibc: [2, 4] }), 'linux_x86_64'],
    ['32 bits on 64', facts({ bits: 32, elf: { bits: 32, machine: 3, flags: 0 } }), 'i686-manylinux_2_31'],
    [
      'ARM with hardware floats',
      facts({ platform: 'linux-armv7l', bits: 32, elf: { bits: 32, machine: 40, flags: 0x5000400 } }),
      'armv7-manylinux_2_31',
    ],
    [
      'ARM without',
      facts({ platform: 'linux-armv7l', bits: 32, elf: { bits: 32, machine: 40, flags: 0x5000200 } }),
      'linux_armv7l',
    ],
  ])('on Linux with %s', (_, interpreter, platform) => {
    const report = { environment: linux, interpreter };
    const { tags, platform: name } = reportedTarget(report).target;
    expect(tagStrings(tags)).toEqual(tagStrings(target('3.12.4', platform).tags));
    expect(name).toBe(platform);
  });

  test.each([
    [
      'aarch64-apple-darwin14.5',
      { platform: 'macosx-11.0-arm64', macos: { version: [14, 5], cpu: 'arm64' } },
    ],
    [
      'x86_64-apple-darwin10.15',
      { platform: 'macosx-10.9-x86_64', macos: { version: [10, 15], cpu: 'x86_64' } },
    ],
    ['win_amd64', { platform: 'win-amd64' }],
    ['win32', { platform: 'win32', bits: 32 }],
    [
      'ios_17_2_arm64_iphoneos',
      { platform: 'ios-13.0-arm64', ios: { version: [17, 2], multiarch: 'arm64-iphoneos' } },
    ],
    ['android_30_arm64_v8a', { platform: 'android-24-arm64_v8a', android: 30 }],
    ['wasm32-pyodide2025', { platform: 'emscripten-4.0.9-wasm32', pyodide: '2025_0' }],
  ])('on %s', (platform, interpreter) => {
    const expected = target('3.13.1', platform);
    const report = { environment: expected.environment, interpreter: facts({ glibc: null, ...interpreter }) };
    expect(tagsOf(report)).toEqual(tagStrings(expected.tags));
    expect(reportedTarget(report).target.platform).toBe(platform);
  });

  test.each([
    ['3.14.2t', { free_threaded: true }],
    ['pypy3.11.13', { ext_suffix: '.pypy311-pp73-x86_64-linux-gnu.so' }],
    ['graalpy3.12.8', { ext_suffix: '.graalpy250-312-native-x86_64-linux.so' }],
  ])('of %s', (python, interpreter) => {
    const expected = target(python, 'x86_64-manylinux_2_31');
    const { target: found } = reportedTarget({
      environment: expected.environment,
      interpreter: facts(interpreter),
    });
    expect(found.python).toBe(python);
    expect(tagStrings(found.tags)).toEqual(tagStrings(expected.tags));
  });

  test('of a debug build takes what is built for the release as well', () => {
    const tags = tagsOf({ environment: linux, interpreter: facts({ debug: true }) });
    expect(tags[0]).toBe('cp312-cp312d-manylinux_2_31_x86_64');
    expect(tags).toContain('cp312-cp312-manylinux_2_31_x86_64');
  });

  test('sees in markers what the report says, a version between releases mended', () => {
    const environment = { ...linux, python_full_version: '3.12.4+', platform_release: '6.1' };
    const { target: found } = reportedTarget({ environment, interpreter: facts() });
    expect(found.environment).toEqual({ ...environment, python_full_version: '3.12.4+local' });
    expect(found.python).toBe('3.12.4');
  });
});

describe('a report with tags, or without a word on them', () => {
  const interpreters = ['3.8', '3.12.4', '3.14t', 'pypy3.11', 'graalpy3.11'];
  const platforms = [
    'x86_64-manylinux_2_31',
    'aarch64-musllinux_1_2',
    'aarch64-apple-darwin14.0',
    'win_arm64',
    'android_24_arm64_v8a',
    'ios_15_0_arm64_iphoneos',
    'wasm32-pyodide2025',
  ];

  test('the names of a target read from a report are names of the same target', () => {
    fc.assert(
      fc.property(fc.constantFrom(...interpreters), fc.constantFrom(...platforms), (python, platform) => {
        const given = target(python, platform);
        const { target: found, assumed } = reportedTarget({
          environment: given.environment,
          tags: tagStrings(given.tags),
        });
        const named = target(found.python, found.platform);
        expect(assumed).toEqual([]);
        expect(found.environment).toEqual(given.environment);
        expect(tagStrings(found.tags)).toEqual(tagStrings(given.tags));
        expect(tagStrings(named.tags)).toEqual(tagStrings(given.tags));
      }),
    );
  });

  test.each([
    ['x86_64-unknown-linux-gnu', {}, 'glibc 2.28, which the report does not tell'],
    ['aarch64-apple-darwin15', { platform_release: '24.1.0' }, 'macOS 15, from Darwin 24.1.0'],
    ['aarch64-apple-darwin26', { platform_release: '25.0.0' }, 'macOS 26, from Darwin 25.0.0'],
    ['windows', {}, undefined],
  ])('what `pip inspect` does not tell of %s is assumed', (platform, changes, assumption) => {
    const given = target('3.12.4', platform);
    const { target: found, assumed } = reportedTarget({
      version: '1',
      installed: [],
      environment: { ...given.environment, ...changes },
    });
    expect(tagStrings(found.tags)).toEqual(tagStrings(given.tags));
    expect(assumed[0]).toBe(assumption);
  });

  test.each([
    ['null', null, 'the report of an interpreter is a JSON object'],
    ['a list', [], 'got []'],
    ['no markers', { environment: {} }, 'needs the marker python_full_version'],
    [
      'Python 2',
      { environment: { ...linux, python_full_version: '2.7.18', python_version: '2.7' } },
      'a Python 3',
    ],
    [
      'another implementation',
      { environment: { ...linux, implementation_name: 'jython' } },
      'cpython, pypy or graalpy',
    ],
    ['half an interpreter', { environment: linux, interpreter: {} }, '`interpreter.platform`'],
    ['a glibc in words', { environment: linux, interpreter: facts({ glibc: 'new' }) }, '`interpreter.glibc`'],
    ['no tags', { environment: linux, tags: [] }, '`tags` of a report'],
    ['one tag of many', { environment: linux, tags: ['cp312-cp312-win_amd64'] }, 'is not among them'],
    [
      'an endless glibc',
      { environment: linux, interpreter: facts({ glibc: [2, 1e9] }) },
      '`interpreter.glibc`',
    ],
  ])('%s is refused with what was expected', (_, report, message) => {
    expect(() => reportedTarget(report)).toThrow(InvalidTargetError);
    expect(() => reportedTarget(report)).toThrow(message);
  });

  test('never fails in another way', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('environment', 'interpreter', 'tags'), (json, field) => {
        const report = { environment: linux, [field]: JSON.parse(json) };
        try {
          reportedTarget(report);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidTargetError);
        }
      }),
    );
  });
});
