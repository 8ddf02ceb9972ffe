import { compareText, type LockedPackage, type LockedSet } from './locked-set.ts';
import type { ProjectPart } from './project-parts.ts';
import { combineParts } from './read/part-markers.ts';

/** A part of a project that wants a package, and on which environments; null: on all of the lock's. */
export interface Want {
  readonly part: ProjectPart;
  readonly marker: string | null;
}

/** A lock whose markers speak of environments alone, with who wants each package. */
export interface PartedLock {
  readonly set: LockedSet;
  readonly wants: ReadonlyMap<LockedPackage, readonly Want[]>;
}

/** The lock with `extras` and `dependency_groups` in its markers (PEP 751). What no part is known to want is for all. */
export function withPartMarkers({ set, wants }: PartedLock): LockedSet {
  const packages = set.packages.map((item) => {
    const wanted = wants.get(item) ?? [];
    if (wanted.length === 0) return item;
    return { ...item, marker: combineParts(wanted.map(({ part, marker }) => [part.part, marker])) };
  });
  return { ...set, packages };
}

/** The names of the parts of a kind, sorted. */
export function partNames(parts: readonly ProjectPart[], kind: 'extra' | 'group'): readonly string[] {
  return parts.flatMap(({ part }) => (part.kind === kind ? [part.name] : [])).sort(compareText);
}
