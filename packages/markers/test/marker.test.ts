import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  evaluateMarker,
  explainMarker,
  formatMarker,
  InvalidMarkerError,
  type MarkerEnvironment,
  markerMentionsExtra,
  parseMarker,
  UndefinedComparisonError,
  UndefinedEnvironmentNameError,
} from '../src/index.ts';
import { environments, markerText } from './marker-arbitraries.ts';

const environment = {
  ...(environments[0] as MarkerEnvironment),
  python_full_version: '3.14.0+',
  python_version: '3.14',
};
const holds = (text: string, extra?: string | readonly string[] | null): boolean =>
  evaluateMarker(parseMarker(text), environment, extra);

test('parse after print is the identity', () => {
  fc.assert(
    fc.property(markerText, (text) => {
      const marker = parseMarker(text);
      const printed = formatMarker(marker);
      expect(formatMarker(parseMarker(printed))).toBe(printed);
      for (const each of environments)
        expect(evaluateMarker(parseMarker(printed), each)).toBe(evaluateMarker(marker, each));
    }),
    { numRuns: 300 },
  );
});

describe('evaluation', () => {
  test.each([
    ['python_full_version >= "3.14"', true],
    ['python_full_version == "3.14.0"', true],
    ['"3.9" < python_version', true],
    ['python_version in "3.13 3.14"', true],
    ['os_name == sys_platform', false],
    ['platform_release >= "1" or os_name != ""', true],
    ['"\\x6c\\u0069nux" == "linux" or sys_platform == "l\\x69nux"', undefined],
    ['sys_platform == "l\\x69nux"', true],
    ['sys_platform == "\\154inux"', true],
    ['sys_platform < "z"', false],
    ['sys_platform <= "linux"', true],
  ] as const)('%s', (text, result) => {
    if (result === undefined) expect(() => holds(text)).toThrow(UndefinedEnvironmentNameError);
    else expect(holds(text)).toBe(result);
  });

  test('extras: one, none, or one of several', () => {
    expect(holds('extra == "a"')).toBe(false);
    expect(holds('extra == "Dev_Test"', 'dev.test')).toBe(true);
    expect(holds('extra == "a" or extra == "b"', ['x', 'b'])).toBe(true);
    expect(holds('extra != "a"', ['a'])).toBe(true);
    expect(holds('extra == "a"', [])).toBe(false);
    expect(markerMentionsExtra(parseMarker('os_name == "nt" and "a" == extra'))).toBe(true);
    expect(markerMentionsExtra(parseMarker('os_name == "extra"'))).toBe(false);
  });

  test('sets of lock files', () => {
    const context = { extras: ['A.b'], dependency_groups: ['dev'] };
    const inLock = (text: string): boolean => evaluateMarker(parseMarker(text), environment, null, context);
    expect(inLock('"a-b" in extras and "x" not in dependency_groups')).toBe(true);
    expect(() => inLock('extras == "a"')).toThrow(UndefinedComparisonError);
    expect(() => holds('"a" in extras')).toThrow(UndefinedEnvironmentNameError);
  });

  test('a comparison without meaning throws even where the others decide', () => {
    expect(() => holds('os_name != "" or os_name ~= "x"')).toThrow(UndefinedComparisonError);
    expect(() => evaluateMarker(parseMarker('os_name == "x"'), {} as MarkerEnvironment)).toThrow(
      UndefinedEnvironmentNameError,
    );
  });
});

describe('reasons', () => {
  const because = (text: string, extra?: string): readonly string[] =>
    explainMarker(parseMarker(text), environment, extra).because.map((reason) => reason.text);

  test('a false and names its false parts', () => {
    expect(because('os_name == "nt" and python_version >= "3.8" and sys_platform == "darwin"')).toEqual([
      'os_name is "posix", so os_name == "nt" is false',
      'sys_platform is "linux", so sys_platform == "darwin" is false',
    ]);
  });

  test('a true or names its true parts', () => {
    expect(because('os_name == "nt" or extra == "x"', 'X')).toEqual([
      'extra is "x", so extra == "x" is true',
    ]);
  });

  test('an explanation gives the verdict', () => {
    fc.assert(
      fc.property(markerText, fc.constantFrom(...environments), (text, each) => {
        const { holds, because: reasons } = explainMarker(parseMarker(text), each);
        expect(holds).toBe(evaluateMarker(parseMarker(text), each));
        for (const reason of reasons) expect(evaluateMarker(reason.comparison, each)).toBe(reason.holds);
        expect(reasons.length).toBeGreaterThan(0);
      }),
    );
  });
});

test.each([
  '',
  'os_name',
  'os_name == ',
  'os_name == "a" and',
  '(os_name == "a"',
  'os_name == "a")',
  'os_name == "\\x1"',
  'os_name == "a\\"',
  'os_name == "\\N{DASH}"',
  'os_name notin "a"',
  'os.release == "a"',
  'os_name == "a"\n',
])('%j is no marker', (text) => {
  expect(() => parseMarker(text)).toThrow(InvalidMarkerError);
});

test('an escape that is none keeps its backslash, before any character', () => {
  expect(formatMarker(parseMarker(String.raw`os_name == '\d\😀\.'`))).toBe(String.raw`os_name == "\d\😀\."`);
});

test('a value with both quotes cannot be printed', () => {
  expect(() => formatMarker(parseMarker('os_name == "a\\x22\'"'))).toThrow(RangeError);
});
