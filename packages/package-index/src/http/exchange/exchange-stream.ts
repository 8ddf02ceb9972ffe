import type { Dispatcher } from 'undici';
import { asError, type ExchangeAnswer, type ExchangeRequest, TimeoutError } from './exchange.ts';

/** An answer whose body comes as it is read. */
export interface OpenAnswer {
  readonly status: number;
  readonly headers: ExchangeAnswer['headers'];
  /** The next chunk; null at the end. Rejects where the connection breaks off. */
  read(): Promise<Buffer | null>;
  /** Gives the rest of the body up, and the connection with it. */
  cancel(): void;
}

/** Bytes that wait for their reader before the connection is told to pause. */
const HIGH_WATER = 1 << 20;

/** Sends a request; resolves when the headers are there. The signal and the timeout hold for the body too. */
export function openExchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  onBytes: (count: number) => void,
): Promise<OpenAnswer> {
  const { url, signal } = request;
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let failed: Error | null = null;
    let ended = false;
    let waiting = 0;
    const chunks: Buffer[] = [];
    let wake: (() => void) | null = null;
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      wake?.();
    };
    const fail = (error: Error): void => {
      if (ended || failed !== null) return;
      failed = error;
      reject(error);
      settle();
      controller?.abort(error);
    };
    const onAbort = (): void => fail(asError(signal.reason));
    const timer = setTimeout(
      () => fail(new TimeoutError(`no whole answer in ${request.timeout / 1000} s`)),
      request.timeout,
    );
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    const read = async (): Promise<Buffer | null> => {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk !== undefined) {
          waiting -= chunk.length;
          if (waiting < HIGH_WATER) controller?.resume();
          return chunk;
        }
        if (failed !== null) throw failed;
        if (ended) return null;
        await new Promise<void>((resume) => {
          wake = resume;
        });
      }
    };
    const cancel = (): void => {
      if (!ended) fail(new Error('given up by its reader'));
    };
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: request.method,
        headers: { ...request.headers },
      },
      {
        onRequestStart: (given) => {
          controller = given;
          if (failed !== null) given.abort(failed);
        },
        onResponseStart: (_controller, status, headers) => resolve({ status, headers, read, cancel }),
        onResponseData: (given, chunk) => {
          chunks.push(chunk);
          waiting += chunk.length;
          onBytes(chunk.length);
          if (waiting >= HIGH_WATER) given.pause();
          wake?.();
        },
        onResponseEnd: () => {
          ended = true;
          settle();
        },
        onResponseError: (_controller, error) => fail(error),
      },
    );
    return undefined;
  });
}
