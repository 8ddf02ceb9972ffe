import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareVersions,
  InvalidVersionError,
  parseVersion,
  sortVersions,
  tryParseVersion,
  type Version,
} from '../src/index.ts';
import { compareParts } from '../src/version/compare-versions.ts';
import { versionText } from './arbitraries.ts';

describe('parsing', () => {
  test.each([
    ['v1.0', '1.0'],
    [' 1.0.ALPHA-1 ', '1.0a1'],
    ['1!2.0-1', '1!2.0.post1'],
    ['1.0a.', '1.0a0'],
    ['1.0c1.dev', '1.0rc1.dev0'],
    ['1.0+Ubuntu_01', '1.0+ubuntu.1'],
    ['99999999999999999999.1', '99999999999999999999.1'],
    ['9007199254740993', '9007199254740993'],
  ])('%j is %s', (text, normal) => {
    expect(parseVersion(text).text).toBe(normal);
  });

  test.each(['', '1.', '.1', '1.0.x', '1!', '0!0!1', '1.0+', '1.0+a..b', '1 .0', '1.0-', '1.0\ufeff'])(
    '%j is no version',
    (text) => {
      expect(tryParseVersion(text)).toBeNull();
      expect(() => parseVersion(text)).toThrow(InvalidVersionError);
    },
  );
});

describe('order', () => {
  const version: fc.Arbitrary<Version> = versionText.map(parseVersion);

  test('the key and the parts give the same order', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(compareParts(a, b)));
      }),
      { numRuns: 3000 },
    );
  });

  test('the second number of a key is no small integer, and exact to a half', () => {
    for (const release of [
      '0',
      '1.2',
      '1.2.3',
      '2026.11.24',
      '1.2.3.4',
      '1.2.3.4000',
      '1.2.3.20000101',
      '1.2.3.21999999',
    ])
      for (const suffix of ['.dev0', 'a1', 'rc9999', '', '.post1', '.post24999999', '+local', 'a1.dev0']) {
        const { low } = parseVersion(release + suffix);
        expect(Math.abs(low), release + suffix).toBeGreaterThan(2 ** 32);
        // From 2 ** 52 on a float64 has no halves.
        expect(Math.abs(low), release + suffix).toBeLessThan(2 ** 52);
      }
  });

  test('order is total', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)));
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });

  test('sorting is sorting by the order, and stable', () => {
    fc.assert(
      fc.property(fc.array(version, { maxLength: 200, size: 'max' }), (versions) => {
        const sorted = sortVersions(versions);
        const compared = versions.toSorted(compareVersions);
        expect(sorted.every((one, index) => one === compared[index])).toBe(true);
        expect(sorted).toHaveLength(versions.length);
      }),
      { numRuns: 300 },
    );
    const many = Array.from({ length: 70_000 }, (_, index) =>
      parseVersion(`${(index * 7919) % 3000}.${index % 5}`),
    );
    expect(sortVersions(many)).toEqual(many.toSorted(compareVersions));
    const alike = Array.from({ length: 3000 }, (_, index) => parseVersion(`1.2.3.${3000 - index}`));
    expect(sortVersions(alike)).toEqual(alike.toSorted(compareVersions));
  });

  test('parse after print is the identity', () => {
    fc.assert(
      fc.property(version, (a) => {
        expect(parseVersion(a.text)).toEqual(a);
      }),
      { numRuns: 1000 },
    );
  });
});
