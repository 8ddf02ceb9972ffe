import { candidateAt } from '../candidate/candidate-table.ts';
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
  /**
   * A world for one more search, which throws `BudgetError` once that used more new versions than allowed besides one of
   * each project: a plan takes one of each, what is beyond is going back and forth.
   */
  trial(world: TargetWorld, further: number): TargetWorld;
}

export function versionBudget(allowance: number): VersionBudget {
  /** By page and rank, the versions that cost nothing, or nothing any more. */
  const free = new Map<string, Set<number>>();
  /** The same by file: on another target a version may have another one. */
  const files = new Set<string>();
  /** Versions whose files are not among these yet: most searches are never followed by a trial. */
  const unfiled: { readonly world: TargetWorld; readonly project: string; readonly rank: number }[] = [];
  let spent = 0;

  /** The same before and after the metadata of the version is there. */
  function fileKey(world: TargetWorld, project: string, rank: number): string {
    const page = world.page(project) ?? null;
    const file = page === null ? undefined : candidateAt(world.policy, page, rank)?.file;
    return `${world.pageKey(project)} ${file?.filename ?? rank}`;
  }

  function fileAll(): void {
    for (const { world, project, rank } of unfiled.splice(0)) files.add(fileKey(world, project, rank));
  }

  function watched(world: TargetWorld, useNew: () => void): TargetWorld {
    return {
      ...world,
      dependencies(project, rank, extra) {
        const key = world.pageKey(project);
        const ranks = free.get(key) ?? new Set();
        if (!ranks.has(rank)) {
          useNew();
          free.set(key, ranks.add(rank));
          unfiled.push({ world, project, rank });
        }
        return world.dependencies(project, rank, extra);
      },
      used: (project) => free.get(world.pageKey(project)) ?? world.used(project),
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
    trial(world, further) {
      fileAll();
      const met = new Set<string>();
      let beyond = 0;
      return {
        ...world,
        dependencies(project, rank, extra) {
          const key = fileKey(world, project, rank);
          if (!files.has(key) && met.has(project) && ++beyond > further) {
            throw new BudgetError('this trial needs too much that is not known yet', {
              steps: further,
              unit: 'decisions',
            });
          }
          files.add(key);
          met.add(project);
          return world.dependencies(project, rank, extra);
        },
      };
    },
  };
}
