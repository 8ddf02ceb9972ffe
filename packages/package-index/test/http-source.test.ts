import { hash } from 'node:crypto';
import { SourceError } from '@pyplan/resolver';
import { describe, expect, test } from 'vitest';
import { httpSource } from '../src/index.ts';
import { fakeClock } from './support/clock.ts';
import { failure, served } from './support/served.ts';
import { pageText, SIMPLE_JSON, sidecarText, type WorldOptions } from './support/world.ts';

const { serve, source } = served();

describe('a page', () => {
  test('has its versions in order and its files with absolute URLs', async () => {
    const server = await serve();
    const page = await source(server).page('flask');
    expect(page?.versions.map((version) => version.text)).toEqual(['1.0', '2.0', '3.0']);
    expect(page?.index).toBe(`${server.origin}/simple/`);
    expect(page?.digest).toBe(hash('sha256', pageText('flask', ['1.0', '2.0', '3.0'])));
    expect(page?.filesOf(2)).toEqual([
      {
        filename: 'flask-3.0-py3-none-any.whl',
        url: `${server.origin}/files/flask/flask-3.0-py3-none-any.whl`,
        hashes: { sha256: hash('sha256', 'flask-3.0-py3-none-any.whl') },
        size: 1000,
        uploadTime: '2026-01-02T03:04:05.000000Z',
        requiresPython: '>=3.8',
        yanked: null,
        coreMetadata: { sha256: hash('sha256', sidecarText('flask', '3.0')) },
      },
    ]);
  });

  test('that the index has not is null, and not asked for again', async () => {
    const server = await serve();
    const index = source(server);
    expect(await index.page('nothing')).toBeNull();
    expect(index.page('nothing')).toBeNull();
    expect(server.requests).toHaveLength(1);
  });

  test('is asked for once, however many want it, and then comes at once', async () => {
    const server = await serve();
    const index = source(server);
    const pages = await Promise.all(Array.from({ length: 20 }, () => index.page('flask')));
    expect(new Set(pages).size).toBe(1);
    expect(server.requests).toHaveLength(1);
    expect(index.page('flask')).toBe(pages[0]);
  });

  test('is asked for in JSON before HTML, by a client that says who it is', async () => {
    const server = await serve();
    await source(server).page('flask');
    expect(server.requests[0]?.headers.accept).toMatch(
      /^application\/vnd\.pypi\.simple\.v1\+json, .*text\/html;q=0\.01$/,
    );
    expect(server.requests[0]?.headers['user-agent']).toMatch(/^pyplan\/\d/);
  });
});

describe('metadata', () => {
  test('comes from the sidecar, once', async () => {
    const server = await serve();
    const index = source(server);
    const page = await index.page('flask');
    const file = page?.filesOf(2)[0];
    if (!page || !file) throw new Error('no file');
    const answer = await index.metadata(page, file);
    expect(answer).toEqual({
      kind: 'metadata',
      metadata: {
        requiresDist: [],
        requiresPython: null,
        providesExtra: [],
        digest: hash('sha256', sidecarText('flask', '3.0')),
      },
    });
    expect(index.metadata(page, file)).toBe(answer);
    expect(server.requests).toHaveLength(2);
  });

  test('with another hash than the page says is an error that names both', async () => {
    const server = await serve({
      intercept: (request, response) => {
        if (!request.url?.endsWith('.metadata')) return false;
        response
          .writeHead(200)
          .end('Metadata-Version: 2.1\nName: flask\nVersion: 3.0\nRequires-Dist: evil\n\n');
        return true;
      },
    });
    const index = source(server);
    const page = await index.page('flask');
    const file = page?.filesOf(2)[0];
    if (!page || !file) throw new Error('no file');
    const error = await failure(index.metadata(page, file));
    expect(error.kind).toBe('corrupt');
    expect(error.message).toContain(hash('sha256', sidecarText('flask', '3.0')));
    expect(error.url).toBe(`${server.origin}/files/flask/flask-3.0-py3-none-any.whl.metadata`);
  });
});

