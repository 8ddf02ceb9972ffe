import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { SourceError } from '@pyplan/resolver';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newTurns } from '../src/http/turns.ts';
import {
  askKeyring,
  type HttpClient,
  type HttpClientOptions,
  httpClient,
  mergeSettings,
  openIndexes,
  simpleIndex,
} from '../src/index.ts';
import { fakeClock } from './support/clock.ts';
import { type Handler, type TestServer, testServer } from './support/server.ts';
import { pageText, SIMPLE_JSON } from './support/world.ts';

const cleanUps: (() => Promise<void> | void)[] = [];
const never = new AbortController().signal;

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Tells over which connections it was asked, by the ports that they come from. */
async function portsServer(): Promise<{
  readonly server: TestServer;
  readonly ports: ReadonlySet<number | undefined>;
}> {
  const ports = new Set<number | undefined>();
  const server = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('x');
  });
  return { server, ports };
}

async function serve(handler: Handler): Promise<TestServer> {
  const server = await testServer(handler);
  cleanUps.push(() => server.close());
  return server;
}

function client(options: Partial<HttpClientOptions> = {}): HttpClient {
  const made = httpClient({ clock: fakeClock(), maxAttempts: 2, ...options });
  cleanUps.push(() => made.close());
  return made;
}

async function failure(promise: Promise<unknown>): Promise<SourceError> {
  const error: unknown = await promise.catch((cause: unknown) => cause);
  if (error instanceof SourceError) return error;
  throw new Error('expected a SourceError', { cause: error });
}

describe('an answer', () => {
  test('that is compressed is unpacked, and refused where it is broken or in another encoding', async () => {
    const server = await serve((request, response) => {
      const body = gzipSync('x'.repeat(10_000));
      const broken = request.url === '/broken';
      const encoding = request.url === '/odd' ? 'compress' : 'gzip';
      response.writeHead(200, { 'content-encoding': encoding }).end(broken ? body.subarray(0, 30) : body);
    });
    expect((await client().get({ url: `${server.origin}/`, signal: never })).body.length).toBe(10_000);
    expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip');
    for (const path of ['/broken', '/odd']) {
      expect((await failure(client().get({ url: server.origin + path, signal: never }))).kind).toBe(
        'corrupt',
      );
    }
    const bomb = client().get({ url: `${server.origin}/`, signal: never, maxBytes: 5000 });
    expect((await failure(bomb)).message).toContain('too long');
  });

  test('longer than it may be, or slower, is given up', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/long') response.end('x'.repeat(10_000));
      else response.write('x');
    });
    const long = await failure(client().get({ url: `${server.origin}/long`, signal: never, maxBytes: 5000 }));
    expect(long.message).toContain('more than 5000 bytes');
    expect(server.requests).toHaveLength(1);
    const slow = await failure(client().get({ url: `${server.origin}/slow`, signal: never, timeout: 50 }));
    expect(slow.message).toContain('no whole answer in 0.05 s');
  });

  test('is given up at once when the signal fires', async () => {
    const controller = new AbortController();
    const server = await serve((_, response) => {
      response.write('x', () => controller.abort(new Error('enough')));
    });
    await expect(client().get({ url: `${server.origin}/`, signal: controller.signal })).rejects.toThrow(
      'enough',
    );
  });

  test('comes over connections that are kept', async () => {
    const { server, ports } = await portsServer();
    const kept = client({ concurrency: 2 });
    await Promise.all(
      Array.from({ length: 20 }, () => kept.get({ url: `${server.origin}/`, signal: never })),
    );
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  test('leaves its connection to the request that it leads to', async () => {
    const { server, ports } = await portsServer();
    const kept = client({ concurrency: 50 });
    for (let i = 0; i < 5; i++) await kept.get({ url: `${server.origin}/${i}`, signal: never });
    expect(ports.size).toBe(1);
  });

  test('takes its turn: the smallest first, and one in a turn of the event loop', async () => {
    const turns = newTurns();
    const told: string[] = [];
    const sizes = [3, 1, 2];
    const taken = sizes.map((size) => turns.take(size, () => true).then(() => told.push(`${size}`)));
    for (let i = 0; i < sizes.length; i++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      told.push('turn');
    }
    await Promise.all(taken);
    expect(told).toEqual(['1', 'turn', '2', 'turn', '3', 'turn']);
  });

  test('lets those that somebody waits for go first, also where that came later', async () => {
    const turns = newTurns();
    const told: number[] = [];
    const wanted = new Set([3, 4]);
    const taken = [1, 2, 3, 4].map((size) =>
      turns.take(size, () => wanted.has(size)).then(() => told.push(size)),
    );
    await new Promise<void>((resolve) => setImmediate(resolve));
    wanted.add(2);
    await Promise.all(taken);
    expect(told).toEqual([3, 2, 4, 1]);
  });
});

