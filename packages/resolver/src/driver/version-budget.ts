import { BudgetError } from '../errors.ts';
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
  const free = new Set<string>();
  const spent = new Set<string>();

  function watched(world: TargetWorld, use: (version: string) => void): TargetWorld {
    return {
      ...world,
      dependencies(project, rank, extra) {
        use(`${world.pageKey(project)} ${rank}`);
        return world.dependencies(project, rank, extra);
      },
    };
  }

  return {
    noting: (world) => watched(world, (version) => free.add(version)),
    limited: (world) =>
      watched(world, (version) => {
        if (free.has(version) || spent.has(version)) return;
        if (spent.size >= allowance)
          throw new BudgetError('this needs too much that is not known yet', { steps: 0, unit: 'decisions' });
        spent.add(version);
      }),
  };
}
