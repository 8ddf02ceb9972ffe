import { normalizeName } from '@pyplan/markers';
import type { RootRequirement } from '@pyplan/resolver';
import { InputError } from '../input-error.ts';
import { type ChoosingSettings, readChoosingSettings } from '../options/uv-settings.ts';
import { readRequirement } from '../requirements/requirement-strings.ts';
import { expandGroup, includedGroups } from './dependency-groups.ts';
import { ownChanges } from './own-changes.ts';
import { type SelectedPart, selectedPart } from './selected-part.ts';
import { locateString, parseToml, type TomlTable, tableAt } from './toml.ts';
import { noUvProject, readUvProject, type UvProject } from './uv-project.ts';

/** What of a project is asked for beside its dependencies. Names as the user wrote them. */
export interface ProjectSelection {
  readonly extras: readonly string[];
  readonly allExtras: boolean;
  readonly groups: readonly string[];
}

/** What a pyproject.toml says that matters here. */
export interface ProjectInput {
  readonly requirements: readonly RootRequirement[];
  readonly requiresPython: string | null;
  /** The optional dependencies that were taken, normalised. */
  readonly extras: readonly string[];
  /** What the project itself, each extra taken and each group taken ask for. */
  readonly parts: readonly SelectedPart[];
  /** What its `tool.uv` says. */
  readonly uv: UvProject;
  readonly settings: ChoosingSettings | null;
}

/**
 * The requirements of a `pyproject.toml`: `project.dependencies`, the extras and groups selected
 * (Declaring project metadata, PEP 621; Dependency groups, PEP 735). An extra that asks for extras
 * of its own project gets them.
 *
 * @throws InputError for TOML that does not parse, a field of the wrong type, an extra or group that
 *   does not exist, dependencies that only a build would tell.
 */
export async function readPyproject(
  text: string,
  source: string,
  selection: ProjectSelection,
): Promise<ProjectInput> {
  const root = await parseToml(text, source);
  const project = tableAt(root, 'project');
  const groups = tableAt(root, 'dependency-groups');
  if (project === null && groups === null) throw noProject(root, source);
  if (project === null && selection.groups.length === 0) {
    throw new InputError('There is no [project] table', {
      place: { source },
      hint: `It has dependency groups: --group ${Object.keys(groups ?? {}).join(', --group ')}`,
    });
  }
  const reader = readerOf(text, source);
  const extras = project === null ? [] : selectedExtras(project, selection, source);
  const ofProject = project === null ? [] : projectRequirements(project, extras, reader, source);
  const from = reader.sectionStart('dependency-groups');
  const said = uvOf(root, text, source);
  const changes = ownChanges(said.uv, nameAndVersion(project), () =>
    everythingAsked(project, reader, source),
  );
  const groupParts = selection.groups.map((name) => ({
    name: normalizeName(name),
    roots: changes.kept(
      expandGroup(groups ?? {}, name, source).map((member) => reader.requirement(member.text, from)),
    ),
    included: includedGroups(groups ?? {}, name, source),
  }));
  const requiresPython = project?.['requires-python'];
  if (requiresPython !== undefined && typeof requiresPython !== 'string') {
    throw new InputError('project.requires-python is not a string', { place: { source } });
  }
  const ownRoots = (taken: readonly string[]): readonly RootRequirement[] =>
    project === null ? [] : projectRequirements(project, taken, reader, source);
  const own = ownRoots([]);
  const extraParts = extras.map((name) => {
    const implied = impliedExtras(project, name, source);
    return { name, roots: ownRoots(implied), implied: implied.filter((other) => other !== name) };
  });
  return {
    requirements: [
      ...changes.changed(ofProject),
      ...changes.added,
      ...groupParts.flatMap(({ roots }) => roots),
    ],
    requiresPython: requiresPython ?? null,
    extras,
    parts: [
      selectedPart({ kind: 'base' }, [...changes.changed(own), ...changes.added]),
      ...extraParts.map(({ name, roots, implied }) =>
        selectedPart(
          { kind: 'extra', name },
          changes.changed(roots.slice(own.length)),
          implied.map((other) => ({ kind: 'extra', name: other })),
        ),
      ),
      ...groupParts.map(({ name, roots, included }) =>
        selectedPart(
          { kind: 'group', name },
          roots,
          included.map((other) => ({ kind: 'group', name: other })),
        ),
      ),
    ],
    ...said,
  };
}

function nameAndVersion(project: TomlTable | null): {
  readonly name: string | null;
  readonly version: string | null;
} {
  const { name, version } = project ?? {};
  return {
    name: typeof name === 'string' ? normalizeName(name) : null,
    version: typeof version === 'string' ? version : null,
  };
}

/** The dependencies of a project and of all its extras. */
function everythingAsked(
  project: TomlTable | null,
  reader: TextReader,
  source: string,
): readonly RootRequirement[] {
  if (project === null) return [];
  const extras = [...optionalDependencies(project, source)].map(([name]) => name);
  return projectRequirements(project, extras, reader, source);
}

/** What the table `tool.uv` says, of the project and of how versions are chosen. */
function uvOf(root: TomlTable, text: string, source: string): Pick<ProjectInput, 'uv' | 'settings'> {
  const table = tableAt(root, 'tool', 'uv');
  if (table === null) return { uv: noUvProject, settings: null };
  const { name: project } = nameAndVersion(tableAt(root, 'project'));
  return {
    uv: readUvProject(table, text, source, project),
    settings: readChoosingSettings(table, source),
  };
}