describe('over TLS', () => {
  let folder = '';
  let server: Http2SecureServer;
  let indexUrl = '';
  const seen: { readonly version: string; readonly client: string | undefined }[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pyplan-tls-'));
    const openssl = (...args: readonly string[]): void => {
      execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    };
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=authority',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
    );
    for (const [name, extension] of [
      ['server', 'subjectAltName=DNS:localhost'],
      ['client', 'extendedKeyUsage=clientAuth'],
    ] as const) {
      writeFileSync(join(folder, 'ext'), extension);
      openssl(
        'req',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-subj',
        `/CN=${name}`,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
      );
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-days',
        '2',
        '-extfile',
        'ext',
        '-out',
        `${name}.pem`,
      );
    }
    writeFileSync(join(folder, 'both.pem'), read('client.pem') + read('client.key'));
    server = createSecureServer({
      cert: read('server.pem'),
      key: read('server.key'),
      ca: read('ca.pem'),
      requestCert: true,
      rejectUnauthorized: false,
      allowHTTP1: true,
    });
    server.on('request', (request, response) => {
      seen.push({
        version: request.httpVersion,
        client: (request.socket as TLSSocket).getPeerCertificate().subject?.CN?.toString(),
      });
      response.writeHead(200, { 'content-type': SIMPLE_JSON });
      response.end(pageText('flask', ['1.0']));
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    indexUrl = `https://localhost:${(server.address() as AddressInfo).port}/simple`;
  });

  afterAll(async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    rmSync(folder, { recursive: true });
  });

  function read(name: string): string {
    return readFileSync(join(folder, name), 'utf8');
  }

  test('a custom authority is trusted, HTTP/2 is used, the client certificate is shown', async () => {
    const settings = mergeSettings([
      {
        defaultIndex: simpleIndex(indexUrl),
        caFile: join(folder, 'ca.pem'),
        clientCertFile: join(folder, 'both.pem'),
      },
    ]);
    const source = await openIndexes({ settings, environment: {}, home: folder });
    expect((await source.page('flask'))?.versions[0]?.text).toBe('1.0');
    await source.close();
    expect(seen.at(-1)).toEqual({ version: '2.0', client: 'client' });
  });

  test('an index is reached through the tunnel of a proxy, which is told who asks', async () => {
    const through: (string | undefined)[] = [];
    const proxy = createServer().on('connect', (request, socket, head) => {
      through.push(request.url, request.headers['proxy-authorization']);
      const onward = connect(Number(new URL(indexUrl).port), 'localhost', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.write(head);
        onward.pipe(socket).pipe(onward);
      });
      for (const end of [onward, socket]) end.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    cleanUps.push(() => void proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const settings = mergeSettings([{ defaultIndex: simpleIndex(indexUrl), caFile: join(folder, 'ca.pem') }]);
    const environment = { https_proxy: `http://me:word@127.0.0.1:${port}` };
    const source = await openIndexes({ settings, environment, home: folder });
    expect((await source.page('flask'))?.versions[0]?.text).toBe('1.0');
    await source.close();
    expect(through).toEqual([new URL(indexUrl).host, `Basic ${btoa('me:word')}`]);
  });

  test('an unknown authority is told as that', async () => {
    const error = await failure(client({ maxAttempts: 1 }).get({ url: `${indexUrl}/flask/`, signal: never }));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toMatch(/certificate|CERT/i);
  });

  test('the certificate of a host that the user trusts is not verified, that of any other is', async () => {
    const { host, hostname } = new URL(indexUrl);
    for (const trusted of [host, hostname]) {
      const settings = mergeSettings([
        { defaultIndex: simpleIndex(indexUrl), clientCertFile: join(folder, 'both.pem') },
        { insecureHosts: [trusted] },
      ]);
      const source = await openIndexes({ settings, environment: {}, home: folder });
      expect((await source.page('flask'))?.versions[0]?.text).toBe('1.0');
      await source.close();
    }
    const other = client({ maxAttempts: 1, tls: { insecureHosts: ['example.org', `${hostname}:1`] } });
    const error = await failure(other.get({ url: `${indexUrl}/flask/`, signal: never }));
    expect(error.message).toMatch(/certificate|CERT/i);
  });

  test('a certificate file that is not there is named', async () => {
    const settings = mergeSettings([
      { defaultIndex: simpleIndex(indexUrl), caFile: join(folder, 'gone.pem') },
    ]);
    await expect(openIndexes({ settings, environment: {}, home: folder })).rejects.toThrow(
      'gone.pem, the file of certificate authorities',
    );
  });
});

test('a keyring is asked for the URL, then for the host, with the user or for both', async () => {
  const asked: string[] = [];
  const run = (answers: Readonly<Record<string, string>>) => async (args: readonly string[]) => {
    asked.push(args.join(' '));
    return answers[args.join(' ')] ?? null;
  };
  const url = new URL('https://example.org/simple/');
  expect(await askKeyring(url, 'me', run({ 'get example.org me': 'pw\n' }))).toEqual({
    kind: 'basic',
    username: 'me',
    password: 'pw',
  });
  expect(
    await askKeyring(url, null, run({ '--mode creds get https://example.org/simple/': 'you\npw\n' })),
  ).toEqual({ kind: 'basic', username: 'you', password: 'pw' });
  expect(await askKeyring(url, 'me', run({}))).toBeNull();
  expect(asked.slice(0, 2)).toEqual(['get https://example.org/simple/ me', 'get example.org me']);
});
