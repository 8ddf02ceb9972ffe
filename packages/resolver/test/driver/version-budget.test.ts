import { expect, test } from 'vitest';
import { versionBudget } from '../../src/driver/version-budget.ts';
import { BudgetError } from '../../src/errors.ts';
import { addMetadata, addPage } from '../../src/facts/facts.ts';
import type { MetadataAnswer, ProjectPage } from '../../src/package-source.ts';
import { worldOfLines } from '../support/world-of-lines.ts';

test('a trial counts a version once, although its metadata rules it out meanwhile', () => {
  const index = { a: { '1': {}, '2': { requires: ['this is no requirement'] } } };
  const { world, facts, source } = worldOfLines(index, ['a']);
  addPage(facts, 'a', source.page('a') as ProjectPage);
  const page = world.page('a');
  const metadata = world.metadataOf('a', 1);
  if (page === null || page === undefined || metadata.kind !== 'unknown') throw new Error('no page of a');
  const { file } = metadata.candidate;

  const trial = versionBudget(0).trial(world, 0);
  expect(trial.dependencies('a', 1, null)).toMatchObject({ kind: 'need' });
  addMetadata(facts, page, file, source.metadata(page.page, file) as MetadataAnswer);
  expect(world.metadataOf('a', 1)).toMatchObject({ kind: 'rejected' });
  expect(() => trial.dependencies('a', 1, null)).not.toThrow();
  expect(() => trial.dependencies('a', 0, null)).toThrow(BudgetError);
});
