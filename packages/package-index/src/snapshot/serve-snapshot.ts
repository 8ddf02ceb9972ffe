import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { normalizeName } from '@pyplan/markers';
import { snapshotSource } from '../source/snapshot-source.ts';

export interface ServeOptions {
  /** 0: one that is free. */
  readonly port?: number;
  /** Loopback, unless the user says otherwise. */
  readonly host?: string;
}

export interface SnapshotServer {
  /** URL of the index, `http://…/simple/`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a snapshot as an index: JSON or HTML by what is asked for, redirects to normalised names, ranges,
 * ETags. Any static web server does too, without the choice of form.
 *
 * @throws {SourceError} where the directory is no snapshot.
 */
export async function serveSnapshot(directory: string, options: ServeOptions = {}): Promise<SnapshotServer> {
  const root = resolve(directory);
  snapshotSource(root);
  const { port = 0, host = '127.0.0.1' } = options;
  // Loading node:http loads Node's own undici with it: no run that serves nothing is to pay for that.
  const { createServer } = await import('node:http');
  const server = createServer((request, response) => answer(root, request, response));
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(port, host, ready);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/simple/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const JSON_TYPE = 'application/vnd.pypi.simple.v1+json';
const HTML_TYPE = 'application/vnd.pypi.simple.v1+html';

function answer(root: string, request: IncomingMessage, response: ServerResponse): ServerResponse {
  if (request.method !== 'GET' && request.method !== 'HEAD') return fail(response, 405);
  const path = decodedPath(request.url ?? '/');
  const parts = path?.split('/').slice(1) ?? [];
  // Only plain names reach the disk.
  if (
    parts.some(
      (part, index) =>
        part === '.' || part === '..' || /[\\\0]/.test(part) || (part === '' && index < parts.length - 1),
    )
  ) {
    return fail(response, 404);
  }
  const [kind, name = '', file = '', ...rest] = parts;
  if (kind === 'simple' && file === '' && rest.length === 0)
    return simple(root, name, parts.length, request, response);
  if (kind === 'files' && file !== '' && rest.length === 0) {
    return send(join(root, 'files', name, file), 'application/octet-stream', request, response);
  }
  return fail(response, 404);
}

function simple(
  root: string,
  name: string,
  parts: number,
  request: IncomingMessage,
  response: ServerResponse,
): ServerResponse {
  const normalised = normalizeName(name);
  const isComplete = name === '' ? parts === 2 : parts === 3;
  if (!isComplete || normalised !== name) {
    return response
      .writeHead(301, { location: name === '' ? '/simple/' : `/simple/${encodeURIComponent(normalised)}/` })
      .end();
  }
  const form = preferredForm(request.headers.accept);
  if (form === null) return fail(response, 406);
  response.setHeader('vary', 'Accept');
  const filename = form === JSON_TYPE ? 'index.json' : 'index.html';
  const type = form === JSON_TYPE ? form : `${form}; charset=utf-8`;
  return send(join(root, 'simple', name, filename), type, request, response);
}

/** The form that an Accept header likes best (PEP 691, "Version and format selection"); HTML for no preference. */
export function preferredForm(accept: string | undefined): string | null {
  if (accept === undefined || accept.trim() === '') return 'text/html';
  let best: string | null = null;
  let most = 0;
  for (const part of accept.split(',')) {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    const form = FORMS[type];
    if (form === undefined || !(quality > most)) continue;
    most = quality;
    best = form;
  }
  return best;
}

const FORMS: Readonly<Record<string, string>> = {
  [JSON_TYPE]: JSON_TYPE,
  'application/vnd.pypi.simple.latest+json': JSON_TYPE,
  [HTML_TYPE]: HTML_TYPE,
  'application/vnd.pypi.simple.latest+html': HTML_TYPE,
  'text/html': 'text/html',
  'text/*': 'text/html',
  '*/*': 'text/html',
};

function send(
  path: string,
  type: string,
  request: IncomingMessage,
  response: ServerResponse,
): ServerResponse {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return fail(response, 404);
  }
  const etag = `"${hash('sha256', bytes).slice(0, 32)}"`;
  response.setHeader('etag', etag).setHeader('accept-ranges', 'bytes').setHeader('content-type', type);
  if (request.headers['if-none-match'] === etag) {
    return response.writeHead(304).end();
  }
  const range = byteRange(request.headers.range, bytes.length);
  if (range === 'none') {
    return response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
  }
  const body = range === null ? bytes : bytes.subarray(range.start, range.end + 1);
  if (range !== null)
    response.setHeader('content-range', `bytes ${range.start}-${range.end}/${bytes.length}`);
  response.writeHead(range === null ? 200 : 206, { 'content-length': body.length });
  return request.method === 'HEAD' ? response.end() : response.end(body);
}

/** One range (RFC 9110, section 14.2); null to send all, `none` where it lies outside. */
function byteRange(
  header: string | undefined,
  length: number,
): { readonly start: number; readonly end: number } | 'none' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '')
    return Number(last) === 0 || length === 0
      ? 'none'
      : { start: Math.max(0, length - Number(last)), end: length - 1 };
  const start = Number(first);
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= length ? 'none' : { start, end };
}

function decodedPath(url: string): string | null {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    return null;
  }
}

function fail(response: ServerResponse, status: number): ServerResponse {
  return response.writeHead(status, { 'content-type': 'text/plain' }).end();
}
