import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  demote,
  emptyPriorities,
  noteWanted,
  type Priorities,
  priorityKey,
  promote,
} from '../../src/solver/order/priority.ts';

/** Names of the projects in the order in which they would be decided. */
function orderOf(priorities: Priorities, projects: readonly string[]): string {
  return projects
    .map((project, i) => ({ project, key: priorityKey(priorities, i + 1, project) }))
    .sort((a, b) => b.key - a.key)
    .map(({ project }) => project)
    .join(' ');
}

const projects = ['a', 'b', 'c', 'd'];

function wanted(how: Readonly<Record<string, 'plain' | 'pinned' | 'direct'>> = {}): Priorities {
  const priorities = emptyPriorities();
  projects.forEach((project, i) => {
    noteWanted(priorities, i + 1, project, how[project] ?? 'plain');
  });
  return priorities;
}

describe('the order of decisions', () => {
  test('is that of discovery', () => {
    expect(orderOf(wanted(), projects)).toBe('a b c d');
  });

  test('has direct references first, then pinned packages', () => {
    expect(orderOf(wanted({ c: 'pinned', d: 'direct' }), projects)).toBe('d c a b');
  });

  test('has the root before everything', () => {
    const priorities = wanted({ a: 'direct' });
    expect(priorityKey(priorities, 0, null)).toBeGreaterThan(priorityKey(priorities, 1, 'a'));
  });

  test('puts a project often rejected before those heard of earlier, and the one in its way next', () => {
    const priorities = wanted();
    expect(promote(priorities, 'd')).toBe(true);
    expect(demote(priorities, 'b')).toBe(true);
    expect(orderOf(priorities, projects)).toBe('d b a c');
  });

  test('keeps a project where it is that is promoted, or demoted, again', () => {
    const priorities = wanted();
    promote(priorities, 'd');
    expect(promote(priorities, 'd')).toBe(false);
    expect(demote(priorities, 'd')).toBe(false);
    demote(priorities, 'b');
    expect(demote(priorities, 'b')).toBe(false);
    expect(promote(priorities, 'b')).toBe(true);
    expect(orderOf(priorities, projects)).toBe('b d a c');
  });

  test('moves a project up when it is asked for by a pin, never down when asked for plainly', () => {
    const priorities = wanted();
    noteWanted(priorities, 3, 'c', 'pinned');
    expect(orderOf(priorities, projects)).toBe('c a b d');
    noteWanted(priorities, 3, 'c', 'plain');
    expect(orderOf(priorities, projects)).toBe('c a b d');
  });

  test('has the packages of one project in the order in which they were heard of', () => {
    const priorities = emptyPriorities();
    noteWanted(priorities, 7, 'a', 'plain');
    noteWanted(priorities, 9, 'b', 'plain');
    noteWanted(priorities, 8, 'a', 'plain');
    const keys = [7, 8].map((id) => priorityKey(priorities, id, 'a'));
    expect(keys).toEqual(keys.toSorted((a, b) => b - a));
    expect(Math.min(...keys)).toBeGreaterThan(priorityKey(priorities, 9, 'b'));
  });

  test('never has two packages at one place', () => {
    const how = fc.constantFrom('plain' as const, 'pinned' as const, 'direct' as const);
    const change = fc.constantFrom('promote' as const, 'demote' as const, null);
    fc.assert(
      fc.property(fc.array(fc.tuple(how, change), { maxLength: 30 }), (all) => {
        const priorities = emptyPriorities();
        all.forEach(([one, what], i) => {
          noteWanted(priorities, i + 1, `p${i % 10}`, one);
          if (what === 'promote') promote(priorities, `p${i % 10}`);
          if (what === 'demote') demote(priorities, `p${i % 10}`);
        });
        const keys = all.map((_, i) => priorityKey(priorities, i + 1, `p${i % 10}`));
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.every(Number.isSafeInteger)).toBe(true);
      }),
    );
  });
});