/** The packages that a dependency group of a `pyproject.toml` asks for itself, normalised. @throws InputError */
export async function namesInGroup(text: string, source: string, group: string): Promise<readonly string[]> {
  const groups = tableAt(await parseToml(text, source), 'dependency-groups') ?? {};
  const origin = { source, line: null, column: null };
  return expandGroup(groups, group, source).map((member) =>
    normalizeName(readRequirement(member.text, origin).requirement.name),
  );
}

/** What the table `tool.uv` of a `pyproject.toml` says, whether the project is an input or not. @throws InputError */
export async function readProjectSettings(
  text: string,
  source: string,
): Promise<Pick<ProjectInput, 'uv' | 'settings'>> {
  return uvOf(await parseToml(text, source), text, source);
}

/** An extra and those that it asks for. */
function impliedExtras(project: TomlTable | null, extra: string, source: string): readonly string[] {
  if (project === null) return [];
  return withOwnExtras(project, new Map(optionalDependencies(project, source)), [extra]);
}

interface TextReader {
  requirement(text: string, from: number): RootRequirement;
  sectionStart(header: string): number;
}

/** Finds the lines of what the TOML parser gives as bare strings. */
function readerOf(text: string, source: string): TextReader {
  return {
    requirement(requirement, from) {
      const place = locateString(text, requirement, from);
      return readRequirement(requirement, {
        source,
        line: place?.line ?? null,
        column: place?.column ?? null,
      });
    },
    sectionStart(header) {
      return Math.max(
        0,
        text.search(new RegExp(`^\\s*\\[\\s*${header.replaceAll('.', '\\s*\\.\\s*')}\\s*\\]`, 'm')),
      );
    },
  };
}

function projectRequirements(
  project: TomlTable,
  extras: readonly string[],
  reader: TextReader,
  source: string,
): readonly RootRequirement[] {
  refuseDynamic(project, 'dependencies', source);
  if (extras.length > 0) refuseDynamic(project, 'optional-dependencies', source);
  const start = reader.sectionStart('project');
  const own = strings(project['dependencies'], 'project.dependencies', source);
  const requirements = own.map((text) => reader.requirement(text, start));
  const optional = new Map(optionalDependencies(project, source));
  const section = Math.max(start, reader.sectionStart('project.optional-dependencies'));
  const ofExtras = extras.flatMap((extra) =>
    (optional.get(extra) ?? []).map((text) => reader.requirement(text, section)),
  );
  const name = typeof project['name'] === 'string' ? normalizeName(project['name']) : null;
  return [...requirements, ...ofExtras.filter((root) => normalizeName(root.requirement.name) !== name)];
}

function selectedExtras(project: TomlTable, selection: ProjectSelection, source: string): readonly string[] {
  const optional = new Map(optionalDependencies(project, source));
  const asked = selection.allExtras ? [...optional.keys()] : selection.extras.map(normalizeName);
  for (const extra of asked) {
    if (optional.has(extra)) continue;
    refuseDynamic(project, 'optional-dependencies', source);
    throw new InputError(`The project has no extra ${extra}`, {
      place: { source },
      hint:
        optional.size === 0
          ? 'It has no [project.optional-dependencies]'
          : `It has: ${[...optional.keys()].join(', ')}`,
    });
  }
  return withOwnExtras(project, optional, asked);
}

/** The extras asked for and those that they ask for in turn: `all = ["project[dev]"]`. */
function withOwnExtras(
  project: TomlTable,
  optional: ReadonlyMap<string, readonly string[]>,
  asked: readonly string[],
): readonly string[] {
  const name = typeof project['name'] === 'string' ? normalizeName(project['name']) : null;
  const taken = new Set<string>();
  const queue = [...asked];
  for (let extra = queue.shift(); extra !== undefined; extra = queue.shift()) {
    if (taken.has(extra)) continue;
    taken.add(extra);
    for (const text of optional.get(extra) ?? []) {
      const match = /^\s*([\w.-]+)\s*\[([^\]]*)\]/.exec(text);
      if (match?.[1] === undefined || normalizeName(match[1]) !== name) continue;
      queue.push(...(match[2] ?? '').split(',').map((part) => normalizeName(part.trim())));
    }
  }
  return [...taken];
}

function optionalDependencies(project: TomlTable, source: string): [string, readonly string[]][] {
  const table = tableAt(project, 'optional-dependencies') ?? {};
  return Object.entries(table).map(([extra, members]) => [
    normalizeName(extra),
    strings(members, `project.optional-dependencies.${extra}`, source),
  ]);
}

function strings(value: unknown, field: string, source: string): readonly string[] {
  if (value === undefined) return [];
  const values: readonly unknown[] | null = Array.isArray(value) ? value : null;
  if (values === null || !values.every((member) => typeof member === 'string')) {
    throw new InputError(`${field} is not a list of strings`, {
      place: { source },
      hint: `Expected ${field.split('.').at(-1)} = ["name>=1", …]`,
    });
  }
  return values.map(String);
}

function refuseDynamic(project: TomlTable, field: string, source: string): void {
  const dynamic: readonly unknown[] = Array.isArray(project['dynamic']) ? project['dynamic'] : [];
  if (!dynamic.includes(field)) return;
  throw new InputError(`project.${field} is dynamic: only the project's build backend can tell it`, {
    place: { source },
    hint: 'pyplan runs no package code. State the field in [project], or give a requirements file',
  });
}

function noProject(root: TomlTable, source: string): InputError {
  const poetry = tableAt(root, 'tool', 'poetry', 'dependencies') !== null;
  return new InputError(
    poetry
      ? 'There is no [project] table: the dependencies stand in [tool.poetry], which is not the standard'
      : 'There is neither a [project] table nor [dependency-groups]',
    { place: { source }, hint: 'Expected [project] with dependencies = ["name>=1", …]' },
  );
}
