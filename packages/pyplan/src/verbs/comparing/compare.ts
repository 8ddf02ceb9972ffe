import { type Note, type Plan, type Refusal, resolve } from '@pyplan/resolver';
import { completeRequest, type PlanRequest } from '../../request.ts';
import { type Comparison, comparePlans, inOrderOf, sidesOf } from './comparison.ts';

export type CompareResult =
  | {
      readonly status: 'resolved';
      readonly comparison: Comparison;
      readonly plans: readonly Plan[];
      readonly notes: readonly Note[];
    }
  | {
      readonly status: 'no-solution';
      /** Of the targets that have a plan; the others stand in it with their refusals. */
      readonly comparison: Comparison;
      readonly plans: readonly Plan[];
      readonly refusals: readonly Refusal[];
      readonly notes: readonly Note[];
    };

/** What differs between the targets of a request, and why. Throws as `lock` does. */
export async function compare(request: PlanRequest): Promise<CompareResult> {
  const { request: complete, assumed } = completeRequest(request);
  const { notes, ...resolution } = await resolve(complete);
  const sides = inOrderOf(complete.targets, sidesOf(complete, { ...resolution, notes }));
  return { ...resolution, notes: [...assumed, ...notes], comparison: comparePlans(sides) };
}
