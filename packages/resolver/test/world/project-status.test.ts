import { describe, expect, test } from 'vitest';
import { memorySource } from '../../src/index.ts';
import { notesOf, pinsOf, refusalOf } from '../support/solve.ts';

const world = { app: { '1.0': { requires: ['lib'] }, '0.9': {} }, lib: { '1.0': {} } };
const withStatus = (kind: 'archived' | 'deprecated' | 'quarantined' | 'active', reason: string | null) =>
  memorySource(world, { lib: { kind, reason } });

describe('the status of a project', () => {
  test('quarantined: no version is a candidate, and others go back', async () => {
    const source = withStatus('quarantined', 'malware');
    expect(await pinsOf(source, { requires: ['app'] })).toEqual({ app: '0.9' });
    const { explanation } = await refusalOf(source, { requires: ['lib'] });
    expect(explanation).toContain('lib is quarantined by the index');
  });

  test.each([
    ['archived', 'no longer kept', 'archived: lib is archived: no longer kept'],
    ['archived', null, 'archived: lib is archived'],
    ['deprecated', 'use other', 'deprecated: lib is deprecated: use other'],
  ] as const)('%s: chosen, and told', async (kind, reason, note) => {
    const source = withStatus(kind, reason);
    expect(await pinsOf(source, { requires: ['app'] })).toEqual({ app: '1.0', lib: '1.0' });
    expect(await notesOf(source, { requires: ['app'] })).toEqual([note]);
  });

  test('active: nothing is told', async () => {
    expect(await notesOf(withStatus('active', null), { requires: ['app'] })).toEqual([]);
  });
});
