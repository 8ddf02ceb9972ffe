import type { ResolveProgress } from '@pyplan/resolver';
import { expect, test } from 'vitest';
import { watchedProgress } from '../../src/command/output/progress.ts';

test('a resolution of very many pages takes memory more freely, once', () => {
  const told: number[] = [];
  let taken = 0;
  const line = { update: ({ pages }: ResolveProgress) => void told.push(pages), clear: () => undefined };
  const progress = watchedProgress(line, { takeMemory: () => taken++ });
  const at = (pages: number): ResolveProgress => ({
    ...{ phase: 'resolving', target: null, name: null, pages, metadata: pages, decided: 0 },
  });
  for (let pages = 1; pages <= 300; pages++) progress(at(pages));
  expect(taken).toBe(0);
  for (const pages of [5000, 5001]) progress(at(pages));
  expect([taken, told.length]).toEqual([1, 302]);
});
