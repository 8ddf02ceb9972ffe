import { SourceError } from '@pyplan/resolver';
import type { DiskCache } from '../cache/disk-cache.ts';
import { freshness } from '../http/cache-control.ts';
import type { HttpClient } from '../http/client.ts';
import { type Clock, systemClock } from '../http/clock.ts';
import { withoutCredentials } from '../http/url.ts';
import { refusal } from '../source/fetch-project.ts';

/** How a service beside the index is reached. */
export interface ServiceOptions {
  readonly client: HttpClient;
  readonly cache?: DiskCache | null;
  readonly offline?: boolean;
  readonly clock?: Clock;
}

export interface ServiceRequest {
  readonly url: string;
  /** For messages. */
  readonly what: string;
  readonly accept?: string;
  /** Milliseconds that an answer is good for where it does not say. */
  readonly keepFor: number;
  readonly signal?: AbortSignal | undefined;
}

/** Asks a service for a JSON object; null where it has none. */
export type AskService = (request: ServiceRequest) => Promise<JsonObject | null>;

/** An object out of JSON, before anything is known of it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Services answer from the cache while an answer is fresh, then by ETag. The same thing is asked for once
 * a process.
 *
 * The function throws `SourceError` for what is neither an object nor a 404.
 */
export function askService(options: ServiceOptions): AskService {
  const asked = new Map<string, Promise<JsonObject | null>>();
  return (request) => {
    const known = asked.get(request.url);
    if (known !== undefined) return known;
    const answer = ask(request, options);
    asked.set(request.url, answer);
    answer.catch(() => asked.delete(request.url));
    return answer;
  };
}

async function ask(request: ServiceRequest, options: ServiceOptions): Promise<JsonObject | null> {
  const { url, signal = new AbortController().signal } = request;
  const clock = options.clock ?? systemClock;
  const shown = withoutCredentials(url);
  const documents = options.cache?.documents;
  const kept = documents?.read(shown) ?? null;
  if (kept !== null && (options.offline === true || kept.expires > clock.now()))
    return parse(kept.body, shown);
  if (options.offline === true) {
    throw new SourceError(`${request.what} is not in the cache (${shown}); run once without --offline`, {
      kind: 'offline',
      url: shown,
    });
  }
  const answer = await options.client.get({
    url,
    headers: {
      accept: request.accept ?? 'application/json',
      ...(kept?.etag ? { 'if-none-match': kept.etag } : {}),
    },
    signal,
  });
  const { expires, store } = freshness(answer.header, clock.now());
  const until =
    expires === 0 && answer.header('cache-control') === null ? clock.now() + request.keepFor : expires;
  if (answer.status === 304 && kept !== null) {
    documents?.write(shown, { ...kept, expires: until });
    return parse(kept.body, shown);
  }
  const isAbsent = answer.status === 404 || answer.status === 410;
  if (answer.status !== 200 && !isAbsent) throw refusal(answer, request.what);
  const body = isAbsent ? null : answer.body.toString('utf8');
  const value = parse(body, shown);
  if (store) documents?.write(shown, { expires: until, etag: answer.header('etag'), body });
  return value;
}

function parse(body: string | null, url: string): JsonObject | null {
  if (body === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw new SourceError(`${url}: the answer is not JSON`, { kind: 'corrupt', url, cause });
  }
  if (isObject(value)) return value;
  throw new SourceError(`${url}: expected a JSON object`, { kind: 'corrupt', url });
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(of: JsonObject, key: string): JsonObject {
  const value = of[key];
  return isObject(value) ? value : {};
}

export function objectsAt(of: JsonObject, key: string): readonly JsonObject[] {
  const value = of[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Null for anything that is no string, and for the empty one that some services give for nothing. */
export function textAt(of: JsonObject, key: string): string | null {
  const value = of[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function textsAt(of: JsonObject, key: string): readonly string[] {
  const value = of[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function numberAt(of: JsonObject, key: string): number | null {
  const value = of[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
