import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/paths.ts';

const architecture = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');

/** `resolver/driver/search.ts` is written for `packages/resolver/src/driver/search.ts`. */
function placeOf(name: string): string {
  const [first = '', ...rest] = name.split('/');
  const isOfPackage = existsSync(join(root, 'packages', first)) && first !== 'packages';
  return isOfPackage ? join(root, 'packages', first, 'src', ...rest) : join(root, name);
}

test('the files and folders that docs/architecture.md names are there', () => {
  const named = [...architecture.matchAll(/`([\w-]+(?:\/[\w.-]+)+\/?)`/g)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((name) => !existsSync(placeOf(name)))).toEqual([]);
});

test('the documents link to files that are there', () => {
  const broken = [
    'README.md',
    'docs/architecture.md',
    'docs/solver.md',
    'docs/options.md',
    'docs/json.md',
    'docs/universal-locks.md',
    'docs/decisions.md',
    'docs/evidence.md',
    'docs/security.md',
  ].flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
    return links
      .filter((link) => !existsSync(join(root, path, '..', link)))
      .map((link) => `${path}: ${link}`);
  });
  expect(broken).toEqual([]);
});
