import { type Note, type Plan, type Refusal, resolve } from '@pyplan/resolver';
import { completeRequest, type PlanRequest } from '../../request.ts';
import { type Comparison, comparePlans } from './comparison.ts';

export type CompareResult =
  | {
      readonly status: 'resolved';
      readonly comparison: Comparison;
      readonly plans: readonly Plan[];
      readonly notes: readonly Note[];
    }
  | {
      readonly status: 'no-solution';
      /** Of the targets that have a plan. */
      readonly comparison: Comparison;
      readonly plans: readonly Plan[];
      readonly refusals: readonly Refusal[];
      readonly notes: readonly Note[];
    };

/** What differs between the targets of a request, and why. Throws as `lock` does. */
export async function compare(request: PlanRequest): Promise<CompareResult> {
  const { request: complete, assumed } = completeRequest(request);
  const { notes, ...resolution } = await resolve(complete);
  const comparison = comparePlans(resolution.plans.map((plan) => ({ request: complete, plan })));
  return { ...resolution, notes: [...assumed, ...notes], comparison };
}
