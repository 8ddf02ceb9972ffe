import {
  conflictOf,
  partKey,
  partText,
  type Selections,
  selectionsOf,
  TooManySelectionsError,
} from '@pyplan/lockfile';
import { InputError } from '../input-error.ts';
import type { ConflictSet } from './conflicts.ts';
import type { SelectedPart } from './selected-part.ts';

/** What inputs say of parts and conflicts. */
export interface PartedInputs {
  readonly parts: readonly SelectedPart[];
  readonly conflicts: readonly ConflictSet[];
}

/**
 * How the parts asked for are resolved apart; null where none of them conflict.
 *
 * @throws InputError for a part that brings others which conflict, and for too many selections.
 */
export function apartSelections({ parts, conflicts }: PartedInputs): Selections<SelectedPart> | null {
  const sets = conflicts.map(({ members }) => members);
  if (conflictOf(parts, sets) === null) return null;
  for (const part of parts) if (conflictOf([part], sets) !== null) throw conflictError([part], conflicts);
  try {
    return selectionsOf(parts, sets);
  } catch (error) {
    if (!(error instanceof TooManySelectionsError)) throw error;
    const message = error.message.charAt(0).toUpperCase() + error.message.slice(1);
    throw new InputError(message, { ...placeOf(conflicts[0]), cause: error });
  }
}

/** @throws InputError where extras and groups are asked for in one plan that may not be installed together. */
export function refuseConflicts({ parts, conflicts }: PartedInputs): void {
  const sets = conflicts.map(({ members }) => members);
  if (conflictOf(parts, sets) !== null) throw conflictError(parts, conflicts);
}

function conflictError(parts: readonly SelectedPart[], conflicts: readonly ConflictSet[]): InputError {
  const broken = conflicts.find(({ members }) => conflictOf(parts, [members]) !== null);
  const keys = new Set(broken?.members.map(partKey));
  const named = new Set(parts.flatMap(({ part, includes }) => [part, ...includes]).map(partKey));
  const members = (broken?.members ?? []).filter((part) => part.kind === 'base' || named.has(partKey(part)));
  const bringing = parts.filter(
    ({ part, includes }) => !keys.has(partKey(part)) && includes.some((other) => keys.has(partKey(other))),
  );
  const through =
    bringing.length === 0 ? '' : ` (${bringing.map(({ part }) => partText(part)).join(', ')} brings them in)`;
  const message = `${members.map(partText).join(' and ')} conflict, as tool.uv.conflicts declares${through}`;
  return new InputError(message.charAt(0).toUpperCase() + message.slice(1), {
    ...placeOf(broken),
    hint: members.some(({ kind }) => kind === 'base')
      ? 'The project itself is always installed; a group that excludes it needs a project of its own'
      : 'Ask for one of them at a time; `pyplan lock --format pylock` keeps conflicting ones apart in one lock',
  });
}

function placeOf(conflict: ConflictSet | undefined): { place?: ConflictSet['place'] } {
  return conflict === undefined ? {} : { place: conflict.place };
}
