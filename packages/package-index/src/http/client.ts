import { SourceError } from '@pyplan/resolver';
import { authorization, type CredentialStore, credentialStore } from '../auth/credentials.ts';
import { type Clock, systemClock } from './clock.ts';
import { decodeBody } from './exchange/content-encoding.ts';
import { type ExchangeAnswer, exchange, TooLargeError } from './exchange/exchange.ts';
import { type OpenAnswer, openExchange } from './exchange/exchange-stream.ts';
import { isRedirect, redirectTarget } from './exchange/redirect.ts';
import type { ExchangeRequest } from './exchange/running-exchange.ts';
import { isNobodyThere, unreachable } from './failure.ts';
import { noProxy } from './proxy.ts';
import { backOff, isRetryable, LONGEST_PAUSE, MAX_ATTEMPTS, retryAfter } from './retry.ts';
import { type Host, loadTransport, type Transport, type TransportOptions } from './transport.ts';
import { newTurns } from './turns.ts';
import { withoutCredentials } from './url.ts';

export interface HttpClientOptions extends TransportOptions {
  /** Names the program and its version to the index. */
  readonly userAgent: string;
  readonly credentials: CredentialStore;
  /** Attempts at one request, the first included. */
  readonly maxAttempts: number;
  readonly clock: Clock;
}

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** A longer body, decompressed or not, is refused. */
  readonly maxBytes?: number;
  /** Milliseconds for each attempt, start to end. */
  readonly timeout?: number;
  /** Whether somebody waits for the answer by now: if not, it comes after all that are waited for. Default: it is. */
  readonly isWanted?: () => boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** The value of a header by its lower-case name, several joined by a comma. */
  header(name: string): string | null;
  /** Decompressed. */
  readonly body: Buffer;
  /** Where the answer came from, after redirects, without credentials. */
  readonly url: string;
  /** How often it was asked for until it was good, or given up. */
  readonly tries: number;
}

/** What went over the wire so far. */
export interface HttpStats {
  /** Requests sent, retries and redirects included. */
  readonly requests: number;
  readonly retries: number;
  /** Bytes of bodies as sent. */
  readonly bytes: number;
}

export interface HttpClient {
  readonly stats: HttpStats;
  /**
   * The answer to a GET, whatever its status, after retries and redirects.
   *
   * @throws {SourceError} where there is none; the signal's reason where it fires.
   */
  get(request: HttpRequest): Promise<HttpAnswer>;
  /** The same with the body as it comes, for archives that are read in part; nothing is decompressed. */
  open(request: HttpRequest): Promise<OpenAnswer & { readonly url: string }>;
  /** Who may be told what; takes credentials out of URLs. */
  readonly credentials: CredentialStore;
  /** Ends the connections. */
  close(): Promise<void>;
}

const MAX_BYTES = 256 << 20;
const TIMEOUT = 120_000;
/** For a body that its reader takes as it comes. */
const STREAM_TIMEOUT = 600_000;

export const defaultHttpOptions: Omit<HttpClientOptions, 'credentials'> = {
  userAgent: 'pyplan/0.1.0',
  concurrency: 50,
  maxAttempts: MAX_ATTEMPTS,
  clock: systemClock,
  proxy: noProxy,
  tls: {},
};

/** What both kinds of answers have. */
interface Answered {
  readonly status: number;
  readonly headers: ExchangeAnswer['headers'];
}

/** An answer, where it came from and how often it was asked for. */
interface Persisted<T> {
  readonly answer: T;
  readonly url: URL;
  readonly tries: number;
}

/** How a request goes out. */
type Send<T> = (host: Host, request: ExchangeRequest, isWanted: () => boolean) => Promise<T>;

