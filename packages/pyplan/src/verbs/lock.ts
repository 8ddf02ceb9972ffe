import { type Resolution, resolve } from '@pyplan/resolver';
import { completeRequest, type PlanRequest } from '../request.ts';

/**
 * Resolves requirements for every target of the request.
 *
 * No solution is an answer, not an error: `status: 'no-solution'` with an explanation a target.
 *
 * @throws InputError for a requirement, InvalidTargetError for a target that can't be read.
 * @throws SourceError where the index fails; BudgetError where the search takes too long; the signal's
 *   reason where it is aborted.
 */
export async function lock(request: PlanRequest): Promise<Resolution> {
  const { request: complete, assumed } = completeRequest(request);
  const resolution = await resolve(complete);
  return assumed.length === 0 ? resolution : { ...resolution, notes: [...assumed, ...resolution.notes] };
}
