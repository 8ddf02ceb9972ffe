import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type Answer, type FaultyIndex, faultyIndex } from './faulty-index.ts';
import { exampleSnapshot, inDirectory, pyplan, type Run } from './run-pyplan.ts';

const target = ['--python', '3.12', '--platform', 'linux', '--json'];

/** A wheel of a project that needs click. */
function wheel(name: string, version: string): Buffer {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const info = `${name}-${version}.dist-info`;
  return Buffer.from(
    zipSync({
      [`${info}/METADATA`]: text(
        `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nRequires-Dist: click>=8\n`,
      ),
      [`${info}/WHEEL`]: text('Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
      [`${info}/RECORD`]: text(''),
    }),
  );
}

/** An index page of `demo` 1.0, whose wheel has no sidecar. */
function demoPage(bytes: Buffer): Answer {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const files = [
    { filename: 'demo-1.0-py3-none-any.whl', url: '../../demo.whl', hashes: { sha256 }, size: bytes.length },
  ];
  const page = { meta: { 'api-version': '1.1' }, name: 'demo', versions: ['1.0'], files };
  return (_, response) =>
    void response
      .writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' })
      .end(JSON.stringify(page));
}

function versions(run: Run): Readonly<Record<string, string>> {
  expect(run.code, run.stdout + run.stderr).toBe(0);
  const { packages } = JSON.parse(run.stdout).targets[0];
  return Object.fromEntries(
    packages.map((each: { name: string; version: string }) => [each.name, each.version]),
  );
}

async function withIndex<T>(
  run: (index: FaultyIndex) => Promise<T>,
  faults: Readonly<Record<string, Answer>> = {},
): Promise<T> {
  const index = await faultyIndex(faults);
  try {
    return await run(index);
  } finally {
    await index.close();
  }
}

describe('where packages come from', () => {
  it('a directory of wheels beside a snapshot, or without any index', async () => {
    await inDirectory({}, async (cwd) => {
      mkdirSync(join(cwd, 'wheels'));
      writeFileSync(join(cwd, 'wheels/demo-2.0-py3-none-any.whl'), wheel('demo', '2.0'));
      const argv = ['lock', 'demo', ...target, '--find-links', 'wheels'];
      expect(versions(await pyplan([...argv, '--snapshot', exampleSnapshot], { cwd }))).toEqual({
        click: '8.5.0',
        demo: '2.0',
      });
      const alone = await pyplan([...argv, '--no-index'], { cwd });
      expect(alone.code).toBe(1);
      expect(JSON.parse(alone.stdout).error.explanation).toContain('click');
    });
  });

  it('a direct reference to a wheel on disk', async () => {
    await inDirectory({}, async (cwd) => {
      const path = join(cwd, 'demo-3.0-py3-none-any.whl');
      writeFileSync(path, wheel('demo', '3.0'));
      const argv = ['lock', `demo @ ${pathToFileURL(path).href}`, ...target, '--snapshot', exampleSnapshot];
      expect(versions(await pyplan(argv, { cwd }))).toEqual({ click: '8.5.0', demo: '3.0' });
    });
  });

  it('a further index, looked at first', async () => {
    const bytes = wheel('demo', '1.0');
    const further = {
      '/simple/demo/': demoPage(bytes),
      '/demo.whl': ((_, response) => void response.writeHead(200).end(bytes)) satisfies Answer,
    };
    await withIndex(async (first) => {
      await withIndex(async (second) => {
        const argv = [
          'lock',
          'demo',
          ...target,
          '--no-cache',
          '--index-url',
          second.url,
          '--extra-index-url',
          first.url,
        ];
        expect(versions(await pyplan(argv))).toEqual({ click: '8.5.0', demo: '1.0' });
        expect(second.asked).not.toContain('/simple/demo/');
      });
    }, further);
  });

  const places: Readonly<
    Record<
      string,
      (url: string) => { files?: Record<string, string>; env?: Record<string, string>; argv?: string[] }
    >
  > = {
    PYPLAN_INDEX_URL: (url) => ({ env: { PYPLAN_INDEX_URL: url } }),
    PIP_INDEX_URL: (url) => ({ env: { PIP_INDEX_URL: url } }),
    UV_DEFAULT_INDEX: (url) => ({ env: { UV_DEFAULT_INDEX: url } }),
    'a requirements file': (url) => ({ files: { 'r.txt': `-i ${url}\nclick\n` }, argv: ['r.txt'] }),
    'pip.conf': (url) => ({
      files: { 'pip.conf': `[global]\nindex-url = ${url}\n` },
      env: { PIP_CONFIG_FILE: 'pip.conf' },
    }),
    'uv.toml': (url) => ({
      files: { 'uv.toml': `[[index]]\nurl = "${url}"\ndefault = true\n` },
      env: { UV_NO_CONFIG: '' },
    }),
  };

  it.each(Object.entries(places))('an index that %s names', async (_, place) => {
    await withIndex(async (index) => {
      const { files = {}, env = {}, argv = ['click'] } = place(index.url);
      await inDirectory(files, async (cwd) => {
        const own = env['PIP_CONFIG_FILE'] === undefined ? env : { PIP_CONFIG_FILE: join(cwd, 'pip.conf') };
        const run = await pyplan(['lock', ...argv, ...target, '--no-cache'], { cwd, env: own });
        expect(versions(run)).toEqual({ click: '8.5.0' });
        expect(index.asked[0]).toBe('/simple/click/');
      });
    });
  });

  it('--index-url before all settings', async () => {
    await withIndex(async (index) => {
      const env = {
        PIP_INDEX_URL: 'http://127.0.0.1:1/simple',
        PYPLAN_INDEX_URL: 'http://127.0.0.1:1/simple',
      };
      const argv = ['lock', 'click', ...target, '--no-cache', '--index-url', index.url];
      expect(versions(await pyplan(argv, { env }))).toEqual({ click: '8.5.0' });
    });
  });

  it('with settings that can not be read, one error and exit code 2', async () => {
    await inDirectory({ 'uv.toml': '[[index]\n' }, async (cwd) => {
      const run = await pyplan(['lock', 'click', ...target], { cwd, env: { UV_NO_CONFIG: '' } });
      expect(run.code).toBe(2);
      expect(JSON.parse(run.stdout).error).toMatchObject({
        kind: 'input',
        explanation: expect.stringContaining('uv.toml'),
      });
    });
  });
});
