import { BudgetError } from '../errors.ts';
import { byRank } from '../facts/facts.ts';
import type { TargetWorld } from '../world/target-world.ts';

/**
 * Counts the versions of which searches used the metadata, so that further searches can be held to few that
 * are new. What is counted is what a search uses, not what had to be fetched for it: the same in whatever
 * order things arrive.
 */
export interface VersionBudget {
  /** A world of which every version used is free from now on. */
  noting(world: TargetWorld): TargetWorld;
  /** A world that throws `BudgetError` once all searches in such worlds used more new versions than allowed. */
  limited(world: TargetWorld): TargetWorld;
}

export function versionBudget(allowance: number): VersionBudget {
  /** By page and rank, the versions that cost nothing, or nothing any more. */
  const free = new Map<string, (boolean | undefined)[]>();
  let spent = 0;

  function places(world: TargetWorld, project: string): (boolean | undefined)[] {
    const page = world.page(project);
    return page === null || page === undefined ? [] : byRank(page);
  }

  function watched(world: TargetWorld, useNew: () => void): TargetWorld {
    return {
      ...world,
      dependencies(project, rank, extra) {
        const key = world.pageKey(project);
        const ranks = free.get(key) ?? places(world, project);
        if (ranks[rank] !== true) {
          useNew();
          ranks[rank] = true;
          free.set(key, ranks);
        }
        return world.dependencies(project, rank, extra);
      },
    };
  }

  return {
    noting: (world) => watched(world, () => undefined),
    limited: (world) =>
      watched(world, () => {
        if (spent >= allowance)
          throw new BudgetError('this needs too much that is not known yet', { steps: 0, unit: 'decisions' });
        spent++;
      }),
  };
}
