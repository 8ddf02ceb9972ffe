import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatRequirement,
  formatSpecifierSet,
  InvalidRequirementError,
  InvalidSpecifierError,
  normalizeName,
  parseIndexRequirement,
  parseIndexSpecifierSet,
  parseRequirement,
} from '../src/index.ts';
import { specifierText } from './arbitraries.ts';
import { markerText } from './marker-arbitraries.ts';

describe('parsing', () => {
  test.each([
    ['requests', 'requests'],
    [' Foo.Bar [ b , a ] ( >=1.0 , <2 ) ; os_name=="nt" ', 'Foo.Bar[a,b]<2,>=1.0; os_name == "nt"'],
    ['a@ https://example.org/a.whl;x', 'a @ https://example.org/a.whl;x'],
    ['a @ https://example.org/a.whl ; os_name == "nt"', 'a @ https://example.org/a.whl ; os_name == "nt"'],
    ['a===1,<2', 'a<2,===1'],
    ['a>=1,', 'a>=1'],
    ['a_', 'a_'],
    ["a;'linux' in sys.platform", 'a; "linux" in sys_platform'],
    ['a; python_implementation == "CPython"', 'a; platform_python_implementation == "CPython"'],
    ['a; extra == "A.b"', 'a; extra == "a-b"'],
  ])('%j is %s', (text, printed) => {
    expect(formatRequirement(parseRequirement(text))).toBe(printed);
  });

  test('the parts and where they stand', () => {
    const text = 'Foo[x] >= 1 ; os_name == "nt"';
    const { spans } = parseRequirement(text);
    const part = (span: readonly [number, number] | null): string | null => span && text.slice(...span);
    expect([spans.name, spans.extras, spans.specifier, spans.marker].map(part)).toEqual([
      'Foo',
      '[x]',
      '>= 1',
      ' os_name == "nt"',
    ]);
    expect(spans.url).toBeNull();
  });

  test('parse after print is the identity', () => {
    const requirement = fc
      .tuple(
        fc.constantFrom('a', 'Foo-bar.baz', 'x1_'),
        fc.constantFrom('', '[a]', '[B.c,a]'),
        fc.array(specifierText, { maxLength: 3 }),
        fc.option(markerText),
      )
      .map(
        ([name, extras, clauses, marker]) =>
          `${name}${extras}${clauses.join(',')}${marker === null ? '' : ` ; ${marker}`}`,
      );
    fc.assert(
      fc.property(requirement, (text) => {
        const printed = formatRequirement(parseRequirement(text));
        expect(formatRequirement(parseRequirement(printed))).toBe(printed);
      }),
    );
  });
});

describe('errors draw a caret under the character', () => {
  test.each([
    ['', 'Expected a package name\n    \n    ^'],
    ['a b', "'@' with a URL, ';' with a marker, or the end\n    a b\n      ^"],
    ['a>=1 b', 'or the end\n    a>=1 b\n         ^'],
    ['a>=x', 'Expected a version after >=\n    a>=x\n       ^'],
    ['a>=1.*', '.* needs == or !=\n    a>=1.*\n     ^^^^^'],
    ['a>=1+x', 'A local version needs == or !=\n    a>=1+x\n     ^^^^^'],
    ['a~=1', '~= needs a release such as 1.2\n    a~=1\n     ^^^'],
    ['a[b', "Expected ',' or ']' in the list of extras\n    a[b\n       ^"],
    ['a[b c]', "Expected ',' or ']' in the list of extras\n    a[b c]\n        ^"],
    ['a[b,]', 'Expected an extra after the comma\n    a[b,]\n        ^'],
    ['a(>=1', "Expected ')' to match this '('\n    a(>=1\n     ^"],
    ['a@ ', 'Expected a URL after @\n    a@ \n       ^'],
    ['a; foo == "x"', 'Expected a marker variable or a quoted text\n    a; foo == "x"\n       ^^^'],
    ['a; os_name = "x"', 'Expected an operator such as >= or in\n    a; os_name = "x"\n               ^'],
    ['a; os_name == "x', 'Expected a closing quote\n    a; os_name == "x\n                  ^'],
    ['a; (os_name == "x"', "Expected ')' to match this '('\n    a; (os_name == \"x\"\n       ^"],
    [
      'a; os_name == "x" os_name',
      "Expected 'and', 'or' or the end\n    a; os_name == \"x\" os_name\n                      ^",
    ],
    ['a; os_name not "x"', "Expected 'in' after 'not'\n    a; os_name not \"x\"\n               ^^^"],
  ])('%j', (text, message) => {
    expect(() => parseRequirement(text)).toThrow(InvalidRequirementError);
    expect(() => parseRequirement(text)).toThrow(message);
  });

  test('a long text is cut around the place', () => {
    const message = (): unknown => parseRequirement(`a${','.repeat(5000)}`);
    expect(message).toThrow(InvalidRequirementError);
    try {
      message();
    } catch (error) {
      expect(String(error).length).toBeLessThan(600);
    }
  });
});

