import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, isNodeBuiltin, packageOfImport, packageOfPath, withoutComments } from './import-graph.ts';
import { trackedFiles } from './tracked-files.ts';

/** What each package may import, directly or not: the one direction of the house. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  markers: [],
  'wheel-meta': ['markers'],
  resolver: ['markers', 'wheel-meta'],
  'package-index': ['markers', 'wheel-meta', 'resolver'],
  lockfile: ['markers', 'wheel-meta', 'resolver'],
  pyplan: ['markers', 'wheel-meta', 'resolver', 'package-index', 'lockfile'],
};

/** Packages that run in a browser or a worker. */
const portable = new Set(['markers', 'wheel-meta', 'resolver']);

const sources = trackedFiles().filter(({ path }) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path));

test('the import graph sees every form of import, and no comment', () => {
  const text = `/**
 * import { a } from 'in-a-docstring';
 */
import { b } from './b.ts';
import type { c } from '@pyplan/markers';
import {
  d,
} from 'node:fs';
export * from '../e.ts';
import 'f';
// import 'in-a-comment';
const g = await import('@pyplan/lockfile');
const from = 'no import';
`;
  const imports = importsOf({ path: 'packages/resolver/src/x/file.ts', text });
  expect(imports.map(({ specifier }) => specifier)).toEqual([
    './b.ts',
    '@pyplan/markers',
    'node:fs',
    '../e.ts',
    'f',
    '@pyplan/lockfile',
  ]);
  expect(imports.filter(({ typeOnly }) => typeOnly).map(packageOfImport)).toEqual(['markers']);
  expect(imports.map(packageOfImport)).toEqual(['resolver', 'markers', null, 'resolver', null, 'lockfile']);
  expect(
    firstCycle(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['b']],
      ]),
    ),
  ).toEqual(['b', 'c', 'b']);
});

describe('imports', () => {
  test('every package of the workspace has its place in the order', () => {
    expect([...new Set(sources.map(({ path }) => packageOfPath(path)))].sort()).toEqual(
      Object.keys(allowed).sort(),
    );
  });

  test('go one way', () => {
    const wrong = sources.flatMap((file) => {
      const own = packageOfPath(file.path) ?? '';
      return importsOf(file)
        .filter((found) => {
          const to = packageOfImport(found);
          return to !== null && to !== own && !(allowed[own] ?? []).includes(to);
        })
        .map(({ from, specifier }) => `${from} imports ${specifier}`);
    });
    expect(wrong).toEqual([]);
  });

  test('reach other packages by name, and never leave src/', () => {
    const wrong = sources.flatMap((file) => {
      const home = `packages/${packageOfPath(file.path)}/src/`;
      return importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .filter(({ specifier }) => !posix.join(posix.dirname(file.path), specifier).startsWith(home))
        .map(({ from, specifier }) => `${from} imports ${specifier}`);
    });
    expect(wrong).toEqual([]);
  });

  test('form no cycle between files', () => {
    const graph = new Map(
      sources.map((file) => [
        file.path,
        importsOf(file)
          .filter(({ specifier, typeOnly }) => specifier.startsWith('.') && !typeOnly)
          .map(({ specifier }) => posix.join(posix.dirname(file.path), specifier)),
      ]),
    );
    expect(firstCycle(graph)).toEqual([]);
  });

  test('of markers, wheel-meta and resolver hold no Node built-in and no Node global', () => {
    const wrong = sources
      .filter(({ path }) => portable.has(packageOfPath(path) ?? ''))
      .flatMap((file) => [
        ...importsOf(file)
          .filter(({ specifier }) => isNodeBuiltin(specifier))
          .map(({ specifier }) => `${file.path} imports ${specifier}`),
        ...(
          /(?<![\w.'"`])(?:Buffer|__dirname)\b|(?<![\w.'"`])process\./.exec(withoutComments(file.text)) ?? []
        ).map((word) => `${file.path} uses ${word}`),
      ]);
    expect(wrong).toEqual([]);
  });
});

/** A path of files that leads back to its start; empty where there is none. */
function firstCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): readonly string[] | null => {
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    if (done.has(file)) return null;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle !== null) return cycle;
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle !== null) return cycle;
  }
  return [];
}
