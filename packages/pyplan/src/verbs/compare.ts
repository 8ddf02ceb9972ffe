import type { Note, Refusal } from '@pyplan/resolver';
import type { PlanRequest } from '../request.ts';
import { type Comparison, comparePlans } from './comparison.ts';
import { lock } from './lock.ts';

export type CompareResult =
  | { readonly status: 'resolved'; readonly comparison: Comparison; readonly notes: readonly Note[] }
  | {
      readonly status: 'no-solution';
      /** Of the targets that have a plan. */
      readonly comparison: Comparison;
      readonly refusals: readonly Refusal[];
      readonly notes: readonly Note[];
    };

/** What differs between the targets of a request. Throws as `lock` does. */
export async function compare(request: PlanRequest): Promise<CompareResult> {
  const { plans, ...rest } = await lock(request);
  return { ...rest, comparison: comparePlans(plans) };
}
