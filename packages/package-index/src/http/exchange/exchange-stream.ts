import type { Dispatcher } from 'undici';
import { type ExchangeRequest, type ResponseHeaders, startExchange } from './running-exchange.ts';

/** An answer whose body comes as it is read. */
export interface OpenAnswer {
  readonly status: number;
  readonly headers: ResponseHeaders;
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
  return new Promise((resolve, reject) => {
    let failed: Error | null = null;
    let ended = false;
    let waiting = 0;
    const chunks: Buffer[] = [];
    let wake: (() => void) | null = null;
    const read = async (): Promise<Buffer | null> => {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk !== undefined) {
          waiting -= chunk.length;
          if (waiting < HIGH_WATER) running.resume();
          return chunk;
        }
        if (failed !== null) throw failed;
        if (ended) return null;
        await new Promise<void>((resume) => {
          wake = resume;
        });
      }
    };
    const cancel = (): void => running.fail(new Error('given up by its reader'));
    const running = startExchange(dispatcher, request, {
      onStart: (status, headers) => resolve({ status, headers, read, cancel }),
      onData: (chunk, pause) => {
        chunks.push(chunk);
        waiting += chunk.length;
        onBytes(chunk.length);
        if (waiting >= HIGH_WATER) pause();
        wake?.();
      },
      onEnd: () => {
        ended = true;
        wake?.();
      },
      onFailure: (error) => {
        failed = error;
        reject(error);
        wake?.();
      },
    });
  });
}
