import { normalizeName } from '@pyplan/markers';
import { InputError } from '../input-error.ts';
import { isTable, type TomlTable } from './toml.ts';

/** A requirement string of a group and the group (as written) it stands in. */
export interface GroupedRequirement {
  readonly text: string;
  readonly group: string;
}

/**
 * The requirements of one dependency group, `include-group` followed (Dependency groups, PEP 735).
 *
 * @throws InputError for a group that does not exist, is no list, includes itself, or is defined
 *   twice under names that are the same when normalised.
 */
export function expandGroup(groups: TomlTable, name: string, source: string): readonly GroupedRequirement[] {
  return expand(byNormalizedName(groups, source), name, source, []);
}

/** The groups that a group includes, however deep, normalised; the group itself is not among them. */
export function includedGroups(groups: TomlTable, name: string, source: string): readonly string[] {
  const byName = byNormalizedName(groups, source);
  const start = normalizeName(name);
  const found = new Set([start]);
  for (const each of found) {
    const members = byName.get(each)?.members;
    const all: readonly unknown[] = Array.isArray(members) ? members : [];
    for (const member of all) {
      const included = isTable(member) ? member['include-group'] : null;
      if (typeof included === 'string') found.add(normalizeName(included));
    }
  }
  found.delete(start);
  return [...found];
}

interface Group {
  readonly written: string;
  readonly members: unknown;
}

function byNormalizedName(groups: TomlTable, source: string): ReadonlyMap<string, Group> {
  const result = new Map<string, Group>();
  for (const [written, members] of Object.entries(groups)) {
    const normalized = normalizeName(written);
    const other = result.get(normalized);
    if (other !== undefined) {
      throw new InputError(`The dependency groups ${other.written} and ${written} have the same name`, {
        place: { source },
        hint: 'Names that differ in case, or in runs of - _ . alone, are one name: rename one of them',
      });
    }
    result.set(normalized, { written, members });
  }
  return result;
}

function expand(
  groups: ReadonlyMap<string, Group>,
  name: string,
  source: string,
  path: readonly string[],
): readonly GroupedRequirement[] {
  const normalized = normalizeName(name);
  const group = groups.get(normalized);
  if (group === undefined) throw unknownGroup(groups, name, source, path);
  if (path.includes(normalized)) {
    throw new InputError(
      `The dependency group ${group.written} includes itself: ${[...path, normalized].join(' > ')}`,
      {
        place: { source },
      },
    );
  }
  if (!Array.isArray(group.members)) {
    throw new InputError(`The dependency group ${group.written} is not a list`, {
      place: { source },
      hint: `Expected ${group.written} = ["name>=1", …]`,
    });
  }
  const members: readonly unknown[] = group.members;
  return members.flatMap((member) => {
    if (typeof member === 'string') return [{ text: member, group: group.written }];
    const included = isTable(member) && Object.keys(member).length === 1 ? member['include-group'] : null;
    if (typeof included !== 'string') {
      throw new InputError(`The dependency group ${group.written} holds ${JSON.stringify(member)}`, {
        place: { source },
        hint: 'Expected requirement strings and {include-group = "name"}',
      });
    }
    return expand(groups, included, source, [...path, normalized]);
  });
}

function unknownGroup(
  groups: ReadonlyMap<string, Group>,
  name: string,
  source: string,
  path: readonly string[],
): InputError {
  const includedBy = path.at(-1);
  const known = [...groups.values()].map((group) => group.written);
  const who = includedBy === undefined ? '' : `, which ${includedBy} includes`;
  return new InputError(`There is no dependency group ${name}${who}`, {
    place: { source },
    hint: known.length === 0 ? 'The file has no [dependency-groups]' : `It has: ${known.join(', ')}`,
  });
}
