import { joinBytes } from '../bytes/join-bytes.ts';
import { addBytes, type SparseBytes, sparseBytes, wholeBytes } from '../bytes/sparse-bytes.ts';
import { parseContentRange, sizeOfUnsatisfied } from './content-range.ts';
import { discardBody, type HttpResponse } from './http.ts';
import {
  checkStatus,
  failure,
  habitOf,
  isPacked,
  learn,
  readExactly,
  rememberState,
  request,
  type Transfer,
} from './transfer.ts';

/** A remote file opened: its end is known, or it comes as a whole in the body of a response. */
export type Opened = { readonly kind: 'file'; readonly file: SparseBytes } | OpenedStream;

export interface OpenedStream {
  readonly kind: 'stream';
  readonly response: HttpResponse;
}

/**
 * Gets the last `length` bytes of the file, in one request where the server can do that.
 *
 * With the size known, or a server that only knows positions, by a range of positions; else by a suffix
 * range. Where the server turns out to know no ranges, the answer that holds the whole file is used.
 */
export async function openTail(transfer: Transfer, length: number): Promise<Opened> {
  const habit = habitOf(transfer);
  if (habit === 'stream') return openStream(transfer, 'the server is known to ignore ranges');
  if (transfer.size !== null) return openAt(transfer, transfer.size, length);
  if (habit === 'range') return openBySize(transfer, length, 'the server is known to refuse suffix ranges');
  return openSuffix(transfer, length);
}

/** Asks for the whole file. */
export async function openStream(transfer: Transfer, reason: string): Promise<OpenedStream> {
  transfer.detours.push(reason);
  return asStream(transfer, await request(transfer, 'GET', {}));
}

async function openSuffix(transfer: Transfer, length: number): Promise<Opened> {
  const response = await request(transfer, 'GET', { Range: `bytes=-${length}` });
  transfer.route = 'suffix-range';
  if (response.status === 200) return wholeOrStream(transfer, response, length);
  if (response.status === 206 && !isPacked(response)) {
    const range = parseContentRange(response.headers.get('content-range'));
    // A suffix range ends with the file; some servers take `-100` for the first hundred bytes.
    const total = range?.total ?? range?.end ?? null;
    if (range !== null && total !== null && range.end === total && range.start >= total - length) {
      learn(transfer, 'suffix');
      return fileFrom(transfer, response, range.start, range.end, total);
    }
    learn(transfer, 'range');
    await discardBody(response);
    if (range?.total != null)
      return openAfter(transfer, range.total, length, 'the suffix range was misunderstood');
    return openBySize(transfer, length, 'the suffix range was answered without a right Content-Range');
  }
  await discardBody(response);
  if (response.status === 416) {
    const size = sizeOfUnsatisfied(response.headers.get('content-range'));
    if (size !== null)
      return openAfter(transfer, size, length, 'the suffix range was longer than the file (416)');
    // Where small files are refused so, asking for the size first is two requests each time, not three.
    learn(transfer, 'range');
    return openBySize(transfer, length, 'the suffix range was not satisfiable (416)');
  }
  if (response.status === 206) return openPacked(transfer);
  checkStatus(transfer, response);
  learn(transfer, 'range');
  return openBySize(transfer, length, `the suffix range was refused (${response.status})`);
}

function openAfter(transfer: Transfer, size: number, length: number, reason: string): Promise<Opened> {
  transfer.detours.push(reason);
  return openAt(transfer, size, length);
}

/** Asks for the size, then by position. */
async function openBySize(transfer: Transfer, length: number, reason: string): Promise<Opened> {
  transfer.detours.push(reason);
  const head = await request(transfer, 'HEAD', {});
  await discardBody(head);
  if (head.status === 404 || head.status === 410) checkStatus(transfer, head);
  const ranges = head.headers.get('accept-ranges')?.toLowerCase();
  if (head.status !== 200) return openStream(transfer, `HEAD was refused (${head.status})`);
  if (ranges === 'none') {
    learn(transfer, 'stream');
    return openStream(transfer, 'the server accepts no ranges');
  }
  const size = /^\d+$/.exec(head.headers.get('content-length')?.trim() ?? '')?.[0];
  if (size === undefined || isPacked(head)) return openStream(transfer, 'the server does not tell the size');
  return openAt(transfer, Number(size), length);
}

async function openAt(transfer: Transfer, size: number, length: number): Promise<Opened> {
  if (size === 0) return { kind: 'file', file: wholeBytes(new Uint8Array()) };
  const start = Math.max(0, size - length);
  const response = await request(transfer, 'GET', { Range: `bytes=${start}-${size - 1}` });
  transfer.route = 'range';
  if (response.status === 200) return wholeOrStream(transfer, response, size - start);
  if (response.status === 206) {
    if (isPacked(response)) {
      await discardBody(response);
      return openPacked(transfer);
    }
    const range = parseContentRange(response.headers.get('content-range'));
    const total = range?.total ?? size;
    if (range !== null && range.start === start && range.end === Math.min(size, total)) {
      if (total !== size) return reopen(transfer, response, total, length);
      return fileFrom(transfer, response, start, range.end, size);
    }
    await discardBody(response);
    learn(transfer, 'stream');
    return openStream(transfer, 'the range was answered with another one');
  }
  await discardBody(response);
  if (response.status === 416) {
    const actual = sizeOfUnsatisfied(response.headers.get('content-range'));
    if (actual !== null && actual !== size)
      return openAfter(transfer, actual, length, 'the file has another size than told');
  }
  checkStatus(transfer, response);
  learn(transfer, 'stream');
  return openStream(transfer, `the range was refused (${response.status})`);
}

/** The size that was told was wrong, and the answer says the right one. */
async function reopen(
  transfer: Transfer,
  response: HttpResponse,
  size: number,
  length: number,
): Promise<Opened> {
  await discardBody(response);
  return openAfter(transfer, size, length, 'the file has another size than told');
}

async function openPacked(transfer: Transfer): Promise<Opened> {
  learn(transfer, 'stream');
  return openStream(transfer, 'the server packs what it sends, ranges too');
}

/** The answer 200: the whole file. A server may give it where the range covers all of the file. */
async function wholeOrStream(transfer: Transfer, response: HttpResponse, asked: number): Promise<Opened> {
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  if (length <= asked && !isPacked(response)) {
    const chunks = await readExactly(transfer, response, length);
    if (chunks === null) throw failure(transfer, 'lied', `more than the stated ${length} bytes came`, 200);
    rememberState(transfer, response, length);
    return { kind: 'file', file: wholeBytes(joinBytes(chunks)) };
  }
  learn(transfer, 'stream');
  transfer.detours.push('the range was ignored (200)');
  return asStream(transfer, response);
}

async function asStream(transfer: Transfer, response: HttpResponse): Promise<OpenedStream> {
  transfer.route = 'stream';
  if (response.status === 200) return { kind: 'stream', response };
  await discardBody(response);
  checkStatus(transfer, response);
  throw failure(transfer, 'lied', `expected the file, the answer is ${response.status}`, response.status);
}

async function fileFrom(
  transfer: Transfer,
  response: HttpResponse,
  start: number,
  end: number,
  size: number,
): Promise<Opened> {
  const chunks = await readExactly(transfer, response, end - start);
  if (chunks === null) {
    learn(transfer, 'stream');
    return openStream(transfer, 'the range was answered with more bytes than its Content-Range says');
  }
  rememberState(transfer, response, size);
  const file = sparseBytes(size);
  addBytes(file, start, joinBytes(chunks));
  return { kind: 'file', file };
}
