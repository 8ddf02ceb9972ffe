import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceError } from '@pyplan/resolver';
import { afterEach, describe, expect, test } from 'vitest';
import { diskCache, httpClient, jsonApi, jsonApiBase, provenanceClient, statistics } from '../src/index.ts';
import { readJsonPage } from '../src/simple/json/page-json.ts';
import { lazyPage } from '../src/simple/lazy-page.ts';
import { fakeClock } from './support/clock.ts';
import { type TestServer, testServer } from './support/server.ts';

const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function serve(
  answers: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  const server = await testServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(200, headers).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  cleanUps.push(() => server.close());
  return server;
}

function client() {
  const made = httpClient({ clock: fakeClock() });
  cleanUps.push(() => made.close());
  return made;
}

const info = (version: string): object => ({
  name: 'Flask',
  version,
  summary: 'A framework',
  license: '',
  author: null,
  author_email: 'a@example.org',
  project_urls: { Source: 'https://example.org' },
  classifiers: ['A :: B'],
  requires_python: '>=3.9',
  requires_dist: ['click>=8', 'colorama; sys_platform == "win32"', 'broken (((', 'dep>=2.7.*'],
  yanked: true,
  yanked_reason: 'bad',
});

const file = {
  filename: 'flask-3.0.0.tar.gz',
  url: 'https://example.org/flask-3.0.0.tar.gz',
  packagetype: 'sdist',
  size: 7,
  digests: { sha256: 'ab', md5: 'cd' },
  upload_time_iso_8601: '2026-01-01T00:00:00Z',
  yanked: false,
};

describe('the JSON API', () => {
  test('gives a project with its releases, requirements read with their markers', async () => {
    const server = await serve({
      '/pypi/my-flask/json': {
        info: info('3.0.0'),
        releases: { '3.0.0': [file], '2.0': [] },
        urls: [file],
        vulnerabilities: [{ id: 'X-1', aliases: ['CVE-1'], fixed_in: ['3.0.1'], details: 'd' }],
        ownership: { organization: 'org', roles: [{ role: 'Owner', user: 'me' }] },
        last_serial: 5,
      },
    });
    const api = jsonApi(`${server.origin}/pypi`, { client: client() });
    const project = await api.project('My_Flask');
    expect(project?.info).toMatchObject({
      name: 'Flask',
      license: null,
      author: 'a@example.org',
      yanked: 'bad',
    });
    expect(project?.info.requiresDist?.map((found) => found.requirement?.marker === null)).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(project?.info.requiresDist?.[2]).toEqual({ text: 'broken (((', requirement: null });
    expect([...(project?.releases.keys() ?? [])]).toEqual(['3.0.0', '2.0']);
    expect(project?.urls[0]).toMatchObject({
      filename: 'flask-3.0.0.tar.gz',
      hashes: { sha256: 'ab', md5: 'cd' },
      yanked: null,
    });
    expect(project?.vulnerabilities[0]).toMatchObject({ id: 'X-1', fixedIn: ['3.0.1'], withdrawn: null });
    expect(project?.ownership).toEqual({ organization: 'org', roles: [{ role: 'Owner', user: 'me' }] });
    expect(await api.project('nothing')).toBeNull();
    await api.project('my-flask');
    expect(server.requests).toHaveLength(2);
  });

  test('asks the endpoint of the version where the project lags behind', async () => {
    const server = await serve({
      '/pypi/flask/json': { info: info('3.0.0'), urls: [] },
      '/pypi/flask/3.1.0/json': { info: info('3.1.0'), urls: [] },
    });
    const api = jsonApi(`${server.origin}/pypi/`, { client: client() });
    expect((await api.latest('flask', '3.1.0'))?.info.version).toBe('3.1.0');
    expect((await api.latest('flask', '3.0'))?.info.version).toBe('3.0.0');
    expect((await api.latest('flask', '4.0'))?.info.version).toBe('3.0.0');
  });

  test('that lies is told', async () => {
    const server = await serve({ '/a/json': '[]', '/b/json': '{', '/c/json': { info: {} } });
    const api = jsonApi(server.origin, { client: client() });
    for (const name of ['a', 'b', 'c']) {
      await expect(api.project(name)).rejects.toThrow(SourceError);
      await expect(api.project(name)).rejects.toMatchObject({
        kind: 'corrupt',
        url: `${server.origin}/${name}/json`,
      });
    }
  });

  test('is beside an index that is named simple', () => {
    expect(jsonApiBase('https://example.org/team/simple/')).toBe('https://example.org/team/pypi/');
    expect(jsonApiBase('https://example.org/index/')).toBeNull();
  });
});

