import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the example of the README prints what the README says', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const output = /```text\n(.*?)```/s.exec(readme)?.[1] ?? '';
  expect(code).toContain("'@pyplan/resolver'");
  const directory = mkdtempSync(join(tmpdir(), 'resolver-readme-'));
  try {
    const path = join(directory, 'example.ts');
    const sourceOf = (name: string): string => new URL(`../../../${name}/src/index.ts`, import.meta.url).href;
    writeFileSync(
      path,
      code.replaceAll(/'@pyplan\/([\w-]+)'/g, (_, name: string) => `'${sourceOf(name)}'`),
    );
    const { stdout } = await promisify(execFile)(process.execPath, [path]);
    expect(stdout).toBe(output);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
