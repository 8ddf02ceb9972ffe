import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf } from './import-graph.ts';
import { trackedFiles } from './tracked-files.ts';

const home = 'packages/lockfile/src/evidence/';
const tracked = trackedFiles();

/** Beside its own files: the readers of versions, requirements, markers and file names, and an error class. */
const lent = new Set(['@pyplan/markers', '@pyplan/wheel-meta', 'packages/lockfile/src/errors.ts']);

test('the checker of evidence shares no code with the solver', () => {
  const files = tracked.filter(({ path }) => path.startsWith(home));
  expect(files.length).toBeGreaterThan(4);
  const imports = files.flatMap(importsOf).filter(({ typeOnly }) => !typeOnly);
  const places = imports.map(({ from, specifier }) =>
    specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier,
  );
  expect(places.filter((place) => !place.startsWith(home) && !lent.has(place))).toEqual([]);
  const errors = tracked.filter(({ path }) => path === 'packages/lockfile/src/errors.ts');
  expect(errors.flatMap(importsOf)).toEqual([]);
});

test('the search knows nothing of evidence, so that none costs nothing', () => {
  const search = tracked.filter(({ path }) =>
    /^packages\/resolver\/src\/(?:solver|sat|driver|world|universe|resolve)\b/.test(path),
  );
  const wrong = search.flatMap(importsOf).filter(({ specifier }) => specifier.includes('/evidence/'));
  expect(search.length).toBeGreaterThan(10);
  expect(wrong).toEqual([]);
});
