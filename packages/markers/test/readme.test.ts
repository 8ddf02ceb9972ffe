import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as markers from '../src/index.ts';

/** Examples in which `expression; // => value` is a claim. */
const DOCUMENTS: readonly string[] = ['../README.md', '../../../docs/migrating-to-markers.md'];

type Claim = { readonly line: string; readonly actual: unknown; readonly expected: unknown };

/** Runs a block of code over the package's exports and gives its claims. */
function run(code: string): readonly Claim[] {
  const body = code
    .replace(/^import[^;]*;$/gm, '')
    .replace(/^(.*); \/\/ => (.*)$/gm, (_, expression: string, expected: string) => {
      return `claims.push({ line: ${JSON.stringify(expression)}, actual: ${expression}, expected: ${expected} });`;
    });
  const claims: Claim[] = [];
  new Function('claims', ...Object.keys(markers), body)(claims, ...Object.values(markers));
  return claims;
}

test.each(DOCUMENTS)('the examples of %s are true', (path) => {
  const text = readFileSync(join(import.meta.dirname, path), 'utf8');
  const claims = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].flatMap((match) => run(match[1] ?? ''));
  expect(claims.length).toBeGreaterThan(5);
  for (const { line, actual, expected } of claims) expect([line, actual]).toEqual([line, expected]);
});
