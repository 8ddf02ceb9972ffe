import { SourceError } from '../errors.ts';
import type { MaybePromise } from '../package-source.ts';
import { oneRank, type RankSet, subtractRanks } from '../solver/rank-set.ts';
import type { Choice } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { type Loader, whenReady } from './loader.ts';

/** Asks for what may be needed. What fails is unheard: whoever needs it asks again and hears of the failure then. */
export interface Ask {
  /** Asks for a page; `then` runs once it is there, at once where it is there already. */
  page(project: string, then: () => void): void;
  /** Asks for the metadata of a version; `then` runs once it is there, but not where it was there before. */
  metadata(project: string, rank: number, then: () => void): void;
}

/** What the search would choose, once it knows of all metadata that is there by now: it passes over what that rules out. */
export function foreseenChoice(world: TargetWorld, project: string, ranks: RankSet): Choice {
  for (let left = ranks; ; ) {
    const choice = world.peek(project, left);
    if (choice.kind !== 'rank' || world.metadataOf(project, choice.rank).kind !== 'rejected') return choice;
    left = subtractRanks(left, oneRank(choice.rank));
  }
}

export function askAhead(world: TargetWorld, loader: Loader): Ask {
  return {
    page(project, then) {
      unheard(() => whenReady(loader.loadPage(world, project), then));
    },
    metadata(project, rank, then) {
      const page = world.page(project);
      const metadata = world.metadataOf(project, rank);
      if (metadata.kind !== 'unknown' || page === undefined || page === null) return;
      const { file } = metadata.candidate;
      unheard(() => whenReady(loader.loadMetadata(page, file), then));
    },
  };
}

function unheard(ask: () => MaybePromise<void>): void {
  try {
    const asked = ask();
    if (asked instanceof Promise) asked.catch(() => undefined);
  } catch (error) {
    // A source that answers at once fails at once, too.
    if (!(error instanceof SourceError)) throw error;
  }
}
