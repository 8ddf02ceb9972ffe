import type { Dispatcher } from 'undici';
import { type BodyGatherer, bodyGatherer } from './body.ts';

/** One request and its answer, whole. */
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

export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As sent, perhaps compressed. */
  readonly body: Buffer;
}

/** The body is longer than the caller takes. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** The answer took longer than the caller waits. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/**
 * Sends a request on a dispatcher and gathers the body, without a stream between.
 *
 * Rejects at once when the signal fires, with its reason, and gives the connection up.
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<ExchangeAnswer> {
  const { url, signal } = request;
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let failed: Error | null = null;
    let status = 0;
    let headers: ExchangeAnswer['headers'] = {};
    let body: BodyGatherer = bodyGatherer(0);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: Error): void => {
      settle();
      failed = error;
      reject(error);
      controller?.abort(error);
    };
    const onAbort = (): void => fail(asError(signal.reason));
    const timer = setTimeout(
      () => fail(new TimeoutError(`no whole answer in ${request.timeout / 1000} s`)),
      request.timeout,
    );
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
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
        onResponseStart: (_controller, code, received) => {
          status = code;
          headers = received;
          body = bodyGatherer(lengthOf(received, request.maxBytes));
        },
        onResponseData: (_controller, chunk) => {
          if (body.size + chunk.length <= request.maxBytes) body.add(chunk);
          else fail(new TooLargeError(`more than ${request.maxBytes} bytes`));
        },
        onResponseEnd: () => {
          settle();
          resolve({ status, headers, body: body.whole() });
        },
        onResponseError: (_controller, error) => {
          settle();
          reject(error);
        },
      },
    );
    return undefined;
  });
}

/** The length of a body as its headers give it, or a guess. */
function lengthOf(headers: ExchangeAnswer['headers'], most: number): number {
  const { 'content-length': given } = headers;
  const length = typeof given === 'string' ? Number(given) : Number.NaN;
  return length >= 0 && length <= most ? length : USUAL_LENGTH;
}

const USUAL_LENGTH = 1 << 14;

export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
