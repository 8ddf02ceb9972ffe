import type { LockPart } from '@pyplan/lockfile';
import { normalizeName } from '@pyplan/markers';
import { InputError, type InputPlace } from '../input-error.ts';
import { isTable } from './toml.ts';

/** Extras and groups of a project of which at most one is installed at a time (uv's `conflicts`). */
export interface ConflictSet {
  readonly members: readonly LockPart[];
  /** Where it is declared. */
  readonly place: InputPlace;
}

const expected =
  'Expected conflicts = [[{ extra = "cpu" }, { extra = "gpu" }], …], with extra or group in each member';

/**
 * Reads `tool.uv.conflicts` of a project. What is said of other packages of a workspace does not count here.
 *
 * @param project its normalised name; null where it has none
 * @throws InputError
 */
export function readConflicts(
  value: unknown,
  project: string | null,
  place: InputPlace,
): readonly ConflictSet[] {
  if (value === undefined) return [];
  const fault = (problem: string): InputError => new InputError(problem, { place, hint: expected });
  if (!Array.isArray(value)) throw fault('tool.uv.conflicts is not a list of sets');
  const sets: readonly unknown[] = value;
  return sets.flatMap((set) => {
    if (!Array.isArray(set)) throw fault(`tool.uv.conflicts holds ${JSON.stringify(set)}, which is no set`);
    if (set.length < 2) throw fault('tool.uv.conflicts has a set of fewer than two members');
    const all: readonly unknown[] = set;
    const members = all.flatMap((member) => memberOf(member, project, fault));
    return members.length < 2 ? [] : [{ members, place }];
  });
}

function memberOf(
  member: unknown,
  project: string | null,
  fault: (problem: string) => InputError,
): readonly LockPart[] {
  const problem = `tool.uv.conflicts holds ${JSON.stringify(member)}, which is no extra or group`;
  if (!isTable(member)) throw fault(problem);
  const { package: owner, extra, group } = member;
  const names = [owner, extra, group].filter((each) => each !== undefined);
  if (names.length === 0 || !names.every((each) => typeof each === 'string')) throw fault(problem);
  if (extra !== undefined && group !== undefined) throw fault(`${problem} alone`);
  if (typeof owner === 'string' && normalizeName(owner) !== project) return [];
  if (typeof extra === 'string') return [{ kind: 'extra', name: normalizeName(extra) }];
  if (typeof group === 'string') return [{ kind: 'group', name: normalizeName(group) }];
  return [{ kind: 'base' }];
}
