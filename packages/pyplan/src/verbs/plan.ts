import type { Note, Plan, Refusal } from '@pyplan/resolver';
import type { InstalledPackage } from '../input/locked/installed.ts';
import type { PlanRequest } from '../request.ts';
import { type Changes, changesOf } from './changes.ts';
import { type Download, downloadOf } from './download.ts';
import { lock } from './lock.ts';
import { tryCompareVersions } from './version-order.ts';

export interface InstallRequest extends PlanRequest {
  /** What the environment holds (see `readInstalled`); not given: nothing. */
  readonly installed?: readonly InstalledPackage[];
}

/** What an install would do on one target. */
export interface InstallPlan {
  readonly plan: Plan;
  /** All files of the plan, whatever is installed. */
  readonly download: Download;
  /** Against what is installed; null where nothing was said of it. */
  readonly changes: Changes | null;
}

export type InstallPlans =
  | { readonly status: 'resolved'; readonly targets: readonly InstallPlan[]; readonly notes: readonly Note[] }
  | {
      readonly status: 'no-solution';
      /** The targets that have a plan. */
      readonly targets: readonly InstallPlan[];
      readonly refusals: readonly Refusal[];
      readonly notes: readonly Note[];
    };

/** What an install would do: files, sizes, changes. Throws as `lock` does. */
export async function plan(request: InstallRequest): Promise<InstallPlans> {
  const { plans, ...rest } = await lock(request);
  return { ...rest, targets: plans.map((each) => installPlan(each, request.installed ?? null)) };
}

/** A plan with its download and, where `installed` is given, its changes. */
export function installPlan(plan: Plan, installed: readonly InstalledPackage[] | null): InstallPlan {
  return {
    plan,
    download: downloadOf(plan.packages),
    changes: installed === null ? null : changesOf(plan, installed, tryCompareVersions),
  };
}
