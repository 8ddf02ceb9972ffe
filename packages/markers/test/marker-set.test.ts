import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createMarkerAlgebra,
  evaluateMarker,
  formatMarker,
  type Marker,
  MarkerBudgetError,
  type MarkerSet,
  parseMarker,
  platformFacts,
  UndefinedComparisonError,
} from '../src/index.ts';
import { environments, markerText } from './marker-arbitraries.ts';

const algebra = createMarkerAlgebra();
const set = (text: string): MarkerSet => algebra.of(parseMarker(text));
const marker: fc.Arbitrary<Marker> = markerText.map(parseMarker);
const markerSet: fc.Arbitrary<MarkerSet> = marker.map(algebra.of);
const runs = { numRuns: 500 };

describe('laws of marker sets', () => {
  test('a set holds the environments in which its marker is true', () => {
    fc.assert(
      fc.property(marker, (a) => {
        const held = algebra.of(a);
        for (const environment of environments) {
          expect(algebra.contains(held, environment)).toBe(evaluateMarker(a, environment));
        }
      }),
      runs,
    );
  });

  test('operations are those of sets', () => {
    fc.assert(
      fc.property(markerSet, markerSet, fc.constantFrom(...environments), (a, b, environment) => {
        const inA = algebra.contains(a, environment);
        const inB = algebra.contains(b, environment);
        expect(algebra.contains(algebra.and(a, b), environment)).toBe(inA && inB);
        expect(algebra.contains(algebra.or(a, b), environment)).toBe(inA || inB);
        expect(algebra.contains(algebra.not(a), environment)).toBe(!inA);
        if (inA) expect(algebra.isEmpty(a)).toBe(false);
        if (inA && algebra.isSubset(a, b)) expect(inB).toBe(true);
      }),
      runs,
    );
  });

  test('complement of complement is the set', () => {
    fc.assert(
      fc.property(markerSet, (a) => {
        expect(algebra.not(algebra.not(a))).toBe(a);
        expect(algebra.and(a, algebra.not(a))).toBe(algebra.empty);
        expect(algebra.or(a, algebra.not(a))).toBe(algebra.full);
      }),
      runs,
    );
  });

  test('De Morgan', () => {
    fc.assert(
      fc.property(markerSet, markerSet, (a, b) => {
        expect(algebra.not(algebra.or(a, b))).toBe(algebra.and(algebra.not(a), algebra.not(b)));
        expect(algebra.not(algebra.and(a, b))).toBe(algebra.or(algebra.not(a), algebra.not(b)));
      }),
      runs,
    );
  });

  test('and distributes over or', () => {
    fc.assert(
      fc.property(markerSet, markerSet, markerSet, (a, b, c) => {
        expect(algebra.and(a, algebra.or(b, c))).toBe(algebra.or(algebra.and(a, b), algebra.and(a, c)));
      }),
      runs,
    );
  });

  test('subset means empty difference', () => {
    fc.assert(
      fc.property(markerSet, markerSet, (a, b) => {
        expect(algebra.isSubset(a, b)).toBe(algebra.isEmpty(algebra.and(a, algebra.not(b))));
        expect(algebra.areEquivalent(a, b)).toBe(a === b);
      }),
      runs,
    );
  });

  test('simplify within U is equivalent within U', () => {
    fc.assert(
      fc.property(markerSet, markerSet, (a, universe) => {
        const simple = algebra.simplify(a, universe);
        expect(algebra.restrict(simple, universe)).toBe(algebra.restrict(a, universe));
      }),
      runs,
    );
  });

  test('a witness satisfies', () => {
    fc.assert(
      fc.property(marker, (a) => {
        const held = algebra.of(a);
        const witness = algebra.witness(held);
        expect(witness === null).toBe(algebra.isEmpty(held));
        if (witness === null) return;
        const { environment, extras } = witness;
        expect(algebra.contains(held, environment, extras)).toBe(true);
        if (!formatMarker(a).includes('extra')) expect(evaluateMarker(a, environment)).toBe(true);
      }),
      runs,
    );
  });

  test('a set as a marker holds in the same environments', () => {
    fc.assert(
      fc.property(markerSet, markerSet, (a, universe) => {
        const whole = algebra.toMarker(a);
        const within = algebra.toMarker(a, universe);
        for (const environment of environments) {
          const expected = algebra.contains(a, environment);
          if (whole !== undefined) expect(algebra.contains(algebra.of(whole), environment)).toBe(expected);
          if (within === undefined || !algebra.contains(universe, environment)) continue;
          expect(algebra.contains(algebra.of(within), environment)).toBe(expected);
        }
      }),
      runs,
    );
  });
});

