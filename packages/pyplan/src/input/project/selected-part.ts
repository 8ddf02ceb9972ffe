import type { LockPart, ProjectPart } from '@pyplan/lockfile';
import type { RootRequirement } from '@pyplan/resolver';

/** A part of a project that is asked for, with the places of what it asks for in turn. */
export interface SelectedPart extends ProjectPart {
  readonly roots: readonly RootRequirement[];
  /** Parts that come with it: extras that an extra asks for, groups that a group includes. Itself is not among them. */
  readonly includes: readonly LockPart[];
}

export function selectedPart(
  part: LockPart,
  roots: readonly RootRequirement[],
  includes: readonly LockPart[] = [],
): SelectedPart {
  return { part, roots, requirements: roots.map(({ requirement }) => requirement), includes };
}
