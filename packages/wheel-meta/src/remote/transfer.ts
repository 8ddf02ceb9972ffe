import { BadArchiveError } from '../zip/bad-archive-error.ts';
import type { ArchiveLimits } from '../zip/limits.ts';
import { type Fetch, type HttpRequest, type HttpResponse, RemoteArchiveError, readBody } from './http.ts';
import { type HabitMemory, hostOf, type ServerHabit } from './server-habit.ts';

/** How a remote archive was read. */
export type TransferRoute =
  /** One range counted from the end, then ranges by position. */
  | 'suffix-range'
  /** Ranges by position: the size was known, or told by the server. */
  | 'range'
  /** From the beginning, up to what was needed. */
  | 'stream';

/** What reading a remote archive took. */
export interface TransferReport {
  readonly route: TransferRoute;
  /** Requests made, redirects not counted. */
  readonly requests: number;
  /** Bytes of bodies received. */
  readonly bytes: number;
  /** Of the file; null where it was not learnt. */
  readonly size: number | null;
  /** Why each detour was taken, in order. */
  readonly detours: readonly string[];
}

/** What reading a remote archive may be told. */
export interface RemoteOptions {
  /** The file's name, where the URL's last part is not it. */
  readonly filename?: string;
  /** The file's size in bytes, where the index tells it: saves a server that knows no suffix ranges a request. */
  readonly size?: number | null;
  /**
   * Sent with each request to the origin of the URL, not with those that a redirect has led elsewhere.
   * What goes along with the redirect itself is up to `fetch`, which withholds `Authorization`.
   */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** What is known of servers, and what is learnt. */
  readonly habits?: HabitMemory;
  readonly limits?: Partial<ArchiveLimits>;
}

/** One remote file being read: where it is, what was learnt of it, what it took so far. */
export interface Transfer {
  readonly fetch: Fetch;
  readonly options: RemoteOptions;
  readonly origin: string;
  /** As asked for. */
  readonly firstUrl: string;
  /** After redirects. */
  url: string;
  requests: number;
  bytes: number;
  size: number | null;
  /** Strong, or a date: what `If-Range` takes; null where the server gave neither. */
  validator: string | null;
  etag: string | null;
  route: TransferRoute;
  readonly detours: string[];
}

/** A request beyond these is one of a server that does nothing but lead astray. */
const maxRequests = 12;

export function startTransfer(url: string, fetch: Fetch, options: RemoteOptions): Transfer {
  return {
    fetch,
    options,
    origin: originOf(url),
    firstUrl: url,
    url,
    requests: 0,
    bytes: 0,
    size: options.size ?? null,
    validator: null,
    etag: null,
    route: 'stream',
    detours: [],
  };
}

export function reportOf(transfer: Transfer): TransferReport {
  const { route, requests, bytes, size, detours } = transfer;
  return { route, requests, bytes, size, detours };
}

/** Makes a request; throws for answers that end the matter: no such file, refused, server ill. */
export async function request(
  transfer: Transfer,
  method: 'GET' | 'HEAD',
  headers: Readonly<Record<string, string>>,
): Promise<HttpResponse> {
  if (++transfer.requests > maxRequests)
    throw failure(transfer, 'lied', 'the server never gives what is asked for');
  const { signal } = transfer.options;
  const own = originOf(transfer.url) === transfer.origin ? transfer.options.headers : undefined;
  const init: HttpRequest = {
    method,
    // Packed on the way, a range would be one of other bytes.
    headers: { ...own, 'Accept-Encoding': 'identity', ...headers },
    redirect: 'follow',
    ...(signal === undefined ? {} : { signal }),
  };
  const response = await answered(transfer, () => transfer.fetch(transfer.url, init));
  if (response.url !== '') transfer.url = response.url;
  return response;
}

/** Throws where the status says that there is nothing to be had. */
export function checkStatus(transfer: Transfer, { status }: HttpResponse): void {
  if (status === 404 || status === 410)
    throw failure(transfer, 'missing', `no such file (${status})`, status);
  if (status === 401 || status === 403 || status === 407 || status === 429) {
    throw failure(transfer, 'refused', `the server refuses it (${status})`, status);
  }
  if (status >= 500 && status !== 501) {
    throw failure(transfer, 'unreachable', `the server fails (${status})`, status);
  }
}

/** Reads a body that should have `length` bytes; null where it has more. Throws where it has fewer. */
export async function readExactly(
  transfer: Transfer,
  response: HttpResponse,
  length: number,
): Promise<readonly Uint8Array[] | null> {
  const chunks = await answered(transfer, () => readBody(response, length));
  const received = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  transfer.bytes += received;
  if (received < length)
    throw failure(transfer, 'cut-off', `${received} of ${length} bytes came`, response.status);
  return received > length ? null : chunks;
}

/** Runs something that uses the connection; a failure of it is an `unreachable`, an abort stays itself. */
export async function answered<Value>(transfer: Transfer, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (transfer.options.signal?.aborted === true) throw error;
    if (error instanceof RemoteArchiveError || error instanceof BadArchiveError) throw error;
    // Some clients put the URL into their message, credentials and all.
    const reason = (error instanceof Error ? error.message : String(error)).replaceAll(
      transfer.url,
      'the URL',
    );
    throw new RemoteArchiveError('unreachable', transfer.url, reason, null, error);
  }
}

export function failure(
  transfer: Transfer,
  kind: RemoteArchiveError['kind'],
  reason: string,
  status: number | null = null,
): RemoteArchiveError {
  return new RemoteArchiveError(kind, transfer.url, reason, status);
}

/** What is known of the server that the file was asked of. */
export function habitOf(transfer: Transfer): ServerHabit | undefined {
  return transfer.options.habits?.get(hostOf(transfer.firstUrl));
}

/** Remembers what the server does, for the host asked and the one that it led to. */
export function learn(transfer: Transfer, habit: ServerHabit): void {
  transfer.options.habits?.set(hostOf(transfer.firstUrl), habit);
  if (transfer.url !== transfer.firstUrl) transfer.options.habits?.set(hostOf(transfer.url), habit);
}

/** Keeps what identifies this state of the file. */
export function rememberState(transfer: Transfer, response: HttpResponse, size: number): void {
  transfer.size = size;
  transfer.etag = response.headers.get('etag');
  const strong = transfer.etag !== null && !transfer.etag.startsWith('W/') ? transfer.etag : null;
  transfer.validator = strong ?? (transfer.etag === null ? response.headers.get('last-modified') : null);
}

/** Whether the body is packed on the way, whatever was asked for. */
export function isPacked(response: HttpResponse): boolean {
  const encoding = response.headers.get('content-encoding');
  return encoding !== null && encoding !== '' && encoding.toLowerCase() !== 'identity';
}

function originOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0]?.toLowerCase() ?? '';
}
