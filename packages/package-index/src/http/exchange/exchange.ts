import type { Dispatcher } from 'undici';
import { type BodyGatherer, bodyGatherer } from './body.ts';
import { type ExchangeRequest, type ResponseHeaders, startExchange } from './running-exchange.ts';

/** An answer, whole. */
export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** As sent, perhaps compressed. */
  readonly body: Buffer;
}

/** The body is longer than the caller takes. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/**
 * Sends a request on a dispatcher and gathers the body, without a stream between.
 *
 * Rejects at once when the signal fires, with its reason, and gives the connection up.
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<ExchangeAnswer> {
  const { maxBytes } = request;
  return new Promise((resolve, reject) => {
    let status = 0;
    let headers: ResponseHeaders = {};
    let body: BodyGatherer = bodyGatherer(0);
    const running = startExchange(dispatcher, request, {
      onStart: (code, received) => {
        status = code;
        headers = received;
        body = bodyGatherer(lengthOf(received, maxBytes));
      },
      onData: (chunk) => {
        if (body.size + chunk.length <= maxBytes) body.add(chunk);
        else running.fail(new TooLargeError(`more than ${maxBytes} bytes`));
      },
      onEnd: () => resolve({ status, headers, body: body.whole() }),
      onFailure: reject,
    });
  });
}

/** The length of a body as its headers give it, or a guess. */
function lengthOf({ 'content-length': given }: ResponseHeaders, most: number): number {
  const length = typeof given === 'string' ? Number(given) : Number.NaN;
  return length >= 0 && length <= most ? length : USUAL_LENGTH;
}

const USUAL_LENGTH = 1 << 14;
