import { describe, expect, test } from 'vitest';
import {
  diffJson,
  diffLocks,
  diffMarkdown,
  diffText,
  lockPlans,
  readPipList,
  readPylock,
  readRequirementsLock,
  writePylock,
} from '../src/index.ts';
import { needs, testDemand, testFile, testPackage, testPlan, testTarget } from './support/plans.ts';

const linux = testTarget('3.12', 'linux');
const windows = testTarget('3.12', 'windows');
const flask = (version: string, more = {}) =>
  testPackage('flask', version, { requires: [needs('click', 'click>=8')], ...more });
const click = (version: string) =>
  testPackage('click', version, { demands: [testDemand('flask', 'click>=8')] });

const before = lockPlans([
  testPlan(linux, [click('8.1'), flask('3.0'), testPackage('gone', '1.0'), testPackage('same', '1.0')]),
  testPlan(windows, [
    click('8.1'),
    testPackage('colorama', '0.4'),
    flask('3.0'),
    testPackage('gone', '1.0'),
    testPackage('same', '1.0'),
  ]),
]);
const yanked = testFile('flask-3.1-py3-none-any.whl', { yanked: 'broken', size: 2_000_000 });
const after = lockPlans([
  testPlan(linux, [click('8.2'), flask('3.1', { file: yanked }), testPackage('same', '1.0')]),
  testPlan(windows, [
    click('8.1'),
    testPackage('colorama', '0.3'),
    flask('3.1', { file: yanked }),
    testPackage('new', '1.0'),
    testPackage('same', '1.0'),
  ]),
]);

describe('diffLocks', () => {
  test('by target, alike changes once, those that moved the package first', () => {
    const diff = diffLocks(before, after, [linux, windows]);
    expect(
      diff.changes.map(({ name, kind, from, to, targets }) => [
        name,
        kind,
        from?.version ?? null,
        to?.version ?? null,
        targets?.map(({ platform }) => platform) ?? 'all',
      ]),
    ).toEqual([
      ['click', 'upgraded', '8.1', '8.2', ['linux']],
      ['colorama', 'downgraded', '0.4', '0.3', ['windows']],
      ['flask', 'upgraded', '3.0', '3.1', 'all'],
      ['gone', 'removed', '1.0', null, 'all'],
      ['new', 'added', null, '1.0', ['windows']],
    ]);
    expect(diff.unchanged).toBe(1);
    expect(diff.changes[0]?.reasons).toEqual([{ by: 'flask', text: 'click>=8', place: null, moved: true }]);
    expect(diff.changes[4]?.reasons).toEqual([
      { by: null, text: 'new', place: 'requirements.in:1', moved: false },
    ]);
  });

  test('as text', () => {
    const now = Date.parse('2026-01-05T00:00:00Z');
    expect(diffText(diffLocks(before, after, [linux, windows]), { now })).toMatchInlineSnapshot(`
      "~ click 8.1 -> 8.2, on 3.12 linux, uploaded 2 days ago
          forced by flask: click>=8
      ~ colorama 0.4 -> 0.3, a downgrade, on 3.12 windows, uploaded 2 days ago
          asked for by requirements.in:1: colorama
      ~ flask 3.0 -> 3.1, +2.0 MB, YANKED: broken, uploaded 2 days ago
          asked for by requirements.in:1: flask
      - gone 1.0, -1 kB
          was asked for by requirements.in:1: gone
      + new 1.0, on 3.12 windows, 1 kB, uploaded 2 days ago
          asked for by requirements.in:1: new

      1 added, 1 removed, 3 changed, 1 the same
      "
    `);
  });

  test('as Markdown', () => {
    expect(diffMarkdown(diffLocks(before, after, [linux, windows]))).toMatchInlineSnapshot(`
      "| Package | Change | From | To | Details | Why |
      | --- | --- | --- | --- | --- | --- |
      | \`click\` | upgraded | 8.1 | 8.2 | on 3.12 linux, uploaded 2026-01-02 | forced by flask: click>=8 |
      | \`colorama\` | downgraded | 0.4 | 0.3 | a downgrade, on 3.12 windows, uploaded 2026-01-02 | asked for by requirements.in:1: colorama |
      | \`flask\` | upgraded | 3.0 | 3.1 | +2.0 MB, YANKED: broken, uploaded 2026-01-02 | asked for by requirements.in:1: flask |
      | \`gone\` | removed | 1.0 |  | -1 kB | was asked for by requirements.in:1: gone |
      | \`new\` | added |  | 1.0 | on 3.12 windows, 1 kB, uploaded 2026-01-02 | asked for by requirements.in:1: new |

      1 added, 1 removed, 3 changed, 1 the same
      "
    `);
  });

  test('as JSON is the data', () => {
    const diff = diffLocks(before, after);
    expect(JSON.parse(diffJson(diff))).toEqual(diff);
  });

  test('without targets compares versions and their markers', () => {
    const changes = diffLocks(before, after).changes.map(({ name, kind, from, to }) => [
      name,
      kind,
      from?.version,
      to?.version,
    ]);
    expect(changes).toEqual([
      ['click', 'marker', '8.1', '8.1'],
      ['click', 'added', undefined, '8.2'],
      ['colorama', 'downgraded', '0.4', '0.3'],
      ['flask', 'upgraded', '3.0', '3.1'],
      ['gone', 'removed', '1.0', undefined],
      ['new', 'added', undefined, '1.0'],
    ]);
  });

  test('law: a lock has no difference from itself, in whichever format', () => {
    const plan = testPlan(linux, [click('8.1'), flask('3.0')]);
    const text = writePylock([plan]);
    const sets = [
      lockPlans([plan]),
      readPylock(text),
      readRequirementsLock('flask==3.0\nclick==8.1\n'),
      readPipList('[{"name":"Click","version":"8.1"},{"name":"Flask","version":"3.0"}]'),
    ];
    for (const a of sets) {
      for (const b of sets) expect(diffLocks(a, b)).toEqual({ changes: [], unchanged: 2 });
    }
    expect(diffText(diffLocks(before, before))).toBe('No changes, 5 packages the same.\n');
  });

  test('the same version with another hash, or from elsewhere, is a change', () => {
    const hash = (letter: string) => `sha256:${letter.repeat(64)}`;
    const pin = (letter: string) => readRequirementsLock(`a==1 --hash=${hash(letter)}\n`);
    expect(diffLocks(pin('a'), pin('b')).changes).toMatchObject([{ name: 'a', kind: 'files' }]);
    expect(diffLocks(pin('a'), readRequirementsLock('a==1\n')).changes).toEqual([]);
    const direct = readRequirementsLock('a @ https://example.com/a.zip\n');
    expect(diffLocks(direct, readRequirementsLock('a @ https://example.com/b.zip\n')).changes).toMatchObject([
      { name: 'a', kind: 'source' },
    ]);
  });
});
