import type { Version } from '@pyplan/markers';
import type { FileMetadata, IndexFile } from '@pyplan/resolver';
import { tryParseDistributionFilename } from '@pyplan/wheel-meta';

/** A file of a page with the version that its name gives; null where it is no wheel or sdist of the project. */
export interface ListedFile {
  readonly file: IndexFile;
  readonly version: Version | null;
}

/** What an index says, as the plan judge reads it: not through the source that the solver was given. */
export interface IndexFacts {
  /** The files of a project's page by normalised name; null where there is none. */
  files(name: string): readonly ListedFile[] | null;
  /** The metadata of one file; null where it has none. */
  metadata(name: string, filename: string): Pick<FileMetadata, 'requiresDist' | 'requiresPython'> | null;
}

export function listFiles(name: string, files: readonly IndexFile[]): readonly ListedFile[] {
  return files.map((file) => {
    const parsed = tryParseDistributionFilename(file.filename, name);
    return { file, version: parsed.kind === 'other' ? null : parsed.version };
  });
}
