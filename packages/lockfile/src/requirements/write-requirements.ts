import type { Plan } from '@pyplan/resolver';
import { lockPlans } from '../from-plans.ts';
import { formatRequirements, type RequirementsOptions } from './format-requirements.ts';

/**
 * A requirements.txt for one target, or with markers for several. The same plans give the same text.
 *
 * @throws LockWriteError where no marker tells two targets apart.
 */
export function writeRequirements(plans: readonly Plan[], options: RequirementsOptions = {}): string {
  return formatRequirements(lockPlans(plans), options);
}
