import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diskCache } from '../src/index.ts';
import { served } from './support/served.ts';
import type { TestServer } from './support/server.ts';

const { serve, source, directory } = served();

/** The projects whose pages were asked for, in order. */
function asked({ requests }: TestServer): readonly (string | undefined)[] {
  return requests.map(({ path }) => path.split('/')[2]);
}

describe('a page that is expected', () => {
  test('is asked for once, and comes to who wants it', async () => {
    const server = await serve();
    const index = source(server);
    index.expect('flask');
    index.expect('flask');
    expect((await index.page('flask'))?.versions).toHaveLength(3);
    index.expect('flask');
    expect(asked(server)).toEqual(['flask']);
  });

  test('is asked for again where that failed before anybody wanted it', async () => {
    const server = await serve({
      intercept: ({ url }, response, count) => {
        const isRefused = url === '/simple/flask/' && count === 0;
        if (isRefused) response.writeHead(403).end();
        return isRefused;
      },
    });
    const index = source(server, { concurrency: 1 });
    index.expect('flask');
    await index.page('click');
    expect((await index.page('flask'))?.versions).toHaveLength(3);
    expect(asked(server)).toEqual(['flask', 'click', 'flask']);
  });

  test('is not asked for where it is fresh in the cache, offline, or when all has ended', async () => {
    const server = await serve();
    const cache = diskCache(join(directory(), 'cache'));
    const first = source(server, { cache });
    await first.page('flask');
    await first.close();
    const ending = new AbortController();
    const fresh = source(server, { cache });
    const others = [source(server, { offline: true }), source(server, { signal: ending.signal })];
    ending.abort(new Error('enough'));
    fresh.expect('flask');
    for (const index of others) index.expect('click');
    expect(fresh.page('flask')).not.toBeInstanceOf(Promise);
    await fresh.page('nothing');
    expect(asked(server)).toEqual(['flask', 'nothing']);
  });

  test('leaves after all that is wanted', async () => {
    const server = await serve();
    const index = source(server, { concurrency: 1 });
    const first = index.page('flask');
    index.expect('click');
    const last = index.page('nothing');
    await Promise.all([first, last]);
    await index.page('click');
    expect(asked(server)).toEqual(['flask', 'nothing', 'click']);
  });
});
