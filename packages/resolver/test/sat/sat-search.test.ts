import { describe, expect, test } from 'vitest';
import { addMetadata, addPage } from '../../src/facts/facts.ts';
import type { MemoryWorld } from '../../src/index.ts';
import type { MetadataAnswer, ProjectPage } from '../../src/package-source.ts';
import { type SatResult, satSearch } from '../../src/sat/sat-search.ts';
import { worldOfLines } from '../support/world-of-lines.ts';

/** Runs the search over a world in memory, giving it what it asks for; counts the metadata given. */
function run(
  index: MemoryWorld,
  lines: readonly string[],
): { result: SatResult; looked: number; text: string } {
  const { world, facts, source } = worldOfLines(index, lines);
  let looked = 0;
  const steps = satSearch(world, 10_000);
  let step = steps.next();
  while (step.done !== true) {
    for (const project of step.value.pages)
      addPage(facts, project, source.page(project) as ProjectPage | null);
    for (const { project, rank } of step.value.metadata) {
      const page = world.page(project);
      const metadata = world.metadataOf(project, rank);
      if (page === undefined || page === null || metadata.kind !== 'unknown')
        throw new Error('asked for nothing');
      addMetadata(
        facts,
        page,
        metadata.candidate.file,
        source.metadata(page.page, metadata.candidate.file) as MetadataAnswer,
      );
      looked++;
    }
    step = steps.next();
  }
  const result = step.value;
  const text =
    result.kind === 'solved'
      ? [...result.chosen]
          .map(([project, { rank }]) => `${project} ${world.page(project)?.page.versions[rank]?.text}`)
          .sort()
          .join(', ')
      : result.lines.map(({ requirement }) => requirement.text).join(', ');
  return { result, looked, text };
}

describe('the Boolean search', () => {
  test('gives the newest versions, the first line before the second', () => {
    const index = { a: { '1': {}, '2': { requires: ['b<2'] } }, b: { '1': {}, '2': {} } };
    expect(run(index, ['a', 'b']).text).toBe('a 2, b 1');
    expect(run(index, ['b', 'a']).text).toBe('a 1, b 2');
  });

  test('looks only into versions that a solution would use', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${i}`, {}]));
    const { text, looked } = run({ a: { '1': { requires: ['b>=90'] } }, b: many }, ['a']);
    expect(text).toBe('a 1, b 99');
    expect(looked).toBeLessThan(12);
  });

  test('holds nothing that the lines do not reach', () => {
    const index = {
      a: { '1': {}, '2': { requires: ['c'] } },
      b: { '1': { requires: ['a<2'] } },
      c: { '1': {} },
    };
    expect(run(index, ['b']).text).toBe('a 1, b 1');
  });

  test('extras ask for their requirements at the same version', () => {
    const index = {
      a: { '1': { extras: { x: ['b<2'] } }, '2': { extras: { x: ['b<1'] } } },
      b: { '1': {}, '2': {} },
    };
    expect(run(index, ['a[x]']).text).toBe('a 1, b 1');
    expect(run(index, ['a', 'b']).text).toBe('a 2, b 2');
  });

  test('a refusal names only lines that are needed for it', () => {
    const index = {
      a: { '1': { requires: ['c<2'] } },
      b: { '1': { requires: ['c>=2'] } },
      c: { '1': {}, '2': {} },
    };
    const { result, text } = run(index, ['c', 'a', 'b']);
    expect(result.kind).toBe('refuted');
    expect(text).toBe('a, b');
  });
});