/** A client that keeps connections, waits its turn, retries and follows redirects. Loads undici when first used. */
export function httpClient(given: Partial<HttpClientOptions> = {}): HttpClient {
  const options: HttpClientOptions = { ...defaultHttpOptions, credentials: credentialStore(), ...given };
  const { clock, credentials } = options;
  const stats = { requests: 0, retries: 0, bytes: 0 };
  const closing = new AbortController();
  const turns = newTurns();
  let loading: Promise<Transport> | null = null;

  async function attempt<T extends Answered>(url: URL, request: HttpRequest, send: Send<T>): Promise<T> {
    loading ??= loadTransport(options);
    const host = (await loading).host(url);
    const pause = host.notBefore - clock.now();
    if (pause > 0) await clock.sleep(pause, request.signal);
    const isWanted = request.isWanted ?? always;
    const known = credentials.find(url);
    const answer = await sendWith(known === null ? {} : { authorization: authorization(known) });
    if (answer.status !== 401) return answer;
    const found = await credentials.ask(url);
    return found === null ? answer : sendWith({ authorization: authorization(found) });

    function sendWith(proof: Readonly<Record<string, string>>): Promise<T> {
      const headers = {
        'user-agent': options.userAgent,
        'accept-encoding': 'gzip',
        ...request.headers,
        ...proof,
      };
      const task = (): Promise<T> => {
        stats.requests++;
        const sent = {
          url,
          method: request.method ?? 'GET',
          headers,
          signal: request.signal,
          maxBytes: request.maxBytes ?? MAX_BYTES,
          timeout: request.timeout ?? TIMEOUT,
        };
        return send(host, sent, isWanted);
      };
      return host.queue.add(task, { signal: request.signal, priority: isWanted() ? 1 : 0 });
    }
  }

  async function persist<T extends Answered>(
    url: URL,
    request: HttpRequest,
    send: Send<T>,
  ): Promise<Persisted<T>> {
    for (let tries = 1; ; tries++) {
      let pause: number | null = null;
      try {
        const answer = await attempt(url, request, send);
        if (!isRetryable(answer.status) || tries >= options.maxAttempts) return { answer, url, tries };
        pause = retryAfter(headerOf(answer, 'retry-after'), clock.now());
        if (pause !== null) await askedToPause(url, pause);
      } catch (error) {
        request.signal.throwIfAborted();
        closing.signal.throwIfAborted();
        if (error instanceof SourceError) throw error;
        const most = isNobodyThere(error) ? Math.min(options.maxAttempts, 3) : options.maxAttempts;
        if (error instanceof TooLargeError || tries >= most) {
          throw unreachable(url, (await loading)?.host(url).proxy ?? null, error, tries);
        }
      }
      stats.retries++;
      await clock.sleep(pause ?? backOff(tries, clock.random()), request.signal);
    }
  }

  async function askedToPause(url: URL, pause: number): Promise<void> {
    if (pause > LONGEST_PAUSE) {
      const shown = withoutCredentials(url.href);
      const seconds = Math.ceil(pause / 1000);
      throw new SourceError(`${shown}: the server asks to come back in ${seconds} s; try again then`, {
        kind: 'unreachable',
        url: shown,
      });
    }
    const host = (await loading)?.host(url);
    if (host) host.notBefore = Math.max(host.notBefore, clock.now() + pause);
  }

  async function follow<T extends Answered>(request: HttpRequest, send: Send<T>): Promise<Persisted<T>> {
    let url = new URL(credentials.take(request.url));
    for (let redirects = 0; ; redirects++) {
      request.signal.throwIfAborted();
      closing.signal.throwIfAborted();
      const persisted = await persist(url, request, send);
      const location = headerOf(persisted.answer, 'location');
      if (!isRedirect(persisted.answer.status) || location === null) return persisted;
      url = redirectTarget(url, location, redirects);
    }
  }

  const whole: Send<ExchangeAnswer> = async (host, request, isWanted) => {
    const answer = await exchange(host.dispatcher, request);
    stats.bytes += answer.body.length;
    await turns.take(answer.body.length, isWanted);
    return answer;
  };

  return {
    stats,
    credentials,
    get: async (request) => {
      return wholeAnswer(await follow(request, whole), request);
    },
    open: async (request) => {
      const headers = { 'accept-encoding': 'identity', ...request.headers };
      const send: Send<OpenAnswer> = (host, sent) =>
        openExchange(host.dispatcher, sent, (bytes) => {
          stats.bytes += bytes;
        });
      const { answer, url } = await follow({ timeout: STREAM_TIMEOUT, ...request, headers }, send);
      return { ...answer, url: url.href };
    },
    close: async () => {
      closing.abort(new Error('the client is closed'));
      await (await loading)?.close();
    },
  };
}

const always = (): boolean => true;

async function wholeAnswer(persisted: Persisted<ExchangeAnswer>, request: HttpRequest): Promise<HttpAnswer> {
  const { answer, url, tries } = persisted;
  const shown = withoutCredentials(url.href);
  const encoding = headerOf(answer, 'content-encoding');
  return {
    status: answer.status,
    header: (name) => headerOf(answer, name),
    body: await decodeBody(answer.body, encoding, request.maxBytes ?? MAX_BYTES, shown),
    url: shown,
    tries,
  };
}

function headerOf(answer: Answered, name: string): string | null {
  const value = answer.headers[name];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.join(', ');
}
