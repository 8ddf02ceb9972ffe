import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

const { CHROMIUM } = process.env;

/** A page that starts the worker and shows what it answers. */
const PAGE = `<!doctype html><pre id="answer">waiting</pre><script>
  const show = (text) => { document.getElementById('answer').textContent = text; };
  const worker = new Worker('/worker.js', { type: 'module' });
  worker.onmessage = ({ data }) => show(JSON.stringify(data));
  worker.onerror = ({ message }) => show('error: ' + message);
</script>`;

const WORKER = `
import * as markers from '@pyplan/markers';
const { createMarkerAlgebra, evaluateMarker, parseMarker, parseRequirementsFile, parseSpecifierSet, parseVersion } = markers;
const algebra = createMarkerAlgebra({ theory: markers.platformFacts() });
const witness = algebra.witness(algebra.of(parseMarker('python_version < "3.9" and os_name == "nt"')));
postMessage({
  window: typeof window, process: typeof process, buffer: typeof Buffer,
  version: parseVersion('v1.0-ALPHA.2').text,
  newest: markers.newestOf(parseSpecifierSet('>=1,<2'), ['1.2', '1.10', '2.0'].map(parseVersion)).text,
  file: parseRequirementsFile('r.txt', () => new Uint8Array([0xef, 0xbb, 0xbf, 0x61])).entries[0].requirement.name,
  witness: [witness.environment.sys_platform, evaluateMarker(parseMarker('python_version < "3.9"'), witness.environment)],
});`;

function chromium(): string {
  const found = [CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found === undefined)
    throw new Error('No Chromium: install one (apt-get install chromium) or name it in CHROMIUM');
  return found;
}

let server: Server;
let profile = '';

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'pyplan-chromium-'));
  const { outputFiles } = await build({
    stdin: { contents: WORKER, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  const script = outputFiles[0]?.text ?? '';
  server = createServer((request, response) => {
    const isWorker = request.url === '/worker.js';
    response.setHeader('content-type', isWorker ? 'text/javascript' : 'text/html');
    response.end(isWorker ? script : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(profile, { recursive: true, force: true });
});

test('@pyplan/markers runs in a worker of a browser', async () => {
  const { port } = server.address() as AddressInfo;
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    `--user-data-dir=${profile}`,
  ];
  const page = ['--virtual-time-budget=20000', '--dump-dom', `http://127.0.0.1:${port}/`];
  const { stdout } = await promisify(execFile)(chromium(), [...flags, ...page], { timeout: 50_000 });
  const answer = /<pre id="answer">(.*?)<\/pre>/s.exec(stdout)?.[1] ?? stdout;
  expect(JSON.parse(answer.replaceAll('&lt;', '<').replaceAll('&quot;', '"'))).toEqual({
    window: 'undefined',
    process: 'undefined',
    buffer: 'undefined',
    version: '1.0a2',
    newest: '1.10',
    file: 'a',
    witness: ['win32', true],
  });
});
