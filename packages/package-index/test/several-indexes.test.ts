import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseRequirement } from '@pyplan/markers';
import { defaultOptions, type PackageSource, resolve, SourceError, target } from '@pyplan/resolver';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  diskCache,
  httpSource,
  type IndexesSource,
  type IndexSettings,
  mergeSettings,
  openIndexes,
  type PartialSettings,
  simpleIndex,
} from '../src/index.ts';
import type { TestServer } from './support/server.ts';
import { pageText, SIMPLE_JSON, sidecarText, worldServer } from './support/world.ts';

const cleanUps: (() => Promise<void> | void)[] = [];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyplan-links-'));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function serve(world: Readonly<Record<string, readonly string[]>>): Promise<TestServer> {
  const server = await worldServer(world);
  cleanUps.push(() => server.close());
  return server;
}

async function open(settings: PartialSettings): Promise<IndexesSource> {
  const merged: IndexSettings = mergeSettings([settings]);
  const source = await openIndexes({ settings: merged, environment: {}, home: folder });
  cleanUps.push(() => source.close());
  return source;
}

async function versions(source: PackageSource, name: string): Promise<readonly string[] | undefined> {
  return (await source.page(name))?.versions.map((version) => version.text);
}

function wheel(name: string, version: string, requires: readonly string[] = []): Buffer {
  const info = `${name}-${version}.dist-info`;
  return Buffer.from(
    zipSync({
      [`${info}/METADATA`]: Buffer.from(sidecarText(name, version, requires)),
      [`${info}/WHEEL`]: Buffer.from('Wheel-Version: 1.0\n'),
      [`${info}/RECORD`]: Buffer.from(''),
    }),
  );
}

