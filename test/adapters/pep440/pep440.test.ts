import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as pep440 from './adapter.ts';

interface Cases {
  readonly order: readonly string[];
  readonly invalid: readonly string[];
  readonly spellings: Readonly<Record<string, readonly string[]>>;
  readonly ranges: readonly string[];
  readonly invalidRanges: readonly string[];
  readonly satisfied: Readonly<Record<string, readonly string[]>>;
  readonly unsatisfied: Readonly<Record<string, readonly string[]>>;
  readonly prereleases: readonly (readonly [
    range: string,
    version: string,
    option: boolean | null,
    answer: boolean,
  ])[];
  readonly filtered: readonly (readonly [string, boolean | null, readonly string[], readonly string[]])[];
  readonly bumps: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const cases: Cases = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/cases.json'), 'utf8'));

/**
 * Ranges that are none: `.*` cannot follow a pre- or post-release. `packaging` 26.3 has them as
 * `InvalidSpecifier`, and so has the specification ("Version matching").
 */
const MISTAKEN = new Set(['==2.0.post1.*', '==2.0a1.*']);

const option = (value: boolean | null): pep440.Options => ({ prereleases: value ?? undefined });

const operators = [pep440.lt, pep440.le, pep440.eq, pep440.ne, pep440.ge, pep440.gt];

test('versions stand in order, of each epoch and across', () => {
  const order = [...cases.order, ...cases.order.map((version) => `1!${version}`)];
  for (const [i, left] of order.entries()) {
    expect(pep440.valid(left)).toBe(left);
    for (const [j, right] of order.entries()) {
      const sign = Math.sign(i - j);
      expect([left, right, pep440.compare(left, right)]).toEqual([left, right, sign]);
      const answers = [sign < 0, sign <= 0, sign === 0, sign !== 0, sign >= 0, sign > 0];
      expect(operators.map((operator) => operator(left, right))).toEqual(answers);
    }
  }
  expect(pep440.rcompare('1.0', '2.0')).toBe(1);
});

test.each([...cases.invalid, {}, false, true, [], null, undefined, () => true])(
  '%j is no version',
  (text) => {
    expect([pep440.valid(text), pep440.clean(text), pep440.explain(text)]).toEqual([null, null, null]);
  },
);

test.each(Object.entries(cases.spellings))('%s is the normal form', (normal, spellings) => {
  for (const spelling of spellings) expect([spelling, pep440.clean(spelling)]).toEqual([spelling, normal]);
});

describe('ranges', () => {
  test('those that are and those that are not', () => {
    for (const range of cases.ranges) expect([range, pep440.validRange(range)]).toEqual([range, true]);
    for (const range of cases.invalidRanges)
      expect([range, pep440.validRange(range)]).toEqual([range, false]);
    for (const range of MISTAKEN) expect([range, pep440.validRange(range)]).toEqual([range, false]);
    for (const [spelling] of Object.values(cases.spellings).flatMap((all) =>
      all.map((one) => [one] as const),
    )) {
      const symbols = spelling.includes('+') ? ['==', '!='] : ['==', '!=', '~=', '<=', '>=', '<', '>'];
      for (const operator of symbols.filter((one) => one !== '~=' || spelling.includes('.'))) {
        expect([operator + spelling, pep440.parse(operator + spelling)?.length]).toEqual([
          operator + spelling,
          1,
        ]);
      }
    }
    expect(['', '==2.0', '>=2.0,<3', '>=2.0,<3,==2.4'].map((range) => pep440.parse(range)?.length)).toEqual([
      0, 1, 2, 3,
    ]);
  });

  test.each(Object.entries(cases.satisfied))('%s is satisfied', (range, versions) => {
    const answer = !MISTAKEN.has(range);
    for (const version of versions)
      expect([version, pep440.satisfies(version, range, { prereleases: true })]).toEqual([version, answer]);
  });

  test.each(Object.entries(cases.unsatisfied))('%s is not satisfied', (range, versions) => {
    for (const version of versions)
      expect([version, pep440.satisfies(version, range, { prereleases: true })]).toEqual([version, false]);
  });

  test.each(cases.prereleases)('%s and %s with prereleases %s: %s', (range, version, prereleases, answer) => {
    expect(pep440.satisfies(version, range, option(prereleases))).toBe(MISTAKEN.has(range) ? false : answer);
  });

  test.each(cases.filtered)(
    '%j with prereleases %s filters %j to %j',
    (range, prereleases, versions, answer) => {
      expect(pep440.filter(versions, range, option(prereleases))).toEqual(answer);
      expect(pep440.minSatisfying(versions, range, option(prereleases))).toBe(answer[0] ?? null);
      expect(pep440.maxSatisfying(versions, range, option(prereleases))).toBe(answer.at(-1) ?? null);
    },
  );
});

test.each(Object.entries(cases.bumps))('%s is raised', (version, bumps) => {
  for (const [bump, raised] of Object.entries(bumps)) {
    const [size = '', letter] = bump.split(' ');
    expect([bump, pep440.inc(version, size, letter)]).toEqual([bump, raised]);
    expect([bump, pep440.inc(`1!${version}`, size, letter)]).toEqual([bump, `1!${raised}`]);
  }
});

test('what cannot be raised', () => {
  const wrong: readonly (readonly [string, string, unknown])[] = [
    ['not_valid', 'major', undefined],
    ['1.0.0', 'invalid_release', undefined],
    ['0.0.0', 'premajor', 'foo'],
    ['0.0.0', 'premajor', 1],
  ];
  for (const [version, bump, letter] of wrong) expect(pep440.inc(version, bump, letter)).toBeNull();
});

test('the parts of a version', () => {
  expect(pep440.explain('1!1.0a1.post5.dev6+DeadBeef')).toEqual({
    epoch: 1,
    release: [1, 0],
    pre: ['a', 1],
    post: 5,
    dev: 6,
    local: 'deadbeef',
    public: '1!1.0a1.post5.dev6',
    base_version: '1!1.0',
    is_prerelease: true,
    is_devrelease: true,
    is_postrelease: true,
  });
  expect([
    pep440.major('25!1.2.3'),
    pep440.minor('1.2.3'),
    pep440.patch('1.2.3'),
    pep440.minor('1'),
    pep440.patch('1.2'),
  ]).toEqual([1, 2, 3, 0, 0]);
  for (const part of [pep440.major, pep440.minor, pep440.patch])
    expect(() => part('not_version')).toThrow(TypeError);
});
