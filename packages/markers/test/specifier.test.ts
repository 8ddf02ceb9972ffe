import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  filterVersions,
  formatSpecifierSet,
  InvalidSpecifierError,
  parseSpecifierSet,
  parseVersion,
  specifierSetContains,
} from '../src/index.ts';
import { specifierText, versionText } from './arbitraries.ts';

const contains = (set: string, version: string, prereleases?: boolean | null): boolean =>
  specifierSetContains(parseSpecifierSet(set), version, { prereleases: prereleases ?? null });

describe('contains', () => {
  test.each([
    ['>1.0', '1.0.post1', false],
    ['>1.0', '1.0+local', false],
    ['>1.0.post1', '1.0.post2', true],
    ['<1.0', '1.0rc1', false],
    ['<1.0rc2', '1.0rc1', true],
    ['<=1.0', '1.0+local', true],
    ['==1.0', '1.0.0+local', true],
    ['==1.0+local', '1.0', false],
    ['==1.0.*', '1', true],
    ['!=1.0.*', '1.0.dev1', false],
    ['~=1.4.2', '1.4.9', true],
    ['~=1.4.2', '1.5.dev0', false],
    ['===1.0', '1.0.0', false],
    ['===foo', 'FOO', true],
    ['>=1', 'foo', false],
    ['', 'foo', true],
    ['>=9007199254740993', '9007199254740992', false],
  ])('%s and %s: %s', (set, version, result) => {
    expect(contains(set, version)).toBe(result);
  });

  test('pre-releases count unless they are refused', () => {
    expect(contains('>=1', '2.0a1')).toBe(true);
    expect(contains('>=1', '2.0a1', false)).toBe(false);
  });
});

test('filter keeps pre-releases only where there is nothing else, or one is named', () => {
  const filter = (
    set: string,
    versions: readonly string[],
    prereleases: boolean | null = null,
  ): readonly string[] => filterVersions(parseSpecifierSet(set), versions, { prereleases });
  expect(filter('>=1', ['1.0', '1.5a1'])).toEqual(['1.0']);
  expect(filter('>=1', ['0.1', '1.5a1'])).toEqual(['1.5a1']);
  expect(filter('>=1.0a1', ['1.0', '1.5a1'])).toEqual(['1.0', '1.5a1']);
  expect(filter('>=1', ['1.0', '1.5a1'], true)).toEqual(['1.0', '1.5a1']);
  expect(filter('>=1', ['1.5a1'], false)).toEqual([]);
  expect(filterVersions(parseSpecifierSet('>=1'), [parseVersion('2')])).toEqual([parseVersion('2')]);
});

describe('text', () => {
  test('parse after print is the identity', () => {
    fc.assert(
      fc.property(fc.array(specifierText, { maxLength: 4 }), versionText, (clauses, version) => {
        const set = parseSpecifierSet(clauses.join(' , '));
        const printed = formatSpecifierSet(set);
        expect(formatSpecifierSet(parseSpecifierSet(printed))).toBe(printed);
        expect(specifierSetContains(parseSpecifierSet(printed), version)).toBe(
          specifierSetContains(set, version),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('equal clauses are said once', () => {
    expect(formatSpecifierSet(parseSpecifierSet('>=1.0.0, >=1.0,~=1.0,~=1.0.0'))).toBe('>=1.0,~=1.0,~=1.0.0');
  });
});

test.each([
  '1.0',
  '>=',
  '=>1',
  '>=1.0.*',
  '~=1',
  '>1+x',
  '==1.0a1.*',
  '=1',
  '===a b',
  '===a;',
  '>=1 2',
  '==*',
])('%j is no set', (text) => {
  expect(() => parseSpecifierSet(text)).toThrow(InvalidSpecifierError);
});
