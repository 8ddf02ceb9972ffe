import { conflictText, type LockedSet } from '@pyplan/lockfile';
import {
  formatMarker,
  type Marker,
  type MarkerComparison,
  normalizeName,
  parseMarker,
} from '@pyplan/markers';
import { InputError } from '../input-error.ts';
import type { ProjectSelection } from '../project/pyproject.ts';

/** What a lock has of parts. */
type PartNames = Pick<LockedSet, 'extras' | 'dependencyGroups' | 'defaultGroups' | 'conflicts'>;

/** A marker in which no part is named any more: null holds always, false never. */
export type DecidedMarker = string | null | false;

/**
 * A lock with some of its extras and groups taken for good: its markers name no `extras` and no `dependency_groups`
 * any more, and packages that only others want are gone. Where no group is selected, the lock's default groups are.
 *
 * @throws InputError for an extra or a group that the lock does not have.
 */
export function selectParts(lock: LockedSet, selection: ProjectSelection): LockedSet {
  const decided = partsDecided(lock, lock.file, selection);
  return {
    ...lock,
    extras: [],
    dependencyGroups: [],
    defaultGroups: [],
    packages: lock.packages.flatMap((item) => {
      const marker = decided(item.marker);
      return marker === false ? [] : [{ ...item, marker }];
    }),
  };
}

/**
 * What a marker of a lock says once extras and groups are selected.
 *
 * @throws InputError for an extra or a group that the lock does not have.
 */
export function partsDecided(
  lock: PartNames,
  file: string | null,
  selection: ProjectSelection,
): (marker: string | null) => DecidedMarker {
  const extras = selection.allExtras ? lock.extras : selection.extras;
  const groups = selection.groups.length > 0 ? selection.groups : lock.defaultGroups;
  for (const name of extras) demandPart('extra', name, lock.extras, file);
  for (const name of groups) demandPart('group', name, lock.dependencyGroups, file);
  const taken: TakenParts = {
    extras: new Set(extras.map(normalizeName)),
    dependency_groups: new Set(groups.map(normalizeName)),
  };
  const conflict = conflictText(lock.conflicts ?? [], {
    extras: [...taken.extras],
    groups: [...taken.dependency_groups],
  });
  if (conflict !== null) {
    throw new InputError(conflict, {
      ...(file === null ? {} : { place: { source: file } }),
      hint: 'Take one of them at a time',
    });
  }
  return (text) => {
    if (text === null) return null;
    const marker = decide(parseMarker(text), taken);
    return typeof marker === 'boolean' ? (marker ? null : false) : formatMarker(marker);
  };
}

function demandPart(what: string, name: string, known: readonly string[], file: string | null): void {
  if (known.some((other) => normalizeName(other) === normalizeName(name))) return;
  throw new InputError(`The lock has no ${what} ${name}`, {
    ...(file === null ? {} : { place: { source: file } }),
    hint: known.length === 0 ? 'It has none' : `It has: ${known.join(', ')}`,
  });
}

type TakenParts = Readonly<Record<'extras' | 'dependency_groups', ReadonlySet<string>>>;

/** The marker with what it says of parts decided. */
function decide(marker: Marker, taken: TakenParts): Marker | boolean {
  if (marker.kind === 'comparison') return decideComparison(marker, taken);
  const decided = marker.markers.map((member) => decide(member, taken));
  const settles = marker.kind === 'or';
  if (decided.includes(settles)) return settles;
  const open = decided.filter((member) => typeof member !== 'boolean');
  const [first] = open;
  if (first === undefined) return !settles;
  return open.length === 1 ? first : { ...marker, markers: open };
}

function decideComparison(marker: MarkerComparison, taken: TakenParts): Marker | boolean {
  const { left, operator, right } = marker;
  if (left.kind !== 'value' || right.kind !== 'variable') return marker;
  if (right.name !== 'extras' && right.name !== 'dependency_groups') return marker;
  const isTaken = taken[right.name].has(left.value);
  return operator === 'not in' ? !isTaken : isTaken;
}