describe('failures', () => {
  const breakages: Readonly<Record<string, NonNullable<WorldOptions['intercept']>>> = {
    'HTTP 500': (_, response) => {
      response.writeHead(500).end();
      return true;
    },
    'a connection reset': (request) => {
      request.socket.resetAndDestroy();
      return true;
    },
    'a page cut short': (_, response) => {
      response.writeHead(200, { 'content-type': SIMPLE_JSON, 'content-length': 1000 });
      response.write('{"meta":', () => response.destroy());
      return true;
    },
  };

  for (const [name, intercept] of Object.entries(breakages)) {
    test(`${name} is one clear error after several attempts`, async () => {
      const server = await serve({ intercept });
      const error = await failure(source(server, { maxAttempts: 3 }).page('flask'));
      expect(error.kind).toBe('unreachable');
      expect(error.message).toContain(`${server.origin}/simple/flask/`);
      expect(error.message).toContain('tried 3 times');
      expect(server.requests).toHaveLength(3);
    });

    test(`${name} that passes leaves no trace`, async () => {
      const server = await serve({
        intercept: (request, response, count) => count < 2 && intercept(request, response, count),
      });
      const page = await source(server).page('flask');
      expect(page?.versions).toHaveLength(3);
      expect(server.requests).toHaveLength(3);
    });
  }

  test('a page that is no JSON, and one that is no page, are corrupt', async () => {
    for (const [body, part] of [
      ['{"meta":{"api-version":"1.0"},"files":[', 'not JSON'],
      ['{"meta":{"api-version":"1.0"}}', 'no list of files'],
      ['{"meta":{"api-version":"2.0"},"files":[]}', 'API version 2.0'],
    ] as const) {
      const server = await serve({
        intercept: (_, response) => {
          response.writeHead(200, { 'content-type': SIMPLE_JSON }).end(body);
          return true;
        },
      });
      const error = await failure(source(server).page('flask'));
      expect(error.kind).toBe('corrupt');
      expect(error.message).toContain(part);
    }
  });

  test('nothing at the address is told as that', async () => {
    const server = await serve();
    await server.close();
    const error = await failure(source(server).page('flask'));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain('nothing answers there (ECONNREFUSED) (tried 3 times)');
  });

  test('401 and 403 are refusals, not retried', async () => {
    for (const status of [401, 403]) {
      const server = await serve({
        intercept: (_, response) => {
          response.writeHead(status).end();
          return true;
        },
      });
      const error = await failure(source(server).page('flask'));
      expect(error.kind).toBe('refused');
      expect(server.requests).toHaveLength(1);
    }
  });

  test('a page can not point at the files of this machine, nor at nothing', async () => {
    const server = await serve({
      intercept: (request, response) => {
        if (request.url !== '/simple/flask/') return false;
        const files = ['file:///etc/passwd', 'http://[', 'ftp://example.org/x'].map((url, minor) => ({
          filename: `flask-1.${minor}-py3-none-any.whl`,
          url,
          'core-metadata': true,
        }));
        response.writeHead(200, { 'content-type': SIMPLE_JSON }).end(JSON.stringify({ files }));
        return true;
      },
    });
    const index = source(server);
    const page = await index.page('flask');
    if (!page) throw new Error('no page');
    for (const [position] of page.versions.entries()) {
      const file = page.filesOf(position)[0];
      if (!file) throw new Error('no file');
      expect(file.url).toBe('');
      expect(await index.metadata(page, file)).toMatchObject({ kind: 'unusable' });
    }
    expect(server.requests).toHaveLength(1);
  });

  test('an index URL that is none is refused without showing it', () => {
    for (const indexUrl of ['https://me:hush@', 'hush', 'ftp://me:hush@example.org/']) {
      expect(() => httpSource({ indexUrl })).toThrow(SourceError);
      expect(() => httpSource({ indexUrl })).not.toThrow(/hush/);
    }
  });

  test('an error is not kept: the next call asks again', async () => {
    const server = await serve({
      intercept: (_, response, count) => {
        if (count > 0) return false;
        response.writeHead(403).end();
        return true;
      },
    });
    const index = source(server);
    await failure(index.page('flask'));
    expect((await index.page('flask'))?.name).toBe('flask');
  });
});

describe('politeness', () => {
  test('waits as long as Retry-After says, for all requests to that host', async () => {
    const clock = fakeClock();
    const server = await serve({
      intercept: (_, response, count) => {
        if (count > 0) return false;
        response.writeHead(429, { 'retry-after': '7' }).end();
        return true;
      },
    });
    const index = source(server, { clock });
    await index.page('flask');
    expect(clock.slept).toEqual([7000]);
  });

  test('gives up where it is asked to wait for hours', async () => {
    const server = await serve({
      intercept: (_, response) => {
        response.writeHead(503, { 'retry-after': '7200' }).end();
        return true;
      },
    });
    const error = await failure(source(server).page('flask'));
    expect(error.message).toContain('7200 s');
    expect(server.requests).toHaveLength(1);
  });

  test('has no more requests under way than it may', async () => {
    let underWay = 0;
    let most = 0;
    const server = await serve({
      intercept: (_, response) => {
        most = Math.max(most, ++underWay);
        setImmediate(() => {
          underWay--;
          response.writeHead(404).end();
        });
        return true;
      },
    });
    const index = source(server, { concurrency: 4 });
    await Promise.all(Array.from({ length: 40 }, (_, number) => index.page(`p${number}`)));
    expect(most).toBeLessThanOrEqual(4);
    expect(most).toBeGreaterThan(1);
  });
});

describe('abort', () => {
  const hang: NonNullable<WorldOptions['intercept']> = () => true;

  test('of the only caller ends the request with its reason', async () => {
    const server = await serve({ intercept: hang });
    const controller = new AbortController();
    const page = source(server).page('flask', controller.signal);
    controller.abort(new Error('enough'));
    await expect(page).rejects.toThrow('enough');
  });

  test('of one caller leaves the others waiting', async () => {
    const release: (() => void)[] = [];
    const server = await serve({
      intercept: (_, response) => {
        release.push(() =>
          response.writeHead(200, { 'content-type': SIMPLE_JSON }).end(pageText('flask', ['9.0'])),
        );
        for (const waiter of waiters.splice(0)) waiter();
        return true;
      },
    });
    const waiters: (() => void)[] = [];
    const asked = new Promise<void>((resolve) => waiters.push(resolve));
    const index = source(server);
    const controller = new AbortController();
    const first = index.page('flask', controller.signal);
    const second = index.page('flask', new AbortController().signal);
    await asked;
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    release[0]?.();
    expect((await second)?.versions[0]?.text).toBe('9.0');
  });

  test('of the source ends everything', async () => {
    const server = await serve({ intercept: hang });
    const controller = new AbortController();
    const index = source(server, { signal: controller.signal });
    const pages = Promise.allSettled(['a', 'b', 'c'].map((name) => index.page(name)));
    controller.abort(new Error('stop'));
    expect((await pages).map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(() => index.page('d')).toThrow('stop');
  });
});
