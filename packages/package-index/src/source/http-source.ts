import type { IndexFile, MaybePromise, MetadataAnswer, PackageSource, ProjectPage } from '@pyplan/resolver';
import { SourceError } from '@pyplan/resolver';
import type { ServerHabit } from '@pyplan/wheel-meta';
import type { DiskCache, IndexCache } from '../cache/disk-cache.ts';
import { type HttpClient, type HttpClientOptions, type HttpStats, httpClient } from '../http/client.ts';
import { type Clock, systemClock } from '../http/clock.ts';
import { indexBase, withoutCredentials } from '../http/url.ts';
import { lazyPage } from '../simple/lazy-page.ts';
import { fetchMetadata, metadataIdentity } from './fetch-metadata.ts';
import { confirmed, fetchProject } from './fetch-project.ts';
import { findLinksSource } from './local/find-links-source.ts';
import {
  heldBy,
  type KnownMetadata,
  type KnownProject,
  loadProject,
  moveToCache,
  saveProject,
} from './project-store.ts';
import { type SharedTask, sharedTask } from './shared-task.ts';

export interface HttpSourceOptions {
  /** The root of a Simple API, with or without a slash at the end; credentials in it are for its own host. */
  readonly indexUrl: string;
  /** Where pages and metadata are kept between runs; none by default. */
  readonly cache?: DiskCache | null;
  /** Answer from the cache alone, however old. */
  readonly offline?: boolean;
  /** Ends everything under way. */
  readonly signal?: AbortSignal;
  readonly userAgent?: string;
  /** Requests under way at once to one host. */
  readonly concurrency?: number;
  /** Attempts at one request, the first included. */
  readonly maxAttempts?: number;
  /** A client to share with other sources; by default one of its own. */
  readonly client?: HttpClient;
  readonly clock?: Clock;
}

/** A source over an index. */
export interface HttpSource extends PackageSource {
  /** The index without credentials, as pages name it. */
  readonly index: string;
  readonly stats: HttpStats;
  /**
   * Asks for a page that will perhaps be wanted, after all that is, unless it is at hand. What comes of it, a failure
   * too, is told to nobody; who wants the page by `page` while it is under way gets its answer.
   */
  expect(name: string): void;
  /** Writes what was learned to the cache and ends the connections. */
  close(): Promise<void>;
}

/** What the process knows of a project. */
interface ProjectState {
  project: KnownProject;
  page: ProjectPage | null;
  readonly answers: Map<string, MetadataAnswer>;
  /** Not in the cache yet, by file name. */
  readonly learned: Map<string, KnownMetadata>;
  /** Whether the page is not in the cache yet. */
  pageLearned: boolean;
  /** Whether it was written already: what is learned later waits. */
  saved: boolean;
}

/** What is learned is written down when it is this old, milliseconds, or on `close`. */
const SAVE_AFTER = 2000;

/** A pause in what arrives, milliseconds, is used to write projects down, for so long at a time. */
const PAUSE = 8;
const SAVE_FOR = 4;

/** With more bytes of pages in memory that are not in the cache yet, no pause is waited for. */
const MOST_HELD = 16 << 20;

/**
 * A source over an index that speaks the Simple repository API (PEP 503, 691), with metadata from sidecars
 * (PEP 658).
 *
 * Pages that the cache holds fresh, and all that was asked before, come at once and not as promises.
 */
