import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { exactRanges, serve } from './support/servers.ts';
import { buildZip, wheelMembers } from './support/zip-builder.ts';

it('prints what the README says that its example prints', async () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const output = /```text\n(.*?)```/s.exec(readme)?.[1] ?? '';
  expect(code).not.toBe('');
  const server = await serve(exactRanges, buildZip(wheelMembers(500_000)));
  const directory = mkdtempSync(join(tmpdir(), 'wheel-meta-readme-'));
  try {
    const entry = pathToFileURL(join(import.meta.dirname, '..', 'src', 'index.ts')).href;
    const runnable = code
      .replace("'@pyplan/wheel-meta'", `'${entry}'`)
      .replace('https://files.example.org/', new URL('/files/', server.url).href);
    const path = join(directory, 'example.ts');
    writeFileSync(path, runnable);
    const { stdout } = await promisify(execFile)(process.execPath, [path]);
    expect(stdout).toBe(output);
  } finally {
    rmSync(directory, { recursive: true });
    await server.close();
  }
});
