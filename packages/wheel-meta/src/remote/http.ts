/** The part of a `fetch` response that is used; the global `fetch` and undici's give one. */
export interface HttpResponse {
  readonly status: number;
  /** After redirects. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: ByteStream | null;
}

/** The part of a `ReadableStream` of bytes that is used. */
export interface ByteStream {
  getReader(): ByteReader;
}

export interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Record<string, string>;
  readonly redirect: 'follow';
  readonly signal?: AbortSignal;
}

/** How requests are made: `fetch` itself, or something of its shape that adds credentials or retries. */
export type Fetch = (url: string, request: HttpRequest) => Promise<HttpResponse>;

/** Why a remote archive could not be read, beyond the archive's own faults. */
export type RemoteErrorKind =
  /** No connection, or an answer that says that the server is ill. */
  | 'unreachable'
  /** There is no such file. */
  | 'missing'
  /** The server wants credentials, or wants to be left in peace. */
  | 'refused'
  /** Answers that contradict each other or what was asked. */
  | 'lied'
  /** The connection ended before the body did. */
  | 'cut-off'
  /** The file became another one while it was read. */
  | 'changed';

/** A remote file that could not be read. */
export class RemoteArchiveError extends Error {
  override readonly name = 'RemoteArchiveError';
  readonly kind: RemoteErrorKind;
  /** Without credentials, and without a query, which may hold a signature. */
  readonly url: string;
  /** Of the answer; null where there was none. */
  readonly status: number | null;

  constructor(
    kind: RemoteErrorKind,
    url: string,
    reason: string,
    status: number | null = null,
    cause?: unknown,
  ) {
    super(`${withoutSecrets(url)}: ${reason}`, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.url = withoutSecrets(url);
    this.status = status;
  }
}

/** The URL with user name, password and query left out. */
export function withoutSecrets(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1').replace(/[?#].*$/s, '');
}

/** Reads at most `limit` bytes of a body, and lets go of the connection. */
export async function readBody(response: HttpResponse, limit: number): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  await eachChunk(response, (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    return length > limit;
  });
  return chunks;
}

/** Hands on the chunks of a body until `take` returns true or it ends; whether it ended by itself. */
export async function eachChunk(
  response: HttpResponse,
  take: (chunk: Uint8Array) => boolean,
): Promise<boolean> {
  if (response.body === null) return true;
  const reader = response.body.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        finished = true;
        return true;
      }
      if (value !== undefined && take(value)) return false;
    }
  } finally {
    if (!finished) await letGo(reader);
  }
}

/** Gives up the body of a response that nobody reads. */
export async function discardBody(response: HttpResponse): Promise<void> {
  if (response.body !== null) await letGo(response.body.getReader());
}

async function letGo(reader: ByteReader): Promise<void> {
  // A connection that breaks while it is given up is given up all the same.
  await reader.cancel().catch(() => undefined);
}
