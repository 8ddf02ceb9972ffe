import {
  type ComparedSide,
  type Difference,
  differencesOf,
  type ResolveRequest,
  resolve,
  type Target,
} from '@pyplan/resolver';
import { endsOf, withoutCauses, withoutLines } from './without-causes.ts';

export type Asked = Omit<ResolveRequest, 'targets'>;

/** What was hidden behind a cause may part the plans once it is gone: so often it is looked again. */
const rounds = 4;

/** What differs between the plans of a request's targets; null where one of them has none. */
export async function differencesBetween(
  request: Asked,
  targets: readonly Target[],
): Promise<readonly Difference[] | null> {
  const { plans, status } = await resolve({ ...request, targets });
  return status === 'resolved' ? differencesOf(plans.map((plan): ComparedSide => ({ request, plan }))) : null;
}

/**
 * Whether what is said to part the plans in a package parts them: takes it out of the world, and looks whether the
 * difference is gone. Gives what is wrong, or null.
 */
export async function faultOfCauses(
  name: string,
  request: Asked,
  targets: readonly Target[],
): Promise<string | null> {
  let asked = request;
  for (let round = 1; ; round++) {
    const differences = await differencesBetween(asked, targets);
    if (differences === null) return 'there is no plan any more';
    const difference = differences.find((each) => each.name === name && each.kind !== 'file');
    if (difference === undefined) return null;
    const ends = endsOf(name, differences);
    const told = JSON.stringify(difference).slice(0, 400);
    if (ends.length === 0) return `no cause: ${told}`;
    if (round > rounds) return `still different without its causes: ${told}`;
    asked = { ...withoutLines(asked, ends), source: withoutCauses(asked.source, ends) };
  }
}
