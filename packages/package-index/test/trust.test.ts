import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceError } from '@pyplan/resolver';
import { afterEach, describe, expect, test } from 'vitest';
import { redirectTarget } from '../src/http/exchange/redirect.ts';
import {
  credentialStore,
  diskCache,
  httpClient,
  httpSource,
  mergeSettings,
  openIndexes,
  proxySettings,
  simpleIndex,
} from '../src/index.ts';
import { fakeClock } from './support/clock.ts';
import { type Handler, type TestServer, testServer } from './support/server.ts';
import { pageText, SIMPLE_JSON, worldHandler, worldServer } from './support/world.ts';

const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const SECRET = 'hush-hush';
const BASIC = `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`;

async function start(handler: Handler): Promise<TestServer> {
  const server = await testServer(handler);
  cleanUps.push(() => server.close());
  return server;
}

/** A server that wants credentials for everything. */
function guarded(inner: Handler): Handler {
  return (request, response, count) => {
    if (request.headers.authorization === BASIC) return inner(request, response, count);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
  };
}

function withUser(server: TestServer, path: string): string {
  return `${server.origin.replace('//', `//me:${SECRET}@`)}${path}`;
}

describe('a secret', () => {
  test('goes to its own host, and to no other by redirect or by the links of a page', async () => {
    const other = await start(worldHandler({ flask: ['1.0'] }));
    const own = await start(
      guarded((request, response) => {
        if (request.url === '/simple/moved/') {
          response.writeHead(302, { location: `${other.origin}/simple/flask/` }).end();
          return;
        }
        const page = pageText('flask', ['1.0']).replaceAll('"../../', `"${other.origin}/`);
        response.writeHead(200, { 'content-type': SIMPLE_JSON, 'cache-control': 'max-age=600' }).end(page);
      }),
    );
    const folder = mkdtempSync(join(tmpdir(), 'pyplan-trust-'));
    cleanUps.push(() => rmSync(folder, { recursive: true }));
    const source = httpSource({ indexUrl: withUser(own, '/simple'), cache: diskCache(folder) });
    cleanUps.push(() => source.close());
    const page = await source.page('flask');
    const file = page?.filesOf(0)[0];
    if (!page || !file) throw new Error('no file');
    expect(await source.metadata(page, file)).toMatchObject({ kind: 'metadata' });
    await source.page('moved');
    await source.close();
    expect(own.requests.every((request) => request.headers.authorization === BASIC)).toBe(true);
    expect(other.requests.length).toBeGreaterThan(1);
    for (const request of other.requests) expect(JSON.stringify(request)).not.toContain(BASIC);
    expect(JSON.stringify([page, page.index, file, source.index])).not.toContain(SECRET);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile())
        expect(readFileSync(join(entry.parentPath, entry.name), 'latin1')).not.toContain(SECRET);
    }
  });

  test('is in no message, whatever fails', async () => {
    const handlers: readonly Handler[] = [
      (_, response) => response.writeHead(401).end(),
      (_, response) => response.writeHead(403).end(),
      (_, response) => response.writeHead(500).end(),
      (request) => request.socket.resetAndDestroy(),
      (_, response) => response.writeHead(302, { location: 'ftp://x' }).end(),
      (_, response) => response.writeHead(302, { location: 'http://' }).end(),
      (_, response) => response.writeHead(200, { 'content-type': SIMPLE_JSON }).end('{'),
      (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('{'),
      (_, response) => response.writeHead(503, { 'retry-after': '9999' }).end(),
    ];
    for (const handler of handlers) {
      const server = await start(handler);
      const source = httpSource({
        indexUrl: withUser(server, '/simple'),
        maxAttempts: 2,
        clock: fakeClock(),
      });
      cleanUps.push(() => source.close());
      const error: unknown = await Promise.resolve(source.page('flask')).catch((cause: unknown) => cause);
      if (!(error instanceof SourceError)) throw new Error('expected a SourceError');
      expect(`${error.message} ${error.url} ${String(error.stack)} ${String(error.cause)}`).not.toContain(
        SECRET,
      );
    }
  });

  test('from netrc is sent to its host; a keyring is asked once, after a 401', async () => {
    const server = await start(guarded(worldHandler({ flask: ['1.0'], click: ['1.0'] })));
    const fromNetrc = httpSource({
      indexUrl: `${server.origin}/simple`,
      client: httpClient({
        credentials: credentialStore({
          netrc: (host) =>
            host === '127.0.0.1' ? { kind: 'basic', username: 'me', password: SECRET } : null,
        }),
      }),
    });
    expect((await fromNetrc.page('flask'))?.name).toBe('flask');
    let asked = 0;
    const client = httpClient({
      credentials: credentialStore({
        keyring: async (_, username) => {
          asked++;
          return username === 'me' ? { kind: 'basic', username, password: SECRET } : null;
        },
      }),
    });
    cleanUps.push(() => client.close());
    const indexUrl = `${server.origin.replace('//', '//me@')}/simple`;
    const source = httpSource({ indexUrl, client });
    expect(
      (await Promise.all([source.page('flask'), source.page('click')])).map((page) => page?.name),
    ).toEqual(['flask', 'click']);
    expect(asked).toBe(1);
  });

  test('for several indexes of one host goes by path, a token goes as bearer', () => {
    const store = credentialStore({
      known: [
        { url: 'https://example.org/a/simple/', credentials: { kind: 'bearer', token: 'A' } },
        { url: 'https://example.org/b/simple/', credentials: { kind: 'bearer', token: 'B' } },
      ],
    });
    expect(store.find(new URL('https://example.org/b/files/x.whl'))).toEqual({ kind: 'bearer', token: 'B' });
    expect(store.find(new URL('https://example.org/a/simple/x/'))).toEqual({ kind: 'bearer', token: 'A' });
    expect(store.find(new URL('https://example.org:8443/a/simple/x/'))).toBeNull();
    expect(store.find(new URL('http://example.org/a/simple/x/'))).toBeNull();
    expect(store.find(new URL('https://sub.example.org/a/'))).toBeNull();
  });
});

