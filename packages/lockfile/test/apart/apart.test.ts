import { parseRequirement } from '@pyplan/markers';
import { describe, expect, test } from 'vitest';
import {
  formatPylock,
  type LockedSet,
  type LockPart,
  LockSelectError,
  lockPlansApart,
  type PartConflict,
  type ProjectPart,
  parsePylock,
  readPylock,
  selectFromPylock,
  selectionsOf,
  TooManySelectionsError,
  toPylock,
} from '../../src/index.ts';
import { testPackage, testPlan, testTarget } from '../support/plans.ts';

const extra = (name: string): LockPart => ({ kind: 'extra', name });
const group = (name: string): LockPart => ({ kind: 'group', name });
const part = (
  value: LockPart,
  texts: readonly string[],
  includes: readonly LockPart[] = [],
): ProjectPart => ({
  part: value,
  requirements: texts.map((text) => parseRequirement(text)),
  includes,
});
const base = part({ kind: 'base' }, ['numeric']);
const linux = testTarget('3.12', 'linux');

/** The selections by what conflicts in them. */
function names(parts: readonly ProjectPart[], conflicts: readonly PartConflict[]): readonly string[] {
  const { selections, conflicting } = selectionsOf(parts, conflicts);
  return selections.map((selection) =>
    selection.parts
      .filter((each) => conflicting.includes(each))
      .map((each) => (each.part.kind === 'base' ? '' : each.part.name))
      .join(' '),
  );
}

describe('selections of parts', () => {
  const parts = [base, ...['a', 'b', 'c'].map((name) => part(extra(name), ['x']))];

  test('are all that go together, the one without conflicting parts first', () => {
    expect(names(parts, [[extra('a'), extra('b')]])).toEqual(['', 'a', 'b']);
    expect(names(parts, [[extra('a'), extra('b'), extra('c')]])).toEqual(['', 'a', 'b', 'c']);
    expect(
      names(parts, [
        [extra('a'), extra('b')],
        [extra('b'), extra('c')],
      ]),
    ).toEqual(['', 'a', 'b', 'c', 'a c']);
    expect(names(parts, [[extra('a'), group('dev')]])).toEqual(['']);
  });

  test('count what a part brings', () => {
    const bringing = [...parts, part(extra('all'), ['x', 'y'], [extra('a')])];
    expect(names(bringing, [[extra('a'), extra('b')]])).toEqual(['', 'a', 'b', 'a all']);
  });

  test('that are too many are refused', () => {
    const many = Array.from({ length: 20 }, (_, i) => part(extra(`e${i}`), ['x']));
    const pairs = Array.from(
      { length: 10 },
      (_, i): PartConflict => [extra(`e${2 * i}`), extra(`e${2 * i + 1}`)],
    );
    expect(() => selectionsOf(many, pairs)).toThrow(TooManySelectionsError);
  });
});

describe('a lock of conflicting extras', () => {
  const parts = [
    base,
    part(extra('cpu'), ['torch<2']),
    part(extra('gpu'), ['torch>=2']),
    part(group('dev'), ['torch']),
  ];
  const conflicts = [[extra('cpu'), extra('gpu')]];
  const selections = selectionsOf(parts, conflicts);
  const plan = (torch: string, numeric: string) =>
    testPlan(linux, [testPackage('numeric', numeric), testPackage('torch', torch)]);
  const lock: LockedSet = lockPlansApart([[plan('2.1', '2')], [plan('1.0', '1')], [plan('2.1', '2')]], {
    parts,
    conflicts,
    selections,
  });
  const text = formatPylock(toPylock(lock));

  test('keeps their versions apart by markers, as short as can be', () => {
    expect(lock.packages.map(({ name, version, marker }) => [name, version, marker])).toEqual([
      ['numeric', '1', "'cpu' in extras"],
      ['numeric', '2', "'cpu' not in extras"],
      ['torch', '1.0', "'cpu' in extras"],
      ['torch', '2.1', "'cpu' not in extras and 'dev' in dependency_groups or 'gpu' in extras"],
    ]);
  });

  test('says what conflicts, and reads it back', () => {
    expect(text).toContain('conflicts = [[{ extra = "cpu" }, { extra = "gpu" }]]');
    expect(readPylock(text).conflicts).toEqual(conflicts);
  });

  test.each([
    [[], 'numeric 2'],
    [['cpu'], 'numeric 1, torch 1.0'],
    [['gpu'], 'numeric 2, torch 2.1'],
  ])('with extras %j installs %s', (extras, expected) => {
    const { environment, tags } = linux;
    const chosen = selectFromPylock(parsePylock(text), { environment, tags, extras });
    expect(chosen.map(({ package: item }) => `${item.name} ${item.version}`).join(', ')).toBe(expected);
  });

  test('refuses both', () => {
    const { environment, tags } = linux;
    const both = () => selectFromPylock(parsePylock(text), { environment, tags, extras: ['gpu', 'CPU'] });
    expect(both).toThrow(LockSelectError);
    expect(both).toThrow(
      'extra cpu and extra gpu conflict, as the project declares: install one of them at a time',
    );
  });
});
