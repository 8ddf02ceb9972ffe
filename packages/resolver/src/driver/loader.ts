import { addMetadata, addPage, type Facts, type PageFacts } from '../facts/facts.ts';
import type { IndexFile, MaybePromise } from '../package-source.ts';
import type { TargetWorld } from '../world/target-world.ts';
import type { VersionBudget } from './version-budget.ts';

/** Brings pages and metadata from the source into the facts, each asked for once. */
export interface Loader {
  /** Settles once the page of a project is among the facts. */
  loadPage(world: TargetWorld, project: string): MaybePromise<void>;
  /** Settles once the metadata of a file is among the facts. */
  loadMetadata(page: PageFacts, file: IndexFile): MaybePromise<void>;
  readonly counts: { pages: number; metadata: number };
  /** Whether more may be asked for than what is needed at once. */
  readonly looksAhead: boolean;
  /** Whether, where many versions were tried in vain, the next ones are asked for in a batch. */
  readonly batches: boolean;
  /** The world as a search with this loader may use it. */
  within(world: TargetWorld): TargetWorld;
}

export function newLoader(
  facts: Facts,
  signal: AbortSignal | undefined,
  onLoaded: (name: string) => void,
): Loader {
  const { source } = facts;
  const inFlight = new Map<string, Promise<void>>();
  const counts = { pages: 0, metadata: 0 };

  function once(key: string, start: () => MaybePromise<void>): MaybePromise<void> {
    const running = inFlight.get(key);
    if (running !== undefined) return running;
    const started = start();
    if (started === undefined) return;
    const tracked = started.finally(() => inFlight.delete(key));
    // Speculation may fail unheard: whoever needs the answer awaits the same promise.
    tracked.catch(() => undefined);
    inFlight.set(key, tracked);
    return tracked;
  }

  return {
    counts,
    looksAhead: true,
    batches: true,
    within: (world) => world,
    loadPage(world, project) {
      const key = world.pageKey(project);
      if (facts.pages.has(key)) return;
      return once(key, () => {
        const url = world.demands.direct.get(project);
        const page = url === undefined ? source.page(project, signal) : source.direct(project, url, signal);
        return whenReady(page, (ready) => {
          addPage(facts, key, ready);
          counts.pages++;
          onLoaded(project);
        });
      });
    },
    loadMetadata(page, file) {
      if (page.metadata.has(file.filename)) return;
      return once(`${page.page.name}/${file.filename}`, () =>
        whenReady(source.metadata(page.page, file, signal), (answer) => {
          addMetadata(facts, page, file, answer);
          counts.metadata++;
          onLoaded(page.page.name);
        }),
      );
    },
  };
}

/** A loader for searches that explain: they ask for nothing ahead, and for no more than the budget has left. */
export function sparingLoader(loader: Loader, budget: VersionBudget): Loader {
  return { ...loader, looksAhead: false, within: budget.limited };
}

/** Goes on at once where the value is there already. */
export function whenReady<T>(value: MaybePromise<T>, then: (ready: T) => void): MaybePromise<void> {
  if (value instanceof Promise) return value.then(then);
  then(value);
}