describe('redirects', () => {
  const from = new URL('https://example.org/simple/x/');

  test('from https to http, to other schemes and in circles are refused', () => {
    expect(() => redirectTarget(from, 'http://example.org/', 0)).toThrow('without encryption');
    expect(() => redirectTarget(from, 'file:///etc/passwd', 0)).toThrow('not followed');
    expect(() => redirectTarget(from, '/y/', 10)).toThrow('more than 10 redirects');
  });

  test('lose credentials that the server put in', () => {
    expect(redirectTarget(from, 'https://a:b@example.com/y/', 0).href).toBe('https://example.com/y/');
  });

  test('are followed, and the page knows where it was read', async () => {
    const server = await worldServer(
      { flask: ['1.0'] },
      {
        intercept: (request, response) => {
          if (request.url !== '/old/flask/') return false;
          response.writeHead(301, { location: '/simple/flask/' }).end();
          return true;
        },
      },
    );
    cleanUps.push(() => server.close());
    const source = httpSource({ indexUrl: `${server.origin}/old/` });
    cleanUps.push(() => source.close());
    expect((await source.page('flask'))?.filesOf(0)[0]?.url).toBe(
      `${server.origin}/files/flask/flask-1.0-py3-none-any.whl`,
    );
  });
});

test('a proxy is used for what is not excepted', async () => {
  const target = await worldServer({ flask: ['1.0'] });
  cleanUps.push(() => target.close());
  const proxy = await start((request, response) => {
    if (!request.url?.startsWith('http://index.example.org/')) response.writeHead(400).end();
    else
      worldHandler({ flask: ['2.0'] })(
        Object.assign(request, { url: new URL(request.url).pathname }),
        response,
        0,
      );
  });
  const settings = mergeSettings([
    {
      indexes: [simpleIndex('http://index.example.org/simple')],
      defaultIndex: simpleIndex(`${target.origin}/simple`),
      strategy: 'unsafe-best-match',
    },
  ]);
  const source = await openIndexes({
    settings,
    environment: { http_proxy: proxy.origin, no_proxy: '127.0.0.1' },
    home: '/nowhere',
  });
  cleanUps.push(() => source.close());
  const page = await source.page('flask');
  expect(page?.versions.map((version) => version.text)).toEqual(['1.0', '2.0']);
  expect(proxy.requests).toHaveLength(1);
});

test.each(['http', 'https'])('a proxy where nobody is there is named, for %s', async (scheme) => {
  const gone = await start((_, response) => response.end());
  await gone.close();
  const { port } = new URL(gone.origin);
  const proxy = proxySettings({ ALL_PROXY: `http://somebody:secret@127.0.0.1:${port}` });
  const client = httpClient({ proxy, clock: fakeClock(), maxAttempts: 1 });
  const index = httpSource({ indexUrl: `${scheme}://index.example.org/simple`, client });
  cleanUps.push(() => client.close());
  await expect(index.page('flask')).rejects.toThrow(
    `${scheme}://index.example.org/simple/flask/: by the proxy http://127.0.0.1:${port}: nothing answers there`,
  );
});