describe('texts', () => {
  test.each([
    ['python_version >= "3.8" and python_version >= "3.9"', 'python_version >= "3.9"'],
    ['python_version == "3.8" or python_version > "3.8"', 'python_version >= "3.8"'],
    ['python_version > "3.8" and python_version < "3.10"', 'python_version == "3.9"'],
    ['python_version < "3.9" or python_version > "3.9"', 'python_version != "3.9"'],
    ['python_version >= "3.8" and python_full_version < "3.8.1"', 'python_full_version == "3.8.0.*"'],
    ['python_full_version == "3.8.*"', 'python_version == "3.8"'],
    ['python_version >= "3.8" and python_version < "4"', 'python_version ~= "3.8"'],
    ['sys_platform == "linux" and os_name == "nt" or sys_platform == "linux"', 'sys_platform == "linux"'],
    ['sys_platform in "linux darwin"', 'sys_platform in "linux darwin"'],
    [
      '(os_name == "a" or extra == "x") and (os_name == "a" or extra == "y")',
      'os_name == "a" or extra == "x" and extra == "y"',
    ],
    ['python_version < "3" and python_version > "3"', 'python_version < "0"'],
    ['platform_release != "generic"', 'platform_release != "generic"'],
    [
      'sys_platform != "emscripten" or platform_release in "5.15.0-91-generic 22.6.0" and os_name == "nt"',
      'platform_release in "5.15.0-91-generic 22.6.0" and os_name == "nt" or sys_platform != "emscripten"',
    ],
    [
      'implementation_name not in "cpython pypy" and platform_release not in "22.6.0,5.15.0-91-generic"',
      'platform_release not in "22.6.0,5.15.0-91-generic" and implementation_name not in "cpython pypy"',
    ],
    [
      'extra == "a" and python_version >= "3.8" or extra == "b" and python_version >= "3.8"',
      'python_version >= "3.8" and (extra == "a" or extra == "b")',
    ],
  ])('%s is %s', (given, shortest) => {
    const shown = algebra.toMarker(set(given));
    expect(shown && formatMarker(shown)).toBe(shortest);
  });

  test('no marker is needed for every environment', () => {
    expect(algebra.toMarker(set('os_name == "nt" or os_name != "nt"'))).toBeNull();
  });

  test('what the universe says needs no saying', () => {
    const universe = set('python_version >= "3.10" and sys_platform == "linux"');
    const shown = algebra.toMarker(
      set('python_version >= "3.8" and os_name == "posix" and sys_platform != "win32"'),
      universe,
    );
    expect(shown && formatMarker(shown)).toBe('os_name == "posix"');
  });
});

