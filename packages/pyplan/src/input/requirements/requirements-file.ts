import {
  normalizeName,
  parseRequirement,
  parseRequirementsFile,
  type Requirement,
  type RequirementsEntry,
  RequirementsFileError,
  type RequirementsPlace,
} from '@pyplan/markers';
import type { RootRequirement } from '@pyplan/resolver';
import { tryParseDistributionFilename } from '@pyplan/wheel-meta';
import { formatPlace, InputError } from '../input-error.ts';
import type { InputFiles } from '../input-files.ts';

/** What requirements files say beside requirements. */
export interface FileOptions {
  readonly indexUrl: string | null;
  readonly extraIndexUrls: readonly string[];
  readonly findLinks: readonly string[];
  readonly noIndex: boolean;
  /** `--pre` */
  readonly prereleases: boolean;
  /** `--all-releases`: packages of which pre-releases are candidates, or `:all:`. */
  readonly allReleases: readonly string[];
  /** `--only-final`: packages of which they are none, or `:all:`. */
  readonly onlyFinal: readonly string[];
  readonly onlyBinary: readonly string[];
  readonly noBinary: readonly string[];
  readonly requireHashes: boolean;
  /** Options that change nothing here, each with its place. */
  readonly ignored: readonly string[];
}

/** The hashes that one line allows for the files of a package. */
export interface HashedLine {
  /** Normalised. */
  readonly name: string;
  /** `sha256:<hex>`, lower case. */
  readonly allowed: ReadonlySet<string>;
}

/** A requirements file with all that it includes. */
export interface RequirementsInput {
  readonly requirements: readonly RootRequirement[];
  /** From `-c` in it. */
  readonly constraints: readonly RootRequirement[];
  readonly hashes: readonly HashedLine[];
  readonly options: FileOptions;
}

export const emptyFileOptions: FileOptions = {
  indexUrl: null,
  extraIndexUrls: [],
  findLinks: [],
  noIndex: false,
  prereleases: false,
  allReleases: [],
  onlyFinal: [],
  onlyBinary: [],
  noBinary: [],
  requireHashes: false,
  ignored: [],
};

/** The options of several files as one: the last index named is the one, the rest adds up. */
export function mergeFileOptions(all: readonly FileOptions[]): FileOptions {
  return {
    indexUrl: all.findLast((options) => options.indexUrl !== null)?.indexUrl ?? null,
    extraIndexUrls: all.flatMap((options) => options.extraIndexUrls),
    findLinks: all.flatMap((options) => options.findLinks),
    noIndex: all.some((options) => options.noIndex),
    prereleases: all.some((options) => options.prereleases),
    allReleases: all.flatMap((options) => options.allReleases),
    onlyFinal: all.flatMap((options) => options.onlyFinal),
    onlyBinary: all.flatMap((options) => options.onlyBinary),
    noBinary: all.flatMap((options) => options.noBinary),
    requireHashes: all.some((options) => options.requireHashes),
    ignored: all.flatMap((options) => options.ignored),
  };
}

/**
 * Reads a requirements file with the files that it includes.
 *
 * @throws InputError with file, line and column for what can't be read, and for what only a build would
 *   resolve: editables, directories, repositories.
 */
export function readRequirements(path: string, files: InputFiles): RequirementsInput {
  const entries = entriesOf(path, files);
  const named = entries.flatMap((entry) => {
    const requirement = requirementOf(entry);
    return requirement === null ? [] : [{ entry, requirement }];
  });
  const roots = (isConstraint: boolean): readonly RootRequirement[] =>
    named.flatMap(({ entry, requirement }) =>
      isConstraintEntry(entry) === isConstraint ? [{ requirement, origin: originOf(entry) }] : [],
    );
  return {
    requirements: roots(false),
    constraints: roots(true),
    hashes: named.flatMap(({ entry, requirement }) => hashedLine(entry, requirement)),
    options: mergeFileOptions(entries.flatMap(optionOf)),
  };
}

