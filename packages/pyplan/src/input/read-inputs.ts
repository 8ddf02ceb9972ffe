import { normalizeName } from '@pyplan/markers';
import type { RootRequirement } from '@pyplan/resolver';
import { InputError } from './input-error.ts';
import { type InputFiles, standardInput } from './input-files.ts';
import type { ChoosingSettings } from './options/uv-settings.ts';

import type { ProjectSelection } from './project/pyproject.ts';
import { type SelectedPart, selectedPart } from './project/selected-part.ts';
import { noUvProject, type UvProject } from './project/uv-project.ts';
import { argumentOrigin, readRequirement } from './requirements/requirement-strings.ts';
import {
  type FileOptions,
  type HashedLine,
  mergeFileOptions,
  readRequirements,
} from './requirements/requirements-file.ts';
import { classifyInput, type InputSource } from './source-kind.ts';

/** What to read: arguments as the user gave them. */
export interface InputRequest {
  /** Requirement strings, files, directories, `-`. */
  readonly sources: readonly string[];
  readonly constraints?: readonly string[];
  readonly overrides?: readonly string[];
  /** Requirements files whose packages are left out altogether. */
  readonly excludes?: readonly string[];
  readonly selection?: ProjectSelection;
  /**
   * Finds the `pyproject.toml` whose `tool.uv` counts where no input is one, given the directory of the inputs; null
   * where there is none. Default: none.
   */
  readonly projectAbove?: (directory: string) => string | null;
}

/** Everything that the user's inputs ask for; what limits it is of files, options and projects together. */
export interface Inputs extends UvProject {
  readonly requirements: readonly RootRequirement[];
  /** How versions are chosen as `tool.uv` of the projects and scripts says it, one for each that has it. */
  readonly settings: readonly ChoosingSettings[];
  /** The files that lines with `--hash` allow. */
  readonly hashes: readonly HashedLine[];
  /** What requirements files say beside requirements. */
  readonly options: FileOptions;
  /** `requires-python` of the project or script. */
  readonly requiresPython: { readonly text: string; readonly source: string } | null;
  /**
   * What the project, its selected extras and its selected groups ask for, each for itself; whatever else is asked
   * for belongs to the project. Empty where no extra and no group is selected.
   */
  readonly parts: readonly SelectedPart[];
  /** The directory of the first input that is a file, as the user named it; null where there is none. */
  readonly directory: string | null;
}

interface OneInput {
  readonly requirements: readonly RootRequirement[];
  readonly constraints?: readonly RootRequirement[];
  readonly hashes?: readonly HashedLine[];
  readonly options?: FileOptions;
  readonly requiresPython?: string | null;
  /** Of a project: see `Inputs.parts`. */
  readonly parts?: readonly SelectedPart[];
  readonly uv?: UvProject;
  readonly settings?: ChoosingSettings | null;
  /** Where the input is a file; null for standard input and arguments. */
  readonly path: string | null;
}

const noSelection: ProjectSelection = { extras: [], allExtras: false, groups: [] };

/**
 * Reads inputs into requirements that remember where they came from.
 *
 * @throws InputError for the first thing that can't be read, and where nothing is asked for.
 */
export async function readInputs(request: InputRequest, files: InputFiles): Promise<Inputs> {
  if (request.sources.length === 0) {
    throw new InputError('Nothing to resolve: no inputs are given', {
      hint: 'Name a requirement ("flask>=3"), a requirements file, a pyproject.toml, a script or a directory',
    });
  }
  const selection = request.selection ?? noSelection;
  const sources = request.sources.map((argument) => classifyInput(argument, files));
  refuseIdleSelection(selection, sources);
  const inputs: OneInput[] = [];
  // What is selected is the project's where there is one; a lock beside it gives what it installs by default.
  const hasProject = sources.some(({ kind }) => kind === 'pyproject');
  const ofLocks = hasProject ? noSelection : selection;
  for (const source of sources) inputs.push(await readInput(source, selection, ofLocks, files));
  const constraints = (request.constraints ?? []).map((path) => readRequirements(path, files));
  const overrides = (request.overrides ?? []).map((path) => readRequirements(path, files));
  const excludes = (request.excludes ?? []).map((path) => readRequirements(path, files));
  const withPython = inputs.find((input) => input.requiresPython != null);
  const firstPath = inputs.find((input) => input.path !== null)?.path ?? null;
  const directory = firstPath === null ? null : directoryOf(firstPath);
  const isProject = sources.some(({ kind }) => kind === 'pyproject' || kind === 'script');
  const above = isProject ? null : (request.projectAbove?.(directory ?? '.') ?? null);
  const said = [...inputs, above === null ? {} : await standingProject(above, files)];
  const uv = said.map((input) => input.uv ?? noUvProject);
  const allOverrides = [
    ...uv.flatMap((project) => project.overrides),
    ...overrides.flatMap((file) => file.requirements),
  ];
  return {
    requirements: inputs.flatMap((input) => input.requirements),
    constraints: [
      ...inputs.flatMap((input) => input.constraints ?? []),
      ...uv.flatMap((project) => project.constraints),
      ...constraints.flatMap((file) => [...file.requirements, ...file.constraints]),
    ],
    overrides: allOverrides,
    excludes: [
      ...new Set([
        ...uv.flatMap((project) => project.excludes),
        ...excludes.flatMap((file) =>
          file.requirements.map(({ requirement }) => normalizeName(requirement.name)),
        ),
      ]),
    ],
    scopedExcludes: uv.flatMap((project) => project.scopedExcludes),
    environments: uv.flatMap((project) => project.environments),
    requiredEnvironments: uv.flatMap((project) => project.requiredEnvironments),
    conflicts: uv.flatMap((project) => project.conflicts),
    settings: said.flatMap((input) => input.settings ?? []),
    hashes: [...inputs, ...constraints].flatMap((input) => input.hashes ?? []),
    options: mergeFileOptions([
      ...inputs.flatMap((input) => input.options ?? []),
      ...constraints.map((file) => file.options),
    ]),
    requiresPython:
      withPython?.requiresPython == null
        ? null
        : { text: withPython.requiresPython, source: withPython.path ?? standardInput },
    parts: projectParts(inputs, allOverrides),
    directory,
  };
}

