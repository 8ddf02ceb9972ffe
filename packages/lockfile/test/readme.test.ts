import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the example of the README is the one that runs, and prints what it says', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```(ts|text)\n(.*?)^```$/gms)].map(([, , body]) => body);
  const example = join(import.meta.dirname, 'readme-example.ts');
  expect(blocks[0]).toBe(readFileSync(example, 'utf8'));
  const run = spawnSync(process.execPath, [example], { encoding: 'utf8' });
  expect([run.status, run.stderr]).toEqual([0, '']);
  expect(run.stdout).toBe(blocks[1]);
});