describe('several indexes', () => {
  test('first-index: a name found on one is never looked for on a later one', async () => {
    const inner = await serve({ mine: ['1.0'] });
    const outer = await serve({ mine: ['99.0'], flask: ['3.0'] });
    const source = await open({
      indexes: [simpleIndex(`${inner.origin}/simple`)],
      defaultIndex: simpleIndex(`${outer.origin}/simple`),
    });
    expect(await versions(source, 'mine')).toEqual(['1.0']);
    expect(await versions(source, 'flask')).toEqual(['3.0']);
    expect(await source.page('nothing')).toBeNull();
    expect(outer.requests.map((request) => request.path)).toEqual(['/simple/flask/', '/simple/nothing/']);
  });

  test('unsafe-best-match joins all, and asks each file of its own index', async () => {
    const inner = await serve({ mine: ['1.0'] });
    const outer = await serve({ mine: ['1.0', '99.0'] });
    const source = await open({
      indexes: [simpleIndex(`${inner.origin}/simple`)],
      defaultIndex: simpleIndex(`${outer.origin}/simple`),
      strategy: 'unsafe-best-match',
    });
    const page = await source.page('mine');
    expect(page?.versions.map((version) => version.text)).toEqual(['1.0', '99.0']);
    const [first, last] = [page?.filesOf(0)[0], page?.filesOf(1)[0]];
    if (!page || !first || !last) throw new Error('no files');
    expect([new URL(first.url).origin, new URL(last.url).origin]).toEqual([inner.origin, outer.origin]);
    expect(await source.metadata(page, last)).toMatchObject({ kind: 'metadata' });
    expect(page).toBe(await source.page('mine'));
  });

  test('unsafe-first-match takes a later index only where no version of an earlier one will do', async () => {
    const inner = await serve({ mine: ['1.0', '2.0'] });
    const outer = await serve({ mine: ['1.0', '3.0'], flask: ['3.0'] });
    const source = await open({
      indexes: [simpleIndex(`${inner.origin}/simple`)],
      defaultIndex: simpleIndex(`${outer.origin}/simple`),
      strategy: 'unsafe-first-match',
    });
    const chosen = async (text: string): Promise<string> => {
      const requirement = parseRequirement(text);
      const origin = { source: 'argument', line: null, column: null };
      const resolution = await resolve({
        requirements: [{ requirement, origin }],
        constraints: [],
        overrides: [],
        targets: [target('3.12', 'linux')],
        source,
        options: defaultOptions,
      });
      const [planned] = resolution.plans[0]?.packages ?? [];
      return `${planned?.version} ${URL.parse(planned?.file.url ?? '')?.origin === inner.origin ? 'inner' : 'outer'}`;
    };
    expect(await chosen('mine')).toBe('2.0 inner');
    expect(await chosen('mine<2')).toBe('1.0 inner');
    expect(await chosen('mine>2')).toBe('3.0 outer');
    expect(await versions(source, 'flask')).toEqual(['3.0']);
  });

  test('a page that is expected is asked of the index alone where looking it up would begin', async () => {
    const [inner, outer, special] = [
      await serve({ flask: ['1.0'] }),
      await serve({ flask: ['3.0'], click: ['8.0'] }),
      await serve({ torch: ['2.0'] }),
    ];
    const source = await open({
      defaultIndex: simpleIndex(`${outer.origin}/simple`),
      indexes: [
        { name: 'special', url: `${special.origin}/simple`, format: 'simple', explicit: true },
        simpleIndex(`${inner.origin}/simple`),
      ],
      pins: new Map([['torch', 'special']]),
    });
    for (const name of ['flask', 'click', 'torch']) source.expect(name);
    expect(await versions(source, 'flask')).toEqual(['1.0']);
    expect(await versions(source, 'torch')).toEqual(['2.0']);
    const paths = (server: TestServer) => server.requests.map(({ path }) => path).toSorted();
    expect(paths(inner)).toEqual(['/simple/click/', '/simple/flask/']);
    expect(paths(special)).toEqual(['/simple/torch/']);
    expect(paths(outer)).toEqual([]);
  });

  test('an explicit index serves only what is pinned to it, and a pin asks no other', async () => {
    const special = await serve({ torch: ['2.0'], flask: ['9.0'] });
    const outer = await serve({ torch: ['3.0'], flask: ['3.0'] });
    const source = await open({
      indexes: [{ name: 'special', url: `${special.origin}/simple`, format: 'simple', explicit: true }],
      defaultIndex: simpleIndex(`${outer.origin}/simple`),
      pins: new Map([['torch', 'special']]),
    });
    expect(await versions(source, 'torch')).toEqual(['2.0']);
    expect(await versions(source, 'flask')).toEqual(['3.0']);
    expect(special.requests.map((request) => request.path)).toEqual(['/simple/torch/']);
    await expect(
      open({ defaultIndex: simpleIndex(`${outer.origin}/simple`), pins: new Map([['torch', 'gone']]) }),
    ).rejects.toThrow('pinned to the index gone');
  });

  test('what the cache and directories hold comes at once, from several indexes as from one', async () => {
    const inner = await serve({ mine: ['1.0'] });
    const outer = await serve({ flask: ['3.0'] });
    const links = join(folder, 'links');
    mkdirSync(links);
    const settings = mergeSettings([
      {
        indexes: [simpleIndex(`${inner.origin}/simple`)],
        defaultIndex: simpleIndex(`${outer.origin}/simple`),
        findLinks: [links],
      },
    ]);
    const opened = (): Promise<IndexesSource> =>
      openIndexes({ settings, environment: {}, home: folder, cache: diskCache(join(folder, 'cache')) });
    const first = await opened();
    for (const name of ['mine', 'flask']) expect(await first.page(name)).not.toBeNull();
    await first.close();
    const second = await opened();
    cleanUps.push(() => second.close());
    const [mine, flask] = [second.page('mine'), second.page('flask')];
    expect([mine, flask].filter((page) => page instanceof Promise)).toEqual([]);
    expect(await versions(second, 'mine')).toEqual(['1.0']);
    expect([inner.requests.length, outer.requests.length]).toEqual([2, 1]);
  });

  test('PEP 708: a page that tracks the later index is joined with it', async () => {
    const outer = await serve({ mine: ['1.0', '2.0'] });
    const inner = await worldServer(
      {},
      {
        intercept: (_, response) => {
          const meta = { meta: { 'api-version': '1.2', tracks: [`${outer.origin}/simple/mine/`] } };
          response.writeHead(200, { 'content-type': SIMPLE_JSON }).end(pageText('mine', ['1.0+cpu'], meta));
          return true;
        },
      },
    );
    cleanUps.push(() => inner.close());
    const source = await open({
      indexes: [simpleIndex(`${inner.origin}/simple`)],
      defaultIndex: simpleIndex(`${outer.origin}/simple`),
    });
    expect(await versions(source, 'mine')).toEqual(['1.0', '1.0+cpu', '2.0']);
  });
});

