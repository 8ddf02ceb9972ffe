import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyIndex, faultyIndex, serveExample } from '../faulty-index.ts';
import { pyplan, type Run } from '../run-pyplan.ts';

const argv = ['lock', 'click', '--python', '3.12', '--platform', 'linux', '--format', 'json', '--no-cache'];

function isLocked(run: Run): void {
  expect(run.code, run.stderr).toBe(0);
  expect(JSON.parse(run.stdout).targets[0].packages).toMatchObject([{ name: 'click', version: '8.5.0' }]);
}

/** One error, in the place where it belongs, with this exit code. */
function isRefused(run: Run, code: number, message: RegExp): void {
  expect(run).toMatchObject({ code, stdout: '' });
  expect(run.stderr.match(/^error: /gm)).toHaveLength(1);
  expect(run.stderr).toMatch(message);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  // A server that listens on a port has an address of that kind.
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

describe('an index over TLS', () => {
  let folder = '';
  let server: Server;
  let index: readonly string[];
  let host = '';
  /** The names of the certificates that clients have shown. */
  const shown: (string | undefined)[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pyplan-cli-tls-'));
    const own = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-x509',
      '-days',
      '2',
    ];
    for (const [name, more] of [
      ['localhost', ['-addext', 'subjectAltName=DNS:localhost']],
      ['visitor', []],
    ] as const) {
      const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
      execFileSync('openssl', ['req', ...own, '-subj', `/CN=${name}`, ...more, ...files], {
        cwd: folder,
        stdio: 'pipe',
      });
    }
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, 'both.pem'), read('visitor.pem') + read('visitor.key'));
    const identity = { cert: read('localhost.pem'), key: read('localhost.key') };
    server = createSecureServer(
      { ...identity, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        const { socket } = request;
        shown.push(
          socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN?.toString() : undefined,
        );
        serveExample(request.url ?? '/', response);
      },
    );
    host = `localhost:${await listen(server)}`;
    index = ['--index-url', `https://${host}/simple`];
  });

  afterAll(async () => {
    await close(server);
    rmSync(folder, { recursive: true });
  });

  it('is not believed without a reason', async () => {
    isRefused(await pyplan([...argv, ...index]), 3, /certificate/i);
  });

  it('is believed by --cert, a file in PEM', async () => {
    isLocked(await pyplan([...argv, ...index, '--cert', join(folder, 'localhost.pem')]));
    isRefused(await pyplan([...argv, ...index, '--cert', join(folder, 'visitor.pem')]), 3, /certificate/i);
    isRefused(await pyplan([...argv, ...index, '--cert', join(folder, 'none.pem')]), 2, /none\.pem/);
  });

  it('is believed by --trusted-host, with its port or without, and no other host is', async () => {
    isLocked(await pyplan([...argv, ...index, '--trusted-host', host]));
    isLocked(await pyplan([...argv, ...index, '--trusted-host', 'localhost']));
    isRefused(await pyplan([...argv, ...index, '--trusted-host', 'example.org']), 3, /certificate/i);
  });

  it('sees the certificate of --client-cert', async () => {
    const trusted = [...argv, ...index, '--trusted-host', host];
    isLocked(await pyplan([...trusted, '--client-cert', join(folder, 'both.pem')]));
    expect(shown.at(-1)).toBe('visitor');
    isRefused(await pyplan([...trusted, '--client-cert', join(folder, 'none.pem')]), 2, /none\.pem/);
  });
});

describe('--proxy', () => {
  let index: FaultyIndex;
  let proxy: Server;
  let address = '';
  const through: string[] = [];

  beforeAll(async () => {
    index = await faultyIndex();
    proxy = createServer((incoming, outgoing) => {
      const { url = '', headers } = incoming;
      through.push(new URL(url).host);
      get(url, { headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
    }).on('connect', (request, socket, head) => {
      through.push(request.url ?? '');
      const [name = '', port = ''] = (request.url ?? '').split(':');
      const onward = connect(Number(port), name, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.write(head);
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    address = `http://localhost:${await listen(proxy)}`;
  });

  afterAll(async () => {
    await close(proxy);
    await index.close();
  });

  it('is what requests go through, given or by HTTP_PROXY', async () => {
    const { host } = new URL(index.url);
    isLocked(await pyplan([...argv, '--index-url', index.url, '--proxy', address]));
    expect(new Set(through)).toEqual(new Set([host]));
    through.length = 0;
    isLocked(await pyplan([...argv, '--index-url', index.url], { env: { HTTP_PROXY: address } }));
    expect(new Set(through)).toEqual(new Set([host]));
    through.length = 0;
    const env = { HTTP_PROXY: address, NO_PROXY: '127.0.0.1' };
    isLocked(await pyplan([...argv, '--index-url', index.url], { env }));
    expect(through).toEqual([]);
  });

  it('that can not be used is told in one line', async () => {
    const given = [...argv, '--index-url', index.url, '--proxy'];
    isRefused(await pyplan([...given, 'ftp://127.0.0.1:9']), 2, /--proxy is not a URL of a proxy: ftp:/);
    isRefused(await pyplan([...given, 'http://']), 2, /--proxy is not a URL of a proxy/);
    isRefused(await pyplan([...given, 'http://127.0.0.1:9']), 3, /by the proxy http:\/\/127\.0\.0\.1:9: /);
  });
});

describe('--keyring-provider', () => {
  let index: FaultyIndex;
  let folder = '';
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const guarded: Parameters<typeof faultyIndex>[0] = {
      '/simple/click/': (request, response) => {
        const [, token = ''] = (request.headers.authorization ?? '').split(' ');
        if (Buffer.from(token, 'base64').toString() === 'me:open sesame') {
          serveExample('/simple/click/', response);
        } else response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
      },
    };
    index = await faultyIndex(guarded);
    folder = mkdtempSync(join(tmpdir(), 'pyplan-cli-keyring-'));
    mkdirSync(join(folder, 'bin'));
    const keyring = join(folder, 'bin/keyring');
    writeFileSync(keyring, '#!/bin/sh\n[ "$1" = get ] && [ "$3" = me ] && echo "open sesame"\n');
    chmodSync(keyring, 0o755);
    env = { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
  });

  afterAll(async () => {
    await index.close();
    rmSync(folder, { recursive: true });
  });

  it('subprocess asks the keyring command for the password of a user, disabled does not', async () => {
    const url = index.url.replace('//', '//me@');
    const given = [...argv, '--index-url', url, '--keyring-provider'];
    isLocked(await pyplan([...given, 'subprocess'], { env }));
    const disabled = await pyplan([...given, 'disabled'], { env });
    isRefused(disabled, 3, /401/);
    const other = await pyplan(
      [...argv, '--index-url', index.url.replace('//', '//you@'), '--keyring-provider', 'subprocess'],
      { env },
    );
    isRefused(other, 3, /401/);
    expect(other.stderr).not.toContain('sesame');
  });

  it('of another name is refused in one line', async () => {
    const run = await pyplan([...argv, '--index-url', index.url, '--keyring-provider', 'mine'], { env });
    isRefused(run, 2, /--keyring-provider/);
  });
});