export function httpSource(options: HttpSourceOptions): HttpSource {
  const clock = options.clock ?? systemClock;
  const client = options.client ?? httpClient(clientOptions(options));
  const index = client.credentials.take(checkedBase(options.indexUrl));
  const cache: IndexCache | null = options.cache?.forIndex(index) ?? null;
  const states = new Map<string, ProjectState>();
  const tasks = new Map<string, SharedTask<unknown>>();
  /** Names of pages that nobody has wanted yet. */
  const expected = new Set<string>();
  /** Direct references are files beside the index. */
  const loose = findLinksSource({ locations: [], client, offline: options.offline ?? false });
  const habits = new Map<string, ServerHabit>();
  let timer: NodeJS.Timeout | null = null;
  let pause: NodeJS.Timeout | null = null;
  let urgent: NodeJS.Immediate | null = null;
  /** Bytes of pages that were not written yet. */
  let held = 0;

  const onAbort = (): void => {
    for (const task of tasks.values()) task.abort(options.signal?.reason);
  };
  options.signal?.addEventListener('abort', onAbort, { once: true });

  /** One task a key, however many wait. */
  function taskOf<T>(key: string, work: (signal: AbortSignal) => Promise<T>): SharedTask<T> {
    options.signal?.throwIfAborted();
    let task = tasks.get(key) as SharedTask<T> | undefined;
    if (task === undefined) {
      task = sharedTask((inner) => work(inner).finally(() => tasks.delete(key)));
      tasks.set(key, task);
    }
    return task;
  }

  function remember(project: KnownProject, pageLearned: boolean): ProjectState {
    const state: ProjectState = {
      project,
      page: project.record === null ? null : lazyPage(project.record),
      answers: new Map(),
      learned: new Map(),
      pageLearned,
      saved: false,
    };
    states.set(project.name, state);
    if (pageLearned) {
      held += heldBy(project);
      saveSoon();
    }
    return state;
  }

  async function ask(
    name: string,
    stale: KnownProject | null,
    signal: AbortSignal,
  ): Promise<ProjectPage | null> {
    const isWanted = (): boolean => !expected.has(name);
    const answer = await fetchProject({ client, clock, index, name, stale, signal, isWanted });
    if (answer.kind === 'confirmed' && stale !== null) {
      if (answer.store) cache?.extend(name, answer.expires);
      return remember(confirmed(stale, answer.expires), false).page;
    }
    if (answer.kind === 'confirmed') throw new Error('an index confirmed a page that was never read');
    return remember(answer.project, answer.store).page;
  }

  function page(name: string, signal?: AbortSignal): MaybePromise<ProjectPage | null> {
    expected.delete(name);
    signal?.throwIfAborted();
    const found = atHandOrAsked(name);
    return 'task' in found ? found.task.wait(signal) : found.page;
  }

  function atHandOrAsked(
    name: string,
  ): { page: ProjectPage | null } | { task: SharedTask<ProjectPage | null> } {
    const state = states.get(name);
    if (state !== undefined) return state;
    const key = `page ${name}`;
    const known = cache === null || tasks.has(key) ? null : loadProject(cache, name, index);
    if (known !== null && (options.offline === true || known.expires > clock.now())) {
      return remember(known, false);
    }
    if (options.offline === true) throw notCached(`the page of ${name}`, `${index}${name}/`);
    return { task: taskOf(key, (inner) => ask(name, known, inner)) };
  }

  function expect(name: string): void {
    if (options.offline === true || options.signal?.aborted === true) return;
    if (states.has(name) || tasks.has(`page ${name}`)) return;
    expected.add(name);
    atHandOrAsked(name);
  }

  function metadata(of: ProjectPage, file: IndexFile, signal?: AbortSignal): MaybePromise<MetadataAnswer> {
    const state = states.get(of.name);
    if (state === undefined || state.page !== of) return loose.metadata(of, file, signal);
    const known = state.answers.get(file.filename);
    if (known !== undefined) return known;
    const identity = metadataIdentity(file);
    const kept = state.project.metadata(file.filename, identity);
    if (kept !== null) {
      state.answers.set(file.filename, kept);
      return kept;
    }
    if (options.offline === true) throw notCached(`the metadata of ${file.filename}`, file.url);
    signal?.throwIfAborted();
    return taskOf(`metadata ${of.name} ${file.filename} ${file.url}`, async (inner) => {
      const answer = await fetchMetadata({ client, project: of.name, file, signal: inner, habits });
      state.answers.set(file.filename, answer);
      state.learned.set(file.filename, { identity, answer });
      saveSoon();
      return answer;
    }).wait(signal);
  }

  function saveSoon(): void {
    if (cache === null) return;
    timer ??= setTimeout(save, SAVE_AFTER, false).unref();
    if (held > MOST_HELD) urgent ??= setImmediate(saveInPause);
    if (pause === null) pause = setTimeout(saveInPause, PAUSE).unref();
    else pause.refresh();
  }

  /** Once a page and the first metadata are there, most often nothing more is learned of a project. */
  function saveInPause(): void {
    urgent = null;
    if (cache === null) return;
    const end = clock.now() + SAVE_FOR;
    for (const state of states.values()) {
      if (state.saved || !state.pageLearned || state.learned.size === 0) continue;
      saveState(state);
      moveToCache(cache, state.project);
      if (clock.now() < end) continue;
      pause?.refresh();
      return;
    }
  }

  function saveState(state: ProjectState): void {
    if (cache === null) return;
    saveProject(cache, state.project, state.learned);
    if (state.pageLearned) held -= heldBy(state.project);
    state.saved = true;
    state.pageLearned = false;
    state.learned.clear();
  }

  function save(ending: boolean): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (const state of states.values()) {
      if (!state.pageLearned && state.learned.size === 0) continue;
      saveState(state);
      if (cache !== null && !ending) moveToCache(cache, state.project);
    }
  }

  return {
    index,
    stats: client.stats,
    page,
    expect,
    metadata,
    direct: (name, url) => loose.direct(name, url),
    close: async () => {
      options.signal?.removeEventListener('abort', onAbort);
      for (const task of tasks.values()) task.abort(new Error('the source is closed'));
      if (pause !== null) clearTimeout(pause);
      if (urgent !== null) clearImmediate(urgent);
      save(true);
      cache?.close();
      if (options.client === undefined) await client.close();
    },
  };
}

/** @throws {SourceError} without the text, which may hold a secret. */
function checkedBase(indexUrl: string): string {
  const url = URL.parse(indexUrl);
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return indexBase(indexUrl);
  throw new SourceError(
    'the URL of the index is none; expected one such as https://index.example.org/simple',
    {
      kind: 'refused',
      url: '',
    },
  );
}

function clientOptions(options: HttpSourceOptions): Partial<HttpClientOptions> {
  return {
    ...(options.userAgent === undefined ? {} : { userAgent: options.userAgent }),
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    ...(options.maxAttempts === undefined ? {} : { maxAttempts: options.maxAttempts }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  };
}

function notCached(what: string, url: string): SourceError {
  return new SourceError(
    `${what} is not in the cache (${withoutCredentials(url)}); run once without --offline`,
    {
      kind: 'offline',
      url: withoutCredentials(url),
    },
  );
}