describe('what an index serves is repaired', () => {
  test.each([
    ['foo (>=7.2.0<8.0.0)', 'foo<8.0.0,>=7.2.0', 1],
    ['foo >=3.6 <4', 'foo<4,>=3.6', 1],
    ['foo>=2.7.*', 'foo>=2.7', 1],
    ["foo>=2.7.*'", 'foo>=2.7', 2],
    ['foo!=3.0*', 'foo!=3.0.*', 1],
    ['foo !=~5.0,>=4.12', 'foo!=5.0.*,>=4.12', 1],
    ['foo>dev', 'foo>=0.0.dev0', 1],
    ['foo "=>1.0"; os_name == "nt"', 'foo>=1.0; os_name == "nt"', 2],
    ['foo>=1,,<2', 'foo<2,>=1', 1],
    ['foo(,>=1)', 'foo>=1', 1],
    ['foo>=1', 'foo>=1', 0],
  ])('%j', (text, printed, count) => {
    const { requirement, repairs } = parseIndexRequirement(text);
    expect(formatRequirement(requirement)).toBe(printed);
    expect(repairs).toHaveLength(count);
  });

  test.each([
    ['>=2.7.*', '>=2.7'],
    ['>=3.6,', '>=3.6'],
    ['>= 3.6,', '>=3.6'],
    ["'>=3.6'", '>=3.6'],
    [">=3.5, <3.8'", '<3.8,>=3.5'],
    ['>=2.7 !=3.0.*', '!=3.0.*,>=2.7'],
    ['>=2.7,!=3.0*,!=3.1*', '!=3.0.*,!=3.1.*,>=2.7'],
  ])('Requires-Python: %j', (text, printed) => {
    expect(formatSpecifierSet(parseIndexSpecifierSet(text).specifierSet)).toBe(printed);
  });

  test('what is beyond repair keeps its own error', () => {
    expect(() => parseIndexRequirement('bad bad bad')).toThrow(InvalidRequirementError);
    expect(() => parseIndexRequirement('bad >=x.*')).toThrow('    bad >=x.*');
    expect(() => parseIndexSpecifierSet('python 3')).toThrow(InvalidSpecifierError);
  });

  test('a repair is not needed for what parses, and gives what parses', () => {
    fc.assert(
      fc.property(specifierText, specifierText, (a, b) => {
        expect(parseIndexSpecifierSet(`${a}, ${b}`).repairs).toEqual([]);
        fc.pre(/[\d*]$/.test(a));
        const { specifierSet } = parseIndexSpecifierSet(`${a} ${b}`);
        expect(formatSpecifierSet(specifierSet)).toBe(
          formatSpecifierSet(parseIndexSpecifierSet(`${a},${b}`).specifierSet),
        );
      }),
    );
  });
});

test('a normal name is its own normal name', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'B', '1', '-', '_', '.', 'É') }), (name) => {
      const normal = normalizeName(name);
      expect(normalizeName(normal)).toBe(normal);
      expect(normal).toBe(name.toLowerCase().replace(/[-_.]+/g, '-'));
    }),
  );
});