function entriesOf(path: string, files: InputFiles): readonly RequirementsEntry[] {
  try {
    const { variables } = files;
    return parseRequirementsFile(path, files.read, variables === undefined ? {} : { variables }).entries;
  } catch (error) {
    if (!(error instanceof RequirementsFileError)) throw error;
    const { file, line, column } = error.place;
    const prefix = `${file}:${line}:${column}: `;
    // The user named the outermost file: that it can't be read is no fault of a line.
    if (error.cause instanceof InputError && error.message.startsWith(`${prefix}Cannot read '${path}'`))
      throw error.cause;
    throw new InputError(error.message.slice(error.message.startsWith(prefix) ? prefix.length : 0), {
      place: { source: file, line, column },
      cause: error,
    });
  }
}

function requirementOf(entry: RequirementsEntry): Requirement | null {
  switch (entry.kind) {
    case 'requirement':
    case 'constraint':
      return entry.requirement;
    case 'location':
      return (
        wheelAt(entry.location) ??
        refuse(entry, `${entry.location} has no name of a package before it`, 'name @ URL')
      );
    case 'editable':
      return refuse(
        entry,
        `-e ${entry.location} would have to be built`,
        'the pyproject.toml in it as an input of its own',
      );
    case 'option':
      return null;
  }
}

function refuse(place: RequirementsPlace, problem: string, instead: string): never {
  throw new InputError(problem, {
    place: originOf(place),
    hint: `pyplan runs no package code. Write ${instead}`,
  });
}

/** The name of a wheel says whose it is. */
function wheelAt(location: string): Requirement | null {
  if (!/^https?:\/\//.test(location) || !URL.canParse(location)) return null;
  const filename = decodeURIComponent(new URL(location).pathname.split('/').at(-1) ?? '');
  const named = tryParseDistributionFilename(filename, filename.split('-')[0] ?? '');
  return named.kind === 'wheel' ? parseRequirement(`${named.name} @ ${location}`) : null;
}

function isConstraintEntry(entry: RequirementsEntry): boolean {
  return entry.kind === 'constraint' || (entry.kind === 'location' && entry.constraint);
}

function originOf({ file, line, column }: RequirementsPlace): RootRequirement['origin'] {
  return { source: file, line, column };
}

function hashedLine(entry: RequirementsEntry, requirement: Requirement): readonly HashedLine[] {
  if (!('hashes' in entry) || entry.hashes.length === 0) return [];
  const allowed = entry.hashes.map(({ algorithm, digest }) => `${algorithm}:${digest.toLowerCase()}`);
  return [{ name: normalizeName(requirement.name), allowed: new Set(allowed) }];
}

function optionOf(entry: RequirementsEntry): readonly FileOptions[] {
  if (entry.kind !== 'option') return [];
  const value = entry.value ?? '';
  const option = (some: Partial<FileOptions>): readonly FileOptions[] => [{ ...emptyFileOptions, ...some }];
  switch (entry.name) {
    case 'index-url':
      return option({ indexUrl: value });
    case 'extra-index-url':
      return option({ extraIndexUrls: [value] });
    case 'find-links':
      return option({ findLinks: [value] });
    case 'no-index':
      return option({ noIndex: true });
    case 'pre':
      return option({ prereleases: true });
    case 'all-releases':
      return option({ allReleases: value.split(',') });
    case 'only-final':
      return option({ onlyFinal: value.split(',') });
    case 'only-binary':
      return option({ onlyBinary: value.split(',') });
    case 'no-binary':
      return option({ noBinary: value.split(',') });
    case 'require-hashes':
      return option({ requireHashes: true });
    case 'no-require-hashes':
    case 'prefer-binary':
    case 'trusted-host':
    case 'use-feature':
      return option({ ignored: [`${formatPlace(originOf(entry)) ?? ''}: --${entry.name}`] });
  }
}