describe('axes', () => {
  test('python_version and python_full_version are one', () => {
    expect(algebra.isEmpty(set('python_version == "3.8" and python_full_version >= "3.9"'))).toBe(true);
    expect(set('python_version < "3.8"')).toBe(set('python_full_version < "3.8"'));
    expect(algebra.isSubset(set('python_full_version == "3.8.1"'), set('python_version == "3.8"'))).toBe(
      true,
    );
    expect(algebra.isEmpty(set('python_version == "3.8.1"'))).toBe(true);
  });

  test('a text within a text and the text itself are one', () => {
    expect(algebra.isEmpty(set('"lin" in sys_platform and sys_platform == "win32"'))).toBe(true);
    expect(algebra.isSubset(set('"linux" in sys_platform'), set('"lin" in sys_platform'))).toBe(true);
    expect(algebra.isSubset(set('sys_platform == "linux"'), set('"lin" in sys_platform'))).toBe(true);
    expect(
      algebra.isEmpty(
        set('"lin" not in sys_platform and sys_platform in "linux" and sys_platform == "linu"'),
      ),
    ).toBe(true);
    expect(algebra.witness(set('"lin" in sys_platform and "win" in sys_platform'))).not.toBeNull();
  });

  test('extras are names of a set', () => {
    expect(algebra.isEmpty(set('extra == "a" and extra == "b"'))).toBe(false);
    expect(set('"X_y" in extras')).toBe(set('"x-y" in extras'));
    expect(algebra.witness(set('"a" in extras and "g" in dependency_groups'))).toMatchObject({
      lockExtras: ['a'],
      dependencyGroups: ['g'],
    });
  });

  test('a comparison without meaning throws', () => {
    expect(() => set('sys_platform ~= "linux"')).toThrow(UndefinedComparisonError);
    expect(() => set('extras == "a"')).toThrow(UndefinedComparisonError);
  });
});

describe('theory', () => {
  const real = createMarkerAlgebra({ theory: platformFacts() });
  const realSet = (text: string): MarkerSet => real.of(parseMarker(text));

  test('the facts leave impossible combinations out', () => {
    expect(algebra.isEmpty(set('os_name == "nt" and sys_platform == "linux"'))).toBe(false);
    expect(real.isEmpty(realSet('os_name == "nt" and sys_platform == "linux"'))).toBe(true);
    expect(real.areEquivalent(realSet('os_name == "nt"'), realSet('sys_platform == "win32"'))).toBe(true);
    expect(real.witness(realSet('os_name == "nt"'))?.environment).toMatchObject({
      sys_platform: 'win32',
      platform_system: 'Windows',
    });
  });

  test('the facts hold on the platforms there are', () => {
    for (const [sys_platform, os_name, platform_system] of [
      ['linux', 'posix', 'Linux'],
      ['darwin', 'posix', 'Darwin'],
      ['win32', 'nt', 'Windows'],
      ['cygwin', 'posix', 'CYGWIN_NT-10.0'],
      ['android', 'posix', 'Android'],
      ['freebsd14', 'posix', 'FreeBSD'],
      ['ios', 'posix', 'iOS'],
      ['emscripten', 'posix', 'Emscripten'],
    ]) {
      const environment = {
        ...environments[0],
        sys_platform,
        os_name,
        platform_system,
      } as (typeof environments)[0];
      for (const fact of platformFacts())
        expect([formatMarker(fact), evaluateMarker(fact, environment)]).toEqual([formatMarker(fact), true]);
    }
  });
});

describe('bounds', () => {
  test('a decision that explodes throws a named error', () => {
    const small = createMarkerAlgebra({ budget: 50_000 });
    const pairs = Array.from(
      { length: 20 },
      (_, index) => `extra == "a${100 + index}" and extra == "b${100 + index}"`,
    ).join(' or ');
    expect(() => small.of(parseMarker(pairs))).toThrow(MarkerBudgetError);
    expect(small.isEmpty(small.of(parseMarker('os_name == "nt"')))).toBe(false);
  });

  test('thousands of names throw a named error or are decided', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `extra == "e${index}"`).join(' or ');
    expect(() => algebra.of(parseMarker(many))).toThrow(MarkerBudgetError);
    expect(() => algebra.of(parseMarker(`os_name in "${'ab'.repeat(100)}"`))).toThrow(MarkerBudgetError);
  });
});
