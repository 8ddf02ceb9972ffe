import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { testServer } from './support/server.ts';
import { pageText, SIMPLE_JSON, sidecarText } from './support/world.ts';

test('the example of the README prints what the README says', async () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const output = /```text\n(.*?)```/s.exec(readme)?.[1];
  const requires = ['click>=8', 'colorama; sys_platform == "win32"'];
  const server = await testServer((request, response) => {
    if (request.url === '/simple/flask/') {
      // The page gives no digest of the sidecar.
      const page = pageText('flask', ['3.0', '3.1']).replace(
        /"core-metadata":\{[^}]*\}/g,
        '"core-metadata":true',
      );
      response.writeHead(200, { 'content-type': SIMPLE_JSON }).end(page);
    } else response.end(sidecarText('flask', '3.1', requires));
  });
  const folder = mkdtempSync(join(tmpdir(), 'pyplan-index-readme-'));
  try {
    const entry = pathToFileURL(join(import.meta.dirname, '..', 'src', 'index.ts')).href;
    const path = join(folder, 'example.ts');
    writeFileSync(
      path,
      code
        .replace("'@pyplan/package-index'", `'${entry}'`)
        .replace('https://index.example.org', server.origin),
    );
    const { stdout } = await promisify(execFile)(process.execPath, [path], {
      env: { ...process.env, TMPDIR: folder },
    });
    expect(stdout).toBe(output);
  } finally {
    rmSync(folder, { recursive: true });
    await server.close();
  }
});