describe('loose files', () => {
  test('of a directory are candidates beside the index, with digest and metadata of their own', async () => {
    const bytes = wheel('mine', '5.0', ['flask>=1']);
    writeFileSync(join(folder, 'mine-5.0-py3-none-any.whl'), bytes);
    writeFileSync(join(folder, 'README.txt'), '');
    const outer = await serve({ mine: ['1.0'] });
    const source = await open({ findLinks: [folder], defaultIndex: simpleIndex(`${outer.origin}/simple`) });
    const page = await source.page('mine');
    expect(page?.versions.map((version) => version.text)).toEqual(['1.0', '5.0']);
    const file = page?.filesOf(1)[0];
    if (!page || !file) throw new Error('no file');
    expect(file.hashes).toEqual({ sha256: hash('sha256', bytes) });
    expect(file.size).toBe(bytes.length);
    expect(await source.metadata(page, file)).toMatchObject({ metadata: { requiresDist: ['flask>=1'] } });
  });

  test('of a page and of a directory of pages work without an index', async () => {
    writeFileSync(
      join(folder, 'links.html'),
      '<a href="sub/mine-2.0.tar.gz">x</a><a href="other-1.0.whl">x</a>',
    );
    const source = await open({ noIndex: true, findLinks: [join(folder, 'links.html')] });
    expect(await versions(source, 'mine')).toEqual(['2.0']);
    expect(await source.page('flask')).toBeNull();
    mkdirSync(join(folder, 'simple', 'mine'), { recursive: true });
    writeFileSync(join(folder, 'simple', 'mine', 'index.html'), '<a href="mine-3.0.tar.gz">x</a>');
    const onDisk = await open({ defaultIndex: simpleIndex(pathToFileURL(join(folder, 'simple')).href) });
    expect(await versions(onDisk, 'mine')).toEqual(['3.0']);
  });

  test('that are not there are told', async () => {
    const source = await open({ noIndex: true, findLinks: [join(folder, 'gone')] });
    await expect(async () => source.page('mine')).rejects.toThrow('there is no such file or directory');
  });
});

describe('a direct reference', () => {
  const direct = httpSource({ indexUrl: 'http://127.0.0.1:9/simple' });

  test('to a local wheel is a page of one version', async () => {
    const bytes = wheel('mine', '5.0', ['flask>=1']);
    const path = join(folder, 'mine-5.0-py3-none-any.whl');
    writeFileSync(path, bytes);
    for (const url of [
      path,
      pathToFileURL(path).href,
      `${pathToFileURL(path).href}#sha256=${hash('sha256', bytes)}`,
    ]) {
      const page = await direct.direct('mine', url);
      const file = page.filesOf(0)[0];
      if (!file) throw new Error('no file');
      expect(page.versions.map((version) => version.text)).toEqual(['5.0']);
      expect(await direct.metadata(page, file)).toMatchObject({ metadata: { requiresDist: ['flask>=1'] } });
    }
    expect(() => direct.direct('mine', `${path}#sha256=00`)).toThrow(SourceError);
    expect(() => direct.direct('other', path)).toThrow('no wheel or sdist of other');
  });

  test('to a remote wheel reads its metadata by range', async () => {
    const bytes = wheel('mine', '5.0', ['flask>=1']);
    const server = await worldServer(
      {},
      {
        intercept: (request, response) => {
          const [, suffix] = /^bytes=-(\d+)$/.exec(request.headers.range ?? '') ?? [];
          const from = suffix === undefined ? 0 : Math.max(0, bytes.length - Number(suffix));
          response.writeHead(
            suffix === undefined ? 200 : 206,
            suffix === undefined
              ? {}
              : { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` },
          );
          response.end(bytes.subarray(from));
          return true;
        },
      },
    );
    cleanUps.push(() => server.close());
    const page = await direct.direct('mine', `${server.origin}/x/mine-5.0-py3-none-any.whl#sha256=ab`);
    const file = page.filesOf(0)[0];
    if (!file) throw new Error('no file');
    expect(file.hashes).toEqual({ sha256: 'ab' });
    expect(await direct.metadata(page, file)).toMatchObject({ metadata: { requiresDist: ['flask>=1'] } });
  });

  test('to what only a build could read is refused with the reason', () => {
    expect(() => direct.direct('mine', 'git+https://example.org/mine.git')).toThrow('version control');
    expect(() => direct.direct('mine', folder)).toThrow('source tree');
    expect(() => direct.direct('mine', join(folder, 'gone-1.0-py3-none-any.whl'))).toThrow('no such file');
  });
});
