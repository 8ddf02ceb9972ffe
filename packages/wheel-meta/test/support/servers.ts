import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A server on loopback with one file, and what it was asked. */
export interface FileServer {
  readonly url: string;
  readonly asked: string[];
  /** Bytes of bodies sent. */
  sent: number;
  file: Uint8Array;
  close(): Promise<void>;
}

/** How a server answers; `range` is the request's `Range` header, if any. */
type Habit = (
  request: IncomingMessage,
  response: ServerResponse,
  file: Uint8Array,
  range: string | undefined,
) => void;

/** Starts a server of this habit for `file`, called `name`. */
export async function serve(
  habit: Habit,
  file: Uint8Array,
  name = 'foo-1.0-py3-none-any.whl',
): Promise<FileServer> {
  const server = createServer((request, response) => {
    const { range } = request.headers;
    state.asked.push(`${request.method} ${range ?? ''}`.trim());
    for (const method of ['write', 'end'] as const) {
      const original: unknown = response[method];
      Reflect.set(response, method, (...given: readonly unknown[]) => {
        if (given[0] instanceof Uint8Array) state.sent += given[0].length;
        return Reflect.apply(original as () => unknown, response, given);
      });
    }
    habit(request, response, state.file, range);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const state: FileServer = {
    url: `http://127.0.0.1:${port}/files/${name}`,
    asked: [],
    sent: 0,
    file,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return state;
}

/** Start and end of a range, cut to the file; null where it is not satisfiable. */
function resolveRange(range: string, size: number): readonly [number, number] | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range);
  if (match === null) return null;
  const [, from = '', to = ''] = match;
  if (from === '') return to === '' || size === 0 ? null : [Math.max(0, size - Number(to)), size];
  const end = to === '' ? size : Math.min(size, Number(to) + 1);
  return Number(from) < end ? [Number(from), end] : null;
}

function sendRange(response: ServerResponse, file: Uint8Array, start: number, end: number): void {
  response.writeHead(206, {
    'content-range': `bytes ${start}-${end - 1}/${file.length}`,
    'content-length': end - start,
    etag: etagOf(file),
  });
  response.end(file.subarray(start, end));
}

function sendWhole(
  request: IncomingMessage,
  response: ServerResponse,
  file: Uint8Array,
  acceptRanges: string,
): void {
  response.writeHead(200, {
    'content-length': file.length,
    'accept-ranges': acceptRanges,
    etag: etagOf(file),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  sendSlowly(response, file);
}

/** In pieces, waiting for the reader, so that one who has enough can stop. */
function sendSlowly(response: ServerResponse, bytes: Uint8Array): void {
  let at = 0;
  const more = (): void => {
    while (at < bytes.length) {
      if (response.destroyed) return;
      const chunk = bytes.subarray(at, at + 16 * 1024);
      at += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}

export function etagOf(file: Uint8Array): string {
  return `"${file.length}-${file.reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7)}"`;
}

/** Ranges of every kind, `If-Range` respected. */
export const exactRanges: Habit = (request, response, file, range) => {
  const fresh = request.headers['if-range'] === undefined || request.headers['if-range'] === etagOf(file);
  if (range === undefined || !fresh) return sendWhole(request, response, file, 'bytes');
  const span = resolveRange(range, file.length);
  if (span !== null) return sendRange(response, file, ...span);
  response.writeHead(416, { 'content-range': `bytes */${file.length}` });
  response.end();
};

/** As PyPI's file host once was: a suffix range is answered 501. */
export const noSuffixRanges: Habit = (request, response, file, range) => {
  if (range?.startsWith('bytes=-') === true) {
    response.writeHead(501);
    response.end();
    return;
  }
  exactRanges(request, response, file, range);
};

/** A static server that knows no ranges. */
export const always200: Habit = (request, response, file) => sendWhole(request, response, file, 'none');

/** As some artifact managers: 416 for any range that goes past the end, without telling the size. */
export const strict416: Habit = (request, response, file, range) => {
  const match = /^bytes=(\d*)-(\d+)$/.exec(range ?? '');
  const past = match !== null && Number(match[2]) >= file.length + (match[1] === '' ? 1 : 0);
  if (past) {
    response.writeHead(416);
    response.end();
    return;
  }
  exactRanges(request, response, file, range);
};

/** A proxy that packs whatever it sends, whatever was asked for; ranges are of the packed bytes. */
export const gzipAlways: Habit = (request, response, file, range) => {
  const packed = gzipSync(file);
  const span = range === undefined ? null : resolveRange(range, packed.length);
  if (span === null) {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    if (request.method === 'HEAD') response.end();
    else sendSlowly(response, packed);
    return;
  }
  response.writeHead(206, {
    'content-encoding': 'gzip',
    'content-range': `bytes ${span[0]}-${span[1] - 1}/${packed.length}`,
  });
  response.end(packed.subarray(...span));
};

/** Sends everybody to another server. */
export function redirectTo(target: () => string): Habit {
  return (_request, response) => {
    response.writeHead(302, { location: target() });
    response.end();
  };
}