/** The parts of all inputs, each once. What is overridden counts for the project: no part may lack it. */
function projectParts(
  inputs: readonly OneInput[],
  overrides: readonly RootRequirement[],
): readonly SelectedPart[] {
  const base = { kind: 'base' } as const;
  const all = [
    ...inputs.flatMap(({ parts, requirements }) => parts ?? [selectedPart(base, requirements)]),
    // Overrides lead somewhere, and yet ask for nothing.
    { ...selectedPart(base, overrides), roots: [] },
  ];
  if (all.every(({ part }) => part.kind === 'base')) return [];
  return [...Map.groupBy(all, keyOf).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        part: first.part,
        requirements: group.flatMap((each) => each.requirements),
        roots: group.flatMap((each) => each.roots),
        includes: group.flatMap((each) => each.includes),
      },
    ];
  });
}

const keyOf = ({ part }: SelectedPart): string => (part.kind === 'base' ? '' : `${part.kind} ${part.name}`);

/** What the project around the inputs says. The TOML reader is loaded where there is something to read. */
async function standingProject(path: string, files: InputFiles): Promise<Pick<OneInput, 'uv' | 'settings'>> {
  const text = textOf(path, files);
  if (!text.includes('tool.uv')) return {};
  const { readProjectSettings } = await import('./project/pyproject.ts');
  return await readProjectSettings(text, path);
}

async function readInput(
  source: InputSource,
  selection: ProjectSelection,
  ofLocks: ProjectSelection,
  files: InputFiles,
): Promise<OneInput> {
  switch (source.kind) {
    case 'requirement':
      return { requirements: [readRequirement(source.text, argumentOrigin)], path: null };
    case 'stdin':
      return await readStandardInput(files);
    case 'requirements-file':
      return { ...withRequirements(readRequirements(source.path, files), source.path), path: source.path };
    case 'pyproject': {
      const { readPyproject } = await import('./project/pyproject.ts');
      const text = textOf(source.path, files);
      return { ...(await readPyproject(text, source.path, selection)), path: source.path };
    }
    case 'script': {
      const { readScript } = await import('./project/script.ts');
      return { ...(await readScript(textOf(source.path, files), source.path)), path: source.path };
    }
    case 'pylock': {
      const { readPylock } = await import('./locked/pylock.ts');
      return { ...readPylock(textOf(source.path, files), source.path, ofLocks), path: source.path };
    }
  }
}

/** Standard input is a script where it has a metadata block, else requirements. */
async function readStandardInput(files: InputFiles): Promise<OneInput> {
  const text = await files.readStdin();
  if (/^# \/\/\/ script$/m.test(text)) {
    const { readScript } = await import('./project/script.ts');
    return { ...(await readScript(text, standardInput)), path: null };
  }
  const file = readRequirements(standardInput, {
    ...files,
    read: (path) => (path === standardInput ? new TextEncoder().encode(text) : files.read(path)),
  });
  return { ...withRequirements(file, standardInput), path: null };
}

function withRequirements<T extends { readonly requirements: readonly RootRequirement[] }>(
  file: T,
  source: string,
): T {
  if (file.requirements.length > 0) return file;
  throw new InputError('There are no requirements in it', {
    place: { source },
    hint: 'Expected lines such as flask>=3',
  });
}

/** --extra and --group without a project to take them from are a mistake worth telling. */
function refuseIdleSelection(selection: ProjectSelection, sources: readonly InputSource[]): void {
  const asked = selection.groups.length > 0 ? '--group' : selection.extras.length > 0 ? '--extra' : null;
  if (asked === null || sources.some(({ kind }) => kind === 'pyproject' || kind === 'pylock')) return;
  throw new InputError(`${asked} needs a pyproject.toml or a pylock.toml among the inputs`, {
    hint:
      asked === '--extra'
        ? 'An extra of a package is written into its requirement: "name[extra]"'
        : 'Name the pyproject.toml that has the group',
  });
}

function textOf(path: string, files: InputFiles): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(files.read(path));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('The file is not UTF-8 text', { place: { source: path }, cause: error });
  }
}

function directoryOf(path: string): string {
  const index = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return index < 0 ? '.' : path.slice(0, Math.max(1, index));
}
