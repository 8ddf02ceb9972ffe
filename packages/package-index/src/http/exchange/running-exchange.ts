import type { Dispatcher } from 'undici';

/** One request. */
export interface ExchangeRequest {
  readonly url: URL;
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** A longer body is refused. */
  readonly maxBytes: number;
  /** Milliseconds from start to end. */
  readonly timeout: number;
}

export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The answer took longer than the caller waits. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** What is heard of an exchange, in this order; after a failure nothing more. */
export interface ExchangeEvents {
  readonly onStart: (status: number, headers: ResponseHeaders) => void;
  /** `pause` holds the connection back until it is resumed. */
  readonly onData: (chunk: Buffer, pause: () => void) => void;
  readonly onEnd: () => void;
  /** The connection broke, the time was up, the signal fired, or the caller gave it up. */
  readonly onFailure: (error: Error) => void;
}

export interface RunningExchange {
  /** Gives the exchange up, and the connection with it; nothing where it is over. */
  readonly fail: (error: Error) => void;
  readonly resume: () => void;
}

/** Sends a request on a dispatcher. It fails at once when the signal fires, with its reason. */
export function startExchange(
  dispatcher: Dispatcher,
  { url, method, headers, signal, timeout }: ExchangeRequest,
  { onStart, onData, onEnd, onFailure }: ExchangeEvents,
): RunningExchange {
  let controller: Dispatcher.DispatchController | null = null;
  let failed: Error | null = null;
  let ended = false;
  const settle = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  const fail = (error: Error): void => {
    if (ended || failed !== null) return;
    failed = error;
    settle();
    onFailure(error);
    controller?.abort(error);
  };
  const onAbort = (): void => fail(asError(signal.reason));
  const timer = setTimeout(() => fail(new TimeoutError(`no whole answer in ${timeout / 1000} s`)), timeout);
  const running = { fail, resume: () => controller?.resume() };
  if (signal.aborted) {
    onAbort();
    return running;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  dispatcher.dispatch(
    { origin: url.origin, path: `${url.pathname}${url.search}`, method, headers: { ...headers } },
    {
      onRequestStart: (given) => {
        controller = given;
        if (failed !== null) given.abort(failed);
      },
      onResponseStart: (_controller, status, received) => onStart(status, received),
      onResponseData: (given, chunk) => {
        if (failed === null) onData(chunk, () => given.pause());
      },
      onResponseEnd: () => {
        if (failed !== null) return;
        ended = true;
        settle();
        onEnd();
      },
      onResponseError: (_controller, error) => fail(error),
    },
  );
  return running;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
