import { normalizeName, parseMarker } from '@pyplan/markers';
import type { RootRequirement, ScopedExcludes } from '@pyplan/resolver';
import { InputError } from '../input-error.ts';
import { readRequirement } from '../requirements/requirement-strings.ts';
import { type ConflictSet, readConflicts } from './conflicts.ts';
import { scopedListAt } from './scoped-list.ts';
import { locateString, type TomlTable } from './toml.ts';

/** What limits a resolution, as opposed to how versions are chosen; by the keys of a project's `tool.uv`. */
export interface UvProject {
  /** `constraint-dependencies` */
  readonly constraints: readonly RootRequirement[];
  /** `override-dependencies` */
  readonly overrides: readonly RootRequirement[];
  /** `exclude-dependencies`: normalised names of packages to leave out. */
  readonly excludes: readonly string[];
  /** `exclude-dependencies` with `package`: what single packages do not get. */
  readonly scopedExcludes: readonly ScopedExcludes[];
  /** `environments`: markers that a universe is limited to; empty: not limited. */
  readonly environments: readonly string[];
  /** `required-environments`: markers of what a universe must cover. */
  readonly requiredEnvironments: readonly string[];
  /** `conflicts`: extras and groups that are never installed together. */
  readonly conflicts: readonly ConflictSet[];
}

export const noUvProject: UvProject = {
  constraints: [],
  overrides: [],
  excludes: [],
  scopedExcludes: [],
  environments: [],
  requiredEnvironments: [],
  conflicts: [],
};

/**
 * Reads what the table `tool.uv` of a `pyproject.toml` or a script says.
 *
 * @param text of the file, to find lines in; `project` is its normalised name
 * @throws InputError naming the file, the key and what was expected.
 */
export function readUvProject(
  table: TomlTable,
  text: string,
  source: string,
  project: string | null,
): UvProject {
  const requirements = (key: string): readonly RootRequirement[] =>
    stringsAt(table, key, source).map((each) => readRequirement(each, originOf(each, text, source)));
  const excludes = scopedListAt(table, 'exclude-dependencies', source);
  return {
    constraints: requirements('constraint-dependencies'),
    overrides: overridesOf(table, text, source),
    excludes: excludes.everywhere.map(normalizeName),
    scopedExcludes: excludes.scoped.map(({ scope, dependencies }) => ({
      scope,
      names: dependencies.map(normalizeName),
    })),
    environments: markersAt(table, 'environments', source),
    requiredEnvironments: markersAt(table, 'required-environments', source),
    conflicts: readConflicts(table['conflicts'], project, { source, line: lineOfKey(text, 'conflicts') }),
  };
}

/** Those for all packages, then those for the requirements of one. */
function overridesOf(table: TomlTable, text: string, source: string): readonly RootRequirement[] {
  const { everywhere, scoped } = scopedListAt(table, 'override-dependencies', source);
  const read = (each: string): RootRequirement => readRequirement(each, originOf(each, text, source));
  return [
    ...everywhere.map(read),
    ...scoped.flatMap(({ scope, dependencies }) =>
      dependencies.map((each) => {
        const root = read(each);
        const { url, name } = root.requirement;
        const place = root.origin;
        if (normalizeName(name) === scope.package) {
          throw new InputError(
            `The override of what ${scope.package} asks is of ${scope.package} itself: ${each}`,
            {
              place,
              hint: `For other versions of ${scope.package} write the override for all packages: "${each}"`,
            },
          );
        }
        if (url === null) return { ...root, scope };
        throw new InputError(`The override of what ${scope.package} asks has a URL: ${each}`, {
          place,
          hint: 'Overrides for one package alone take versions; a URL is for all of them',
        });
      }),
    ),
  ];
}

function originOf(written: string, text: string, source: string): RootRequirement['origin'] {
  const place = locateString(text, written, 0);
  return { source, line: place?.line ?? null, column: place?.column ?? null };
}

/** The line on which a key is given a value. */
function lineOfKey(text: string, key: string): number | null {
  const index = text.split('\n').findIndex((line) => new RegExp(`^\\s*(?:#\\s*)?${key}\\s*=`).test(line));
  return index < 0 ? null : index + 1;
}

function stringsAt(table: TomlTable, key: string, source: string): readonly string[] {
  const value = table[key];
  if (value === undefined) return [];
  const place = { source };
  if (!Array.isArray(value)) {
    throw new InputError(`tool.uv.${key} is not a list`, { place, hint: `Expected ${key} = ["…"]` });
  }
  const values: readonly unknown[] = value;
  const other = values.find((each) => typeof each !== 'string');
  if (other !== undefined) {
    throw new InputError(`tool.uv.${key} holds ${JSON.stringify(other)}`, {
      place,
      hint: `Expected ${key} = ["…"]`,
    });
  }
  return values.map(String);
}

function markersAt(table: TomlTable, key: string, source: string): readonly string[] {
  const value = table[key];
  const texts = typeof value === 'string' ? [value] : stringsAt(table, key, source);
  return texts.map((text) => checkedMarker(text, `tool.uv.${key}`, source));
}

/** A marker as written, which parses. @throws InputError naming where it stands. */
export function checkedMarker(text: string, what: string, source: string): string {
  try {
    parseMarker(text);
    return text;
  } catch (error) {
    throw new InputError(`${what} can't be read: ${error instanceof Error ? error.message : String(error)}`, {
      place: { source },
      hint: `Expected a marker such as sys_platform == 'linux' and platform_machine == 'x86_64'`,
      cause: error,
    });
  }
}
