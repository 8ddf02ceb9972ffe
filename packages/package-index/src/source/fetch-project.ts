import { hash } from 'node:crypto';
import { SourceError } from '@pyplan/resolver';
import { freshness } from '../http/cache-control.ts';
import type { HttpAnswer, HttpClient } from '../http/client.ts';
import type { Clock } from '../http/clock.ts';
import { releaseBytes } from '../http/exchange/body.ts';
import { PageError } from '../simple/page-error.ts';
import { movableRecord, type PageRecord } from '../simple/page-record.ts';
import { readPage, SIMPLE_ACCEPT } from '../simple/read-page.ts';
import type { KnownProject } from './project-store.ts';

export interface ProjectRequest {
  readonly client: HttpClient;
  readonly clock: Clock;
  /** Root of the index with a slash at the end, without credentials. */
  readonly index: string;
  readonly name: string;
  /** What the cache holds, no longer fresh. */
  readonly stale: KnownProject | null;
  readonly signal: AbortSignal;
  readonly isWanted: () => boolean;
}

/** Milliseconds that "no such project" is believed where the index does not say: it may be published any time. */
const ABSENT_FOR = 60_000;

export type ProjectAnswer =
  /** What the cache holds is still right. */
  | { readonly kind: 'confirmed'; readonly expires: number; readonly store: boolean }
  | { readonly kind: 'project'; readonly project: KnownProject; readonly store: boolean };

/**
 * Asks an index for a project's page, conditionally where the cache holds one.
 *
 * @throws {SourceError} unless the answer is a page, or that there is none.
 */
export async function fetchProject(request: ProjectRequest): Promise<ProjectAnswer> {
  const { client, clock, name, stale, signal, isWanted } = request;
  const url = `${request.index}${encodeURIComponent(name)}/`;
  const headers = { accept: SIMPLE_ACCEPT, ...condition(stale) };
  const answer = await client.get({ url, headers, signal, isWanted });
  const { expires, store } = freshness(answer.header, clock.now());
  switch (answer.status) {
    case 200:
      return { kind: 'project', project: await projectOf(request, answer, expires), store };
    case 304:
      if (stale === null) break;
      return { kind: 'confirmed', expires, store };
    case 404:
    case 410: {
      const until = answer.header('cache-control') === null ? clock.now() + ABSENT_FOR : expires;
      return { kind: 'project', project: absentProject(request, answer, until), store };
    }
    default:
  }
  throw refusal(answer, `the page of ${name}`);
}

/** The kept project with a new time of freshness. */
export function confirmed(project: KnownProject, expires: number): KnownProject {
  return { ...project, expires };
}

function condition(stale: KnownProject | null): Readonly<Record<string, string>> {
  if (stale === null || !stale.head.exists) return {};
  if (stale.head.etag !== null) return { 'if-none-match': stale.head.etag };
  if (stale.head.lastModified !== null) return { 'if-modified-since': stale.head.lastModified };
  return {};
}

async function projectOf(
  request: ProjectRequest,
  answer: HttpAnswer,
  expires: number,
): Promise<KnownProject> {
  const digest = hash('sha256', answer.body);
  let record: PageRecord;
  try {
    record = await readPage(answer.body, answer.header('content-type'), {
      name: request.name,
      url: answer.url,
      index: request.index,
      digest,
    });
  } catch (cause) {
    if (!(cause instanceof PageError)) throw cause;
    throw new SourceError(`${answer.url}: ${cause.message}`, { kind: 'corrupt', url: answer.url, cause });
  }
  const size = answer.body.length;
  releaseBytes(answer.body);
  return {
    name: request.name,
    head: {
      base: record.base,
      digest,
      status: record.status,
      related: record.related,
      exists: true,
      fetched: request.clock.now(),
      etag: answer.header('etag'),
      lastModified: answer.header('last-modified'),
    },
    record: movableRecord(record, size),
    expires,
    metadata: request.stale?.metadata ?? noMetadata,
  };
}

function absentProject(request: ProjectRequest, answer: HttpAnswer, expires: number): KnownProject {
  return {
    name: request.name,
    head: {
      base: answer.url,
      digest: null,
      status: { kind: 'active', reason: null },
      related: [],
      exists: false,
      fetched: request.clock.now(),
      etag: null,
      lastModified: null,
    },
    record: null,
    expires,
    metadata: noMetadata,
  };
}

const noMetadata = (): null => null;

/** An answer that is none, in words. */
export function refusal(answer: HttpAnswer, what: string): SourceError {
  const { status, url } = answer;
  const times = answer.tries > 1 ? ` (tried ${answer.tries} times)` : '';
  if (status === 401 || status === 407) {
    return new SourceError(`${url}: the index wants credentials for ${what} (HTTP ${status})`, {
      kind: 'refused',
      url,
    });
  }
  if (status === 403) {
    return new SourceError(`${url}: the index refuses ${what} (HTTP 403); are the credentials right?`, {
      kind: 'refused',
      url,
    });
  }
  return new SourceError(`${url}: the index answered HTTP ${status} for ${what}${times}`, {
    kind: 'unreachable',
    url,
  });
}