describe('statistics', () => {
  test('are kept until the next day, and answer offline', async () => {
    const server = await serve({
      '/api/packages/flask/recent': { data: { last_day: 1, last_week: 7, last_month: 30 } },
      '/api/packages/flask/system': { data: [{ category: 'Linux', date: '2026-01-01', downloads: 3 }] },
    });
    const folder = mkdtempSync(join(tmpdir(), 'pyplan-stats-'));
    cleanUps.push(() => rmSync(folder, { recursive: true }));
    const cache = diskCache(folder);
    const noon = Date.parse('2026-05-01T12:00:00Z');
    const at = (time: number, offline = false) =>
      statistics(`${server.origin}/api`, { client: client(), cache, clock: fakeClock(time), offline });
    expect(await at(noon).recent('Flask')).toEqual({ day: 1, week: 7, month: 30 });
    expect(await at(noon).daily('flask', 'system')).toEqual([
      { date: '2026-01-01', category: 'Linux', downloads: 3 },
    ]);
    await at(noon + 11 * 3_600_000).recent('flask');
    expect(server.requests).toHaveLength(2);
    await at(noon + 13 * 3_600_000).recent('flask');
    expect(server.requests).toHaveLength(3);
    expect(await at(noon * 2, true).recent('flask')).toEqual({ day: 1, week: 7, month: 30 });
    await expect(at(noon, true).recent('click')).rejects.toMatchObject({ kind: 'offline' });
    expect(await at(noon).recent('nothing')).toBeNull();
  });
});

describe('provenance', () => {
  const statement = {
    predicateType: 'https://example.org/p',
    subject: [{ name: 'flask.whl', digest: { sha256: 'ab' } }],
    predicate: null,
  };
  const object = {
    version: 1,
    attestation_bundles: [
      {
        publisher: { kind: 'GitHub', repository: 'me/flask', workflow: 'release.yml' },
        attestations: [
          {
            version: 1,
            verification_material: { certificate: 'CERT', transparency_entries: [{ logIndex: '1' }] },
            envelope: {
              statement: Buffer.from(JSON.stringify(statement)).toString('base64'),
              signature: 'SIG',
            },
          },
        ],
      },
    ],
  };

  test('is fetched where the page names it, and typed', async () => {
    const server = await serve({ '/p/1': object, '/p/2': { ...object, version: 2 } });
    const page = lazyPage(
      readJsonPage(
        Buffer.from(
          JSON.stringify({
            files: [
              { filename: 'flask-1-py3-none-any.whl', url: 'a', provenance: '/p/1' },
              { filename: 'flask-1.tar.gz', url: 'b', provenance: `${server.origin}/p/2` },
              { filename: 'flask-1.zip', url: 'c', provenance: null },
            ],
          }),
        ),
        { name: 'flask', url: `${server.origin}/simple/flask/`, index: null, digest: null },
      ),
    );
    const [good, wrong, none] = page.filesOf(0);
    if (!good || !wrong || !none) throw new Error('no files');
    const provenance = provenanceClient({ client: client() });
    expect(await provenance.provenance(good)).toMatchObject({
      version: 1,
      bundles: [
        {
          publisher: { kind: 'GitHub', claims: { repository: 'me/flask', workflow: 'release.yml' } },
          attestations: [
            {
              certificate: 'CERT',
              signature: 'SIG',
              statement: { subjects: [{ name: 'flask.whl', digests: { sha256: 'ab' } }] },
            },
          ],
        },
      ],
    });
    expect(await provenance.provenance(none)).toBeNull();
    await expect(provenance.provenance(wrong)).rejects.toThrow('version 1');
  });
});
