import { evaluateMarker, parseMarker } from '@pyplan/markers';
import type { Target } from '@pyplan/resolver';
import type { LockedPackage, LockedSet } from '../locked-set.ts';

/** Whether a target gets the package when all extras and groups of the lock are installed. */
export function holdsOn(lock: LockedSet, { marker }: Pick<LockedPackage, 'marker'>, target: Target): boolean {
  if (marker === null) return true;
  const context = {
    extras: lock.extras,
    dependency_groups: [...lock.dependencyGroups, ...lock.defaultGroups],
  };
  return evaluateMarker(parseMarker(marker), target.environment, null, context);
}
