import { isPrerelease, type Version } from '@pyplan/markers';
import type { PrereleaseMode } from '../request.ts';

/** Whether a version is a pre-release that may be chosen only where no other is left, or never. */
export type PrereleaseStanding = 'stable' | 'allowed' | 'last-resort' | 'never';

/** @param isNamed whether one of the user's own lines names a pre-release of the project */
export function prereleaseStanding(
  version: Version,
  mode: PrereleaseMode,
  isNamed: boolean,
): PrereleaseStanding {
  if (!isPrerelease(version)) return 'stable';
  switch (mode) {
    case 'allow':
      return 'allowed';
    case 'disallow':
      return 'never';
    case 'explicit':
      return isNamed ? 'last-resort' : 'never';
    case 'if-necessary':
    case 'if-necessary-or-explicit':
      return 'last-resort';
  }
}
