import type { RootRequirement } from '@pyplan/resolver';
import type { InputFiles } from './input-files.ts';
import { readRequirement } from './requirement-strings.ts';

/** What requirements files say beside requirements. */
export interface FileOptions {
  readonly indexUrl: string | null;
  readonly extraIndexUrls: readonly string[];
  readonly findLinks: readonly string[];
  /** `--pre` */
  readonly prereleases: boolean;
  readonly onlyBinary: readonly string[];
  readonly noBinary: readonly string[];
  readonly requireHashes: boolean;
}

/** A requirements file with all that it includes. */
export interface RequirementsInput {
  readonly requirements: readonly RootRequirement[];
  /** From `-c` in it. */
  readonly constraints: readonly RootRequirement[];
  readonly options: FileOptions;
}

export const emptyFileOptions: FileOptions = {
  indexUrl: null,
  extraIndexUrls: [],
  findLinks: [],
  prereleases: false,
  onlyBinary: [],
  noBinary: [],
  requireHashes: false,
};

/** The options of several files as one: the last index named is the one, the rest adds up. */
export function mergeFileOptions(all: readonly FileOptions[]): FileOptions {
  return {
    indexUrl: all.findLast((options) => options.indexUrl !== null)?.indexUrl ?? null,
    extraIndexUrls: all.flatMap((options) => options.extraIndexUrls),
    findLinks: all.flatMap((options) => options.findLinks),
    prereleases: all.some((options) => options.prereleases),
    onlyBinary: all.flatMap((options) => options.onlyBinary),
    noBinary: all.flatMap((options) => options.noBinary),
    requireHashes: all.some((options) => options.requireHashes),
  };
}

export function readRequirements(path: string, files: InputFiles): RequirementsInput {
  const lines = new TextDecoder().decode(files.read(path)).split('\n');
  const requirements = lines.flatMap((line, index) => {
    const text = line.replace(/(^|\s)#.*/, '').trim();
    return text === '' ? [] : [readRequirement(text, { source: path, line: index + 1, column: 1 })];
  });
  return { requirements, constraints: [], options: emptyFileOptions };
}
