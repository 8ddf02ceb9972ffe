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

/** What a side of a comparison is for. */
export interface Place {
  readonly target: Target;
  /** Instead of that of the request's options. */
  readonly excludeNewer?: number;
}

/** What differs between the plans of a request at several places; null where one of them has none. */
export async function differencesBetween(
  request: Asked,
  places: readonly Place[],
): Promise<readonly Difference[] | null> {
  const sides: ComparedSide[] = [];
  for (const { target, excludeNewer = request.options.excludeNewer } of places) {
    const asked = { ...request, options: { ...request.options, excludeNewer } };
    const { plans } = await resolve({ ...asked, targets: [target] });
    sides.push(...plans.map((plan) => ({ request: asked, plan })));
  }
  return sides.length === places.length ? differencesOf(sides) : null;
}

/**
 * Whether what is said to part the plans in a package parts them: takes it out of the world, and looks whether the
 * difference is gone. Gives what is wrong, or null.
 */
export async function faultOfCauses(
  name: string,
  request: Asked,
  places: readonly Place[],
): Promise<string | null> {
  let asked = request;
  for (let round = 1; ; round++) {
    const differences = await differencesBetween(asked, places);
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
