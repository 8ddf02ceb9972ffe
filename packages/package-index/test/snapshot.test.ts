import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PackageSource, projectPage } from '@pyplan/resolver';
import { tagsFor } from '@pyplan/wheel-meta';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type CreateSnapshotOptions,
  createSnapshot,
  httpClient,
  httpSource,
  projectNames,
  serveSnapshot,
  snapshotRequest,
  snapshotSource,
  updateSnapshot,
  verifySnapshot,
} from '../src/index.ts';
import { preferredForm } from '../src/snapshot/serve-snapshot.ts';
import { filesUnder } from '../src/snapshot/verify-snapshot.ts';
import { type TestServer, testServer } from './support/server.ts';
import { worldServer } from './support/world.ts';

const cleanUps: (() => Promise<void> | void)[] = [];
const tags = [
  tagsFor({
    implementation: 'cpython',
    python: '3.12',
    freeThreaded: false,
    platform: { kind: 'manylinux', arch: 'x86_64', version: [2, 28] },
  }),
];
let folder = '';
let server: TestServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyplan-make-'));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  server = await worldServer({
    flask: ['1.0', '1.1', '1.2', '2.0', '2.1', '3.0', '4.0'],
    click: ['8.0'],
    other: ['1'],
  });
  cleanUps.push(() => server.close());
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Looks at flask 2.1 and click 8.0, and chooses flask 2.1. */
async function resolve(source: PackageSource) {
  const chosen = [];
  for (const [name, version] of [
    ['flask', '2.1'],
    ['click', '8.0'],
  ] as const) {
    const page = await source.page(name);
    const index = page?.versions.findIndex((found) => found.text === version) ?? -1;
    const file = page?.filesOf(index)[0];
    if (!page || !file) throw new Error('no file');
    await source.metadata(page, file);
    if (name === 'flask') chosen.push(file);
  }
  return chosen;
}

function options(extra: Partial<CreateSnapshotOptions> = {}): CreateSnapshotOptions {
  const client = httpClient();
  const source = httpSource({ indexUrl: `${server.origin}/simple`, client });
  cleanUps.push(() => client.close());
  return {
    directory: join(folder, 'made'),
    source,
    client,
    resolve,
    tags,
    request: { sources: ['flask'] },
    ...extra,
  };
}

function contents(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filesUnder(directory, '.').map((path) => [path, readFileSync(join(directory, path), 'latin1')]),
  );
}

describe('a snapshot that is made', () => {
  test('holds what was looked at and its neighbours, closed, the same bytes each time', async () => {
    const report = await createSnapshot(options());
    expect(report).toMatchObject({ projects: 2, files: 6, sidecars: 6, held: 0, leftOut: [] });
    const made = join(folder, 'made');
    expect((await verifySnapshot(made)).findings).toEqual([]);
    const source = snapshotSource(made);
    const page = await source.page('flask');
    expect(page?.versions.map((version) => version.text)).toEqual(['1.2', '2.0', '2.1', '3.0', '4.0']);
    expect(await source.page('other')).toBeNull();
    const first = contents(made);
    expect(JSON.stringify(first)).not.toContain(server.origin);
    await createSnapshot(options({ directory: join(folder, 'again') }));
    expect(contents(join(folder, 'again'))).toEqual(first);
    expect(snapshotRequest(made)).toEqual({ sources: ['flask'] });
  });

  test('says the same as the index it came from', async () => {
    await createSnapshot(options({ allVersions: true }));
    const live = httpSource({ indexUrl: `${server.origin}/simple` });
    cleanUps.push(() => live.close());
    const served = await serveSnapshot(join(folder, 'made'));
    cleanUps.push(() => served.close());
    const again = httpSource({ indexUrl: served.url });
    cleanUps.push(() => again.close());
    const there = await live.page('flask');
    for (const copy of [snapshotSource(join(folder, 'made')), again]) {
      const here = await copy.page('flask');
      if (!here || !there) throw new Error('no page');
      expect(here.versions.map((version) => version.text)).toEqual(
        there.versions.map((version) => version.text),
      );
      for (const [index] of there.versions.entries()) {
        const [mine, theirs] = [here.filesOf(index)[0], there.filesOf(index)[0]];
        if (!mine || !theirs) throw new Error('no file');
        expect({ ...mine, url: '' }).toEqual({ ...theirs, url: '' });
        expect(await copy.metadata(here, mine)).toEqual(await live.metadata(there, theirs));
      }
    }
  });

  test('is told to be damaged where it is', async () => {
    await createSnapshot(options());
    const made = join(folder, 'made');
    writeFileSync(join(made, 'files/flask/flask-2.1-py3-none-any.whl.metadata'), 'x');
    rmSync(join(made, 'files/flask/flask-2.0-py3-none-any.whl.metadata'));
    writeFileSync(join(made, 'files/click/stray'), 'x');
    writeFileSync(join(made, 'simple/click/index.json'), '{');
    const { findings } = await verifySnapshot(made);
    expect(findings.map((finding) => finding.kind).sort()).toEqual([
      'bad-page',
      'bad-sidecar',
      'missing-sidecar',
      'stray',
      'stray',
    ]);
  });

  test('is replaced in one step or not at all, and never something else', async () => {
    const made = join(folder, 'made');
    await createSnapshot(options());
    const before = contents(made);
    await expect(
      createSnapshot(
        options({
          resolve: async (source) => [...(await resolve(source)), await Promise.reject(new Error('stop'))],
        }),
      ),
    ).rejects.toThrow('stop');
    const broken = options({
      neighbours: 0,
      resolve: async (source) => {
        const files = await resolve(source);
        await server.close();
        return files;
      },
    });
    await expect(createSnapshot({ ...broken, client: httpClient({ maxAttempts: 1 }) })).rejects.toThrow(
      'ECONNREFUSED',
    );
    expect(contents(made)).toEqual(before);
    expect(filesUnder(folder, '.').every((path) => path.startsWith('made/'))).toBe(true);
    writeFileSync(join(folder, 'precious'), 'x');
    await expect(createSnapshot(options({ directory: folder, resolve: async () => [] }))).rejects.toThrow(
      'is no snapshot',
    );
    expect(existsSync(join(folder, 'precious'))).toBe(true);
  });

  test('that is updated says what is different', async () => {
    await createSnapshot(options({ neighbours: 1 }));
    const update = await updateSnapshot(options({ neighbours: 2 }));
    expect(update.added).toEqual([
      'files/flask/flask-1.2-py3-none-any.whl.metadata',
      'files/flask/flask-4.0-py3-none-any.whl.metadata',
    ]);
    expect(update.removed).toEqual([]);
    expect(update.changed).toEqual(['simple/flask/index.html', 'simple/flask/index.json']);
  });

  test('leaves out wheels that fit no target', async () => {
    const file = (filename: string) => ({
      filename,
      url: `${server.origin}/files/flask/flask-1.0-py3-none-any.whl`,
      hashes: {},
      size: null,
      uploadTime: null,
      requiresPython: null,
      yanked: null,
      coreMetadata: true,
    });
    const page = projectPage({
      name: 'flask',
      files: [
        file('flask-1.0-py3-none-any.whl'),
        file('flask-1.0-cp312-cp312-win_amd64.whl'),
        file('flask-1.0.tar.gz'),
      ],
    });
    const source: PackageSource = {
      page: () => page,
      metadata: () => ({ kind: 'unusable', reason: '' }),
      direct: () => page,
    };
    const report = await createSnapshot(
      options({
        source,
        resolve: async (recorded) => {
          const found = await recorded.page('flask');
          return found?.filesOf(0).slice(0, 1) ?? [];
        },
      }),
    );
    expect(report.files).toBe(1);
  });
});

