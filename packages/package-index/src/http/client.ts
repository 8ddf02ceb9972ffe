import { SourceError } from '@pyplan/resolver';
import type PQueue from 'p-queue';
import type { Agent } from 'undici';
import { type Clock, systemClock } from './clock.ts';
import { decodeBody } from './content-encoding.ts';
import { type ExchangeAnswer, exchange, TooLargeError } from './exchange.ts';
import { backOff, isRetryable, LONGEST_PAUSE, MAX_ATTEMPTS, retryAfter } from './retry.ts';
import { withoutCredentials } from './url.ts';

export interface HttpClientOptions {
  /** Names the program and its version to the index. */
  readonly userAgent: string;
  /** Requests under way at once to one host. */
  readonly concurrency: number;
  /** Attempts at one request, the first included. */
  readonly maxAttempts: number;
  readonly clock: Clock;
}

export interface HttpRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** A longer body, decompressed or not, is refused. */
  readonly maxBytes?: number;
  /** Milliseconds for each attempt, start to end. */
  readonly timeout?: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** The value of a header by its lower-case name, several joined by a comma. */
  header(name: string): string | null;
  /** Decompressed. */
  readonly body: Buffer;
  /** Where the answer came from, after redirects, without credentials. */
  readonly url: string;
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
  /** Ends the connections. */
  close(): Promise<void>;
}

const MAX_REDIRECTS = 10;
const MAX_BYTES = 256 << 20;
const TIMEOUT = 120_000;

export const defaultHttpOptions: HttpClientOptions = {
  userAgent: 'pyplan/0.1.0',
  concurrency: 50,
  maxAttempts: MAX_ATTEMPTS,
  clock: systemClock,
};

interface Host {
  readonly queue: PQueue;
  /** Nothing is sent before this time: the host asked for a pause. */
  notBefore: number;
}

interface Transport {
  readonly agent: Agent;
  host(origin: string): Host;
}

/** A client that keeps connections, waits its turn, retries and follows redirects. Loads undici when first used. */
export function httpClient(given: Partial<HttpClientOptions> = {}): HttpClient {
  const options: HttpClientOptions = { ...defaultHttpOptions, ...given };
  const stats = { requests: 0, retries: 0, bytes: 0 };
  let loading: Promise<Transport> | null = null;

  async function attempt(url: URL, request: HttpRequest): Promise<ExchangeAnswer> {
    loading ??= loadTransport(options);
    const transport = await loading;
    const host = transport.host(url.origin);
    const pause = host.notBefore - options.clock.now();
    if (pause > 0) await options.clock.sleep(pause, request.signal);
    const send = async (): Promise<ExchangeAnswer> => {
      stats.requests++;
      const answer = await exchange(transport.agent, {
        url,
        headers: { 'user-agent': options.userAgent, 'accept-encoding': 'gzip', ...request.headers },
        signal: request.signal,
        maxBytes: request.maxBytes ?? MAX_BYTES,
        timeout: request.timeout ?? TIMEOUT,
      });
      stats.bytes += answer.body.length;
      return answer;
    };
    return host.queue.add(send, { signal: request.signal });
  }

  async function persist(url: URL, request: HttpRequest): Promise<ExchangeAnswer> {
    for (let tries = 1; ; tries++) {
      let pause: number | null = null;
      try {
        const answer = await attempt(url, request);
        if (!isRetryable(answer.status) || tries >= options.maxAttempts) return answer;
        pause = retryAfter(headerOf(answer, 'retry-after'), options.clock.now());
        if (pause !== null) await askedToPause(url, pause);
      } catch (error) {
        request.signal.throwIfAborted();
        if (error instanceof SourceError) throw error;
        if (error instanceof TooLargeError || tries >= options.maxAttempts)
          throw unreachable(url, error, tries);
      }
      stats.retries++;
      await options.clock.sleep(pause ?? backOff(tries, options.clock.random()), request.signal);
    }
  }

  async function askedToPause(url: URL, pause: number): Promise<void> {
    if (pause > LONGEST_PAUSE) {
      throw new SourceError(
        `${withoutCredentials(url.href)}: the server asks to come back in ${Math.ceil(pause / 1000)} s; try again then`,
        { kind: 'unreachable', url: withoutCredentials(url.href) },
      );
    }
    const host = (await loading)?.host(url.origin);
    if (host) host.notBefore = Math.max(host.notBefore, options.clock.now() + pause);
  }

  return {
    stats,
    get: async (request) => {
      let url = new URL(request.url);
      for (let redirects = 0; ; redirects++) {
        request.signal.throwIfAborted();
        const answer = await persist(url, request);
        const location = headerOf(answer, 'location');
        if (!isRedirect(answer.status) || location === null) return wholeAnswer(answer, url, request);
        url = redirectTarget(url, location, redirects);
      }
    },
    close: async () => {
      if (loading !== null) await (await loading).agent.destroy();
      loading = null;
    },
  };
}

async function loadTransport(options: HttpClientOptions): Promise<Transport> {
  const [{ default: AgentClass }, { default: Queue }] = await Promise.all([
    import('undici/lib/dispatcher/agent.js'),
    import('p-queue'),
  ]);
  const agent = new AgentClass({
    connections: options.concurrency,
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
  });
  const hosts = new Map<string, Host>();
  return {
    agent,
    host: (origin) => {
      let host = hosts.get(origin);
      if (host === undefined) {
        host = { queue: new Queue({ concurrency: options.concurrency }), notBefore: 0 };
        hosts.set(origin, host);
      }
      return host;
    },
  };
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function redirectTarget(from: URL, location: string, redirects: number): URL {
  const shown = withoutCredentials(from.href);
  const refuse = (reason: string): SourceError =>
    new SourceError(`${shown}: ${reason}`, { kind: 'refused', url: shown });
  if (redirects >= MAX_REDIRECTS) throw refuse(`more than ${MAX_REDIRECTS} redirects`);
  const target = URL.parse(location, from);
  if (target === null) throw refuse(`redirects to ${JSON.stringify(location)}, which is no URL`);
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    throw refuse(`redirects to ${target.protocol}`);
  if (from.protocol === 'https:' && target.protocol !== 'https:') {
    throw refuse(
      `redirects from https to ${target.origin}, without encryption; ask for its own address instead`,
    );
  }
  return target;
}

async function wholeAnswer(answer: ExchangeAnswer, url: URL, request: HttpRequest): Promise<HttpAnswer> {
  const shown = withoutCredentials(url.href);
  const encoding = headerOf(answer, 'content-encoding');
  return {
    status: answer.status,
    header: (name) => headerOf(answer, name),
    body: await decodeBody(answer.body, encoding, request.maxBytes ?? MAX_BYTES, shown),
    url: shown,
  };
}

function headerOf(answer: ExchangeAnswer, name: string): string | null {
  const value = answer.headers[name];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.join(', ');
}

function unreachable(url: URL, cause: unknown, tries: number): SourceError {
  const shown = withoutCredentials(url.href);
  const times = tries > 1 ? ` (tried ${tries} times)` : '';
  return new SourceError(`${shown}: ${reasonOf(cause)}${times}`, { kind: 'unreachable', url: shown, cause });
}

/** The reason in words, with the code by which one can look it up. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ');
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing answers there (ECONNREFUSED)';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host is not known (${code}); is there a network?`;
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return `the connection broke off before the answer was whole (${code})`;
    default:
      return code === '' || cause.message.includes(code) ? cause.message : `${cause.message} (${code})`;
  }
}
