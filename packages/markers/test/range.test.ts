import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areEqualRanges,
  compareVersions,
  complementRange,
  formatRange,
  intersectRanges,
  isEmptyRange,
  isSubrange,
  locateRange,
  parseSpecifierSet,
  parseVersion,
  rangeContains,
  rangeOf,
  specifierSetContains,
  subtractRanges,
  uniteRanges,
} from '../src/index.ts';
import { specifierText, versionText } from './arbitraries.ts';

const set = fc.array(specifierText, { maxLength: 3 }).map((clauses) => parseSpecifierSet(clauses.join(',')));
const arbitrary = versionText.map((text) => parseSpecifierSet(`===${parseVersion(text).text}`));
const range = fc.oneof(
  { weight: 5, arbitrary: set.map(rangeOf) },
  { weight: 1, arbitrary: arbitrary.map(rangeOf) },
);
const version = versionText.map(parseVersion);
const runs = { numRuns: 2000 };

describe('laws of version ranges', () => {
  test('a range holds what its set admits', () => {
    fc.assert(
      fc.property(set, version, (a, v) => {
        expect(rangeContains(rangeOf(a), v)).toBe(specifierSetContains(a, v));
      }),
      runs,
    );
  });

  test('complement of complement is the range', () => {
    fc.assert(
      fc.property(range, (a) => {
        expect(areEqualRanges(complementRange(complementRange(a)), a)).toBe(true);
      }),
      runs,
    );
  });

  test('De Morgan', () => {
    fc.assert(
      fc.property(range, range, (a, b) => {
        const left = complementRange(uniteRanges(a, b));
        expect(areEqualRanges(left, intersectRanges(complementRange(a), complementRange(b)))).toBe(true);
      }),
      runs,
    );
  });

  test('operations are those of sets', () => {
    fc.assert(
      fc.property(range, range, version, (a, b, v) => {
        const inA = rangeContains(a, v);
        const inB = rangeContains(b, v);
        expect(rangeContains(uniteRanges(a, b), v)).toBe(inA || inB);
        expect(rangeContains(intersectRanges(a, b), v)).toBe(inA && inB);
        expect(rangeContains(complementRange(a), v)).toBe(!inA);
        if (inA && isSubrange(a, b)) expect(inB).toBe(true);
      }),
      runs,
    );
  });

  test('subset means empty difference', () => {
    fc.assert(
      fc.property(range, range, (a, b) => {
        const both = intersectRanges(a, b);
        expect(isSubrange(both, a)).toBe(true);
        expect(isEmptyRange(subtractRanges(a, b))).toBe(isSubrange(a, b));
        expect(areEqualRanges(both, a)).toBe(isSubrange(a, b));
      }),
      runs,
    );
  });

  test('a range as text is the range', () => {
    fc.assert(
      fc.property(range, (a) => {
        const text = formatRange(a);
        if (text !== null) expect(areEqualRanges(rangeOf(parseSpecifierSet(text)), a)).toBe(true);
      }),
      runs,
    );
  });

  test('located intervals are the members', () => {
    fc.assert(
      fc.property(range, fc.array(version, { maxLength: 20 }), (a, versions) => {
        const sorted = versions.toSorted(compareVersions);
        const places = locateRange(a, sorted);
        const located = sorted.map((_, index) => places.filter((place) => place <= index).length % 2 === 1);
        expect(located).toEqual(sorted.map((v) => rangeContains(a, v)));
        expect(places).toEqual([...new Set(places)].sort((x, y) => x - y));
      }),
      runs,
    );
  });
});

test('equal versions spelt differently are told apart by ===', () => {
  const versions = ['0.9', '1.0', '1.0.0', '1.1'].map(parseVersion);
  expect(locateRange(rangeOf(parseSpecifierSet('===1.0.0')), versions)).toEqual([2, 3]);
  expect(locateRange(complementRange(rangeOf(parseSpecifierSet('===1.0.0'))), versions)).toEqual([
    0, 2, 3, 4,
  ]);
});