describe('a served snapshot', () => {
  test('chooses the form, redirects to normalised names and stays in its directory', async () => {
    await createSnapshot(options());
    const served = await serveSnapshot(join(folder, 'made'));
    cleanUps.push(() => served.close());
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(new URL(path, served.url), { headers, redirect: 'manual' });
    expect(
      (await get('flask/', { accept: 'application/vnd.pypi.simple.v1+json' })).headers.get('content-type'),
    ).toBe('application/vnd.pypi.simple.v1+json');
    expect((await get('flask/')).headers.get('content-type')).toContain('text/html');
    expect((await get('', { accept: 'application/vnd.pypi.simple.v1+json' })).status).toBe(200);
    const client = httpClient();
    cleanUps.push(() => client.close());
    expect(await projectNames(served.url, client)).toEqual(['click', 'flask']);
    writeFileSync(join(folder, 'made/simple/index.json'), '{"projects": 3}');
    await expect(projectNames(served.url, client)).rejects.toThrow('expected a list of projects');
    const html = await testServer((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<a href="/simple/a.b/">A.B</a><a href="c">c</a><a>none</a>');
    });
    cleanUps.push(() => html.close());
    expect(await projectNames(`${html.origin}/simple`, client)).toEqual(['a.b', 'c']);
    expect((await get('Flask/')).headers.get('location')).toBe('/simple/flask/');
    expect((await get('flask')).status).toBe(301);
    expect((await get('nothing/')).status).toBe(404);
    expect((await get('flask/', { accept: 'image/png' })).status).toBe(406);
    for (const path of [
      '/files/..%2f..%2fsnapshot.json/x',
      '/files/flask/..%2f..%2fsnapshot.json',
      '/snapshot.json',
      '/simple/..%2f',
    ]) {
      expect((await get(path)).status, path).toBe(404);
    }
    const sidecar = '/files/click/click-8.0-py3-none-any.whl.metadata';
    const whole = await get(sidecar);
    const text = await whole.text();
    expect((await get(sidecar, { 'if-none-match': whole.headers.get('etag') ?? '' })).status).toBe(304);
    expect(await (await get(sidecar, { range: 'bytes=-5' })).text()).toBe(text.slice(-5));
    expect(await (await get(sidecar, { range: 'bytes=2-4' })).text()).toBe(text.slice(2, 5));
    expect((await get(sidecar, { range: `bytes=${text.length}-` })).status).toBe(416);
  });

  test('prefers what the client prefers', () => {
    expect(preferredForm('text/html;q=0.1, application/vnd.pypi.simple.v1+json')).toBe(
      'application/vnd.pypi.simple.v1+json',
    );
    expect(preferredForm('text/html, application/vnd.pypi.simple.v1+json;q=0.5')).toBe('text/html');
    expect(preferredForm('*/*')).toBe('text/html');
    expect(preferredForm('application/vnd.pypi.simple.v1+json;q=0')).toBeNull();
  });
});
