import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diskCache, type HttpSourceOptions } from '../src/index.ts';
import { fakeClock } from './support/clock.ts';
import { failure, served } from './support/served.ts';
import type { TestServer } from './support/server.ts';
import { pageText, SIMPLE_JSON } from './support/world.ts';

const { serve, source, directory } = served();

describe('the cache', () => {
  test('tells what is there from what is not, in any order, and each project’s own bytes at any length', () => {
    const index = diskCache(directory()).forIndex('https://index.example.org/simple/');
    const empty = { expires: 0, head: '{}', versions: [], slices: [], sidecars: new Map() };
    // Shorter than what is read at first, about as long, and longer.
    const lengths = [3, 5000, 130_900, 131_000, 131_072, 500_000];
    lengths.forEach((length, i) => {
      index.replace(`there-${i}`, { ...empty, passedOver: Buffer.alloc(length, i + 1) });
    });
    for (const step of [1, -1]) {
      const files = lengths.map((_, i) => {
        const at = step === 1 ? i : lengths.length - 1 - i;
        expect(index.open(`absent-${at}`)).toBe(null);
        return { at, file: index.open(`there-${at}`), next: index.open(`there-${at}`) };
      });
      for (const { at, file, next } of files) {
        const bytes = Buffer.alloc(lengths[at] ?? 0, at + 1);
        for (const opened of [file, next]) expect(opened?.passedOver()?.equals(bytes)).toBe(true);
      }
    }
    index.close();
  });

  test('keeps each index in a folder of its own, whatever its URL, which the folder names', () => {
    const cache = directory();
    const path = 'a/rather/long/path/'.repeat(8);
    const urls = ['simple/', 'Simple/', 'sim_70le/', 'simpl%C3%A9/', 'simplé/', path, `${path}b/`].map(
      (end) => `https://index.example.org/${end}`,
    );
    const empty = { expires: 0, head: '{}', versions: [], slices: [], sidecars: new Map() };
    for (const url of urls) {
      const index = diskCache(cache).forIndex(url);
      expect(index.open('flask')).toBe(null);
      expect(index.replace('flask', { ...empty, passedOver: Buffer.from(url) })).toBe(true);
    }
    const told = urls.map((url) => diskCache(cache).forIndex(url).open('flask')?.passedOver()?.toString());
    expect(told).toEqual(urls);
    const [projects = ''] = readdirSync(cache);
    const folders = readdirSync(join(cache, projects));
    expect(folders).toContain('https_3a_2f_2findex.example.org_2fsimple_2f');
    expect(new Set(folders.map((name) => name.toLowerCase())).size).toBe(urls.length);
    expect(Math.max(...folders.map((name) => name.length))).toBeLessThanOrEqual(100);
  });

  async function visit(server: TestServer, options: Partial<HttpSourceOptions>): Promise<unknown> {
    const index = source(server, options);
    const page = await index.page('flask');
    const file = page?.filesOf(2)[0];
    if (!page || !file) throw new Error('no file');
    const answer = await index.metadata(page, file);
    const seen = {
      versions: page.versions.map((version) => version.text),
      files: page.versions.map((_, position) => page.filesOf(position)),
      passedOver: page.passedOver,
      status: page.status,
      digest: page.digest,
      index: page.index,
      answer,
    };
    await index.close();
    return seen;
  }

  test('answers a second run without a request and without a promise', async () => {
    const server = await serve();
    const cache = diskCache(directory());
    const first = await visit(server, { cache });
    expect(server.requests).toHaveLength(2);
    expect(await visit(server, { cache })).toEqual(first);
    expect(server.requests).toHaveLength(2);
    const index = source(server, { cache });
    expect(index.page('flask')).not.toBeInstanceOf(Promise);
  });

  test('asks by ETag when a page is stale, and keeps it when it has not changed', async () => {
    const server = await serve();
    const cache = diskCache(directory());
    const first = await visit(server, { cache });
    const clock = fakeClock(1_000_000 + 601_000);
    expect(await visit(server, { cache, clock })).toEqual(first);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[2]?.headers['if-none-match']).toMatch(/^"/);
    await visit(server, { cache, clock });
    expect(server.requests).toHaveLength(3);
  });

  test('answers offline however old, and says what is missing', async () => {
    const server = await serve();
    const cache = diskCache(directory());
    const first = await visit(server, { cache });
    const clock = fakeClock(1e15);
    expect(await visit(server, { cache, offline: true, clock })).toEqual(first);
    const index = source(server, { cache, offline: true, clock });
    const error = await failure((async () => index.page('click'))());
    expect(error.kind).toBe('offline');
    expect(error.message).toContain('the page of click');
    expect(server.requests).toHaveLength(2);
  });

  test('is a file a project, and holds no credentials', async () => {
    const server = await serve({
      intercept: (request, response) => {
        if (request.url !== '/simple/flask/') return false;
        const body = pageText('flask', ['1.0', '2.0', '3.0']).replaceAll(
          '"../../',
          `"${server.origin.replace('//', '//user:hush@')}/`,
        );
        response.writeHead(200, { 'content-type': SIMPLE_JSON, 'cache-control': 'max-age=600' }).end(body);
        return true;
      },
    });
    const folder = directory();
    const indexUrl = `${server.origin.replace('//', '//user:hush@')}/simple/`;
    await visit(server, { cache: diskCache(folder), indexUrl });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map((entry) => entry.name).sort()).toEqual(['INDEX', 'page-flask']);
    for (const entry of files) {
      expect(readFileSync(join(entry.parentPath, entry.name), 'latin1')).not.toContain('hush');
    }
  });

  test('believes for a minute that a project is absent, and offline for ever', async () => {
    const server = await serve();
    const cache = diskCache(directory());
    const index = source(server, { cache });
    expect(await index.page('nothing')).toBeNull();
    await index.close();
    expect(source(server, { cache, clock: fakeClock(1_000_000 + 59_000) }).page('nothing')).toBeNull();
    const later = fakeClock(1_000_000 + 61_000);
    expect(source(server, { cache, offline: true, clock: later }).page('nothing')).toBeNull();
    expect(server.requests).toHaveLength(1);
    expect(await source(server, { cache, clock: later }).page('nothing')).toBeNull();
    expect(server.requests).toHaveLength(2);
  });

  test('keeps nothing that the server says not to keep', async () => {
    const server = await serve({ cacheControl: 'no-store' });
    const folder = directory();
    const index = source(server, { cache: diskCache(folder) });
    await index.page('flask');
    await index.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
