import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MemoryWorld } from '../../src/index.ts';
import type { Incompatibility } from '../../src/solver/incompatibility.ts';
import { nodeOf } from '../../src/solver/package-store.ts';
import type { Solver } from '../../src/solver/solver.ts';
import type { TargetWorld } from '../../src/world/target-world.ts';
import { type Searching, searchSteps } from '../support/search-steps.ts';
import { explanationOf } from '../support/solve.ts';

const text = readFileSync(new URL('../../../../docs/solver.md', import.meta.url), 'utf8');
const section = text.slice(text.indexOf('# A worked conflict'));
const block = (language: string, at: number): string =>
  [...section.matchAll(/```(\w+)\n(.*?)```/gs)].filter(([, name]) => name === language)[at]?.[2] ?? '';

const { requires, index }: { readonly requires: readonly string[]; readonly index: MemoryWorld } = JSON.parse(
  block('json', 0),
);

/** The end of the search of the document. */
async function runSearch(): Promise<Searching> {
  let last: Searching | undefined;
  for await (const searching of searchSteps(index, requires)) last = searching;
  if (last === undefined) throw new Error('the search took no step');
  return last;
}

/** `{menu 2.0, not icons 2.0}` and where it comes from. */
function written(world: TargetWorld, solver: Solver, { packages, terms, cause }: Incompatibility): string {
  const parts = packages.map((id, i) => {
    const node = nodeOf(solver.state.packages, id);
    const term = terms[i];
    const not = term?.positive === false ? 'not ' : '';
    if (node.kind === 'root') return `${not}root`;
    const versions = world.page(node.project)?.page.versions ?? [];
    const held = versions.filter((_, rank) =>
      term?.ranks.some((edge, at) => at % 2 === 0 && edge <= rank && rank < (term.ranks[at + 1] ?? 0)),
    );
    return `${not}${node.project} ${held.map((version) => version.text).join(' | ')}`;
  });
  const origin = cause.kind === 'derived' ? `from ${cause.left} and ${cause.right}` : cause.kind;
  return `{${parts.join(', ')}}  ${origin}`;
}

describe('the worked conflict of docs/solver.md', () => {
  test('meets the incompatibilities that the document lists, in that order', async () => {
    const { solver, world } = await runSearch();
    const listed = solver.state.store.map((one, i) => `${i}  ${written(world, solver, one)}`);
    expect(`${listed.join('\n')}\n`).toBe(block('text', 0));
  });

  test('is explained in the words that the document gives', async () => {
    expect(`${await explanationOf(index, { requires })}\n`).toBe(block('text', 1));
  });
});

test('the files that the document names are there', () => {
  const named = new Set([...text.matchAll(/`((?:[\w-]+\/)*[\w-]+\.ts)`/g)].map(([, path]) => path ?? ''));
  expect(named.size).toBeGreaterThan(15);
  const missing = [...named].filter((path) => {
    try {
      readFileSync(new URL(`../../src/${path}`, import.meta.url));
      return false;
    } catch {
      return true;
    }
  });
  expect(missing).toEqual([]);
});
