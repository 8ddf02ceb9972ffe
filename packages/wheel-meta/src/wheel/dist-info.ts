import { compareVersions, normalizeName, tryParseVersion } from '@pyplan/markers';
import { tryParseDistributionFilename } from '../filename/distribution-filename.ts';
import type { SdistFilename } from '../filename/sdist-filename.ts';
import type { WheelFilename } from '../filename/wheel-filename.ts';
import { type ResolutionMetadata, readResolutionMetadata } from '../metadata/resolution-metadata.ts';
import { BadArchiveError } from '../zip/bad-archive-error.ts';

/** What the files of a distribution must agree with: its file name. */
export type Identity = Pick<WheelFilename | SdistFilename, 'name' | 'version' | 'filename'>;

/**
 * The directory of a wheel that describes it, as `foo-1.0.dist-info`, from the names of its members.
 *
 * There must be one (Binary distribution format, "The .dist-info directory"), and it must be the
 * project's, as pip demands.
 *
 * @param identity null where the file name is not known.
 * @throws BadArchiveError `no-dist-info`, `several-dist-infos` or `metadata-mismatch`
 */
export function distInfoOf(names: Iterable<string>, identity: Identity | null): string {
  const directories = new Set<string>();
  for (const name of names) {
    const directory = name.split('/', 1)[0] ?? '';
    if (directory.length < name.length && directory.endsWith('.dist-info')) directories.add(directory);
  }
  const [directory, ...others] = [...directories].sort();
  if (directory === undefined) {
    throw new BadArchiveError('no-dist-info', `${named(identity)} has no .dist-info directory`);
  }
  if (others.length > 0) {
    const list = [directory, ...others].join(', ');
    throw new BadArchiveError(
      'several-dist-infos',
      `${named(identity)} has several .dist-info directories: ${list}`,
    );
  }
  if (identity !== null && !isDistInfoOf(directory, identity)) {
    throw new BadArchiveError(
      'metadata-mismatch',
      `${named(identity)} has the .dist-info of another project: ${directory}`,
    );
  }
  return directory;
}

/** Whether a `.dist-info` directory can be that of the project, by its name. */
export function isDistInfoOf(directory: string, identity: Identity): boolean {
  return normalizeName(directory).startsWith(identity.name);
}

/**
 * Reads metadata, and checks that it is that of the distribution.
 *
 * @throws BadArchiveError `metadata-mismatch` where name or version are other ones than the file's name says.
 */
export function checkedMetadata(
  bytes: Uint8Array,
  member: string,
  identity: Identity | null,
): ResolutionMetadata {
  const metadata = readResolutionMetadata(bytes);
  if (identity === null) return metadata;
  const { name, version } = metadata;
  const mismatch = (field: string, found: string | null, expected: string): BadArchiveError =>
    new BadArchiveError(
      'metadata-mismatch',
      `${identity.filename}: ${member} gives ${found === null ? 'no' : `"${found}" as`} ${field}, expected "${expected}"`,
      member,
    );
  if (name === null || normalizeName(name.trim()) !== identity.name)
    throw mismatch('Name', name, identity.name);
  const parsed = version === null ? null : tryParseVersion(version);
  if (parsed === null || compareVersions(parsed, identity.version) !== 0) {
    throw mismatch('Version', version, identity.version.text);
  }
  return metadata;
}

/** What a file's name says it is; null where it is no distribution's. */
export function identityOf(filename: string): Identity | null {
  const wheelName = filename.split('-', 1)[0] ?? '';
  const sdistName = filename.slice(0, Math.max(0, filename.lastIndexOf('-')));
  const project = filename.endsWith('.whl') ? wheelName : sdistName;
  const file = tryParseDistributionFilename(filename, project);
  return file.kind === 'other' ? null : file;
}

/** The last part of a URL's path, its escapes resolved: the file's name. */
export function filenameOfUrl(url: string): string {
  const path = url.replace(/[?#].*$/s, '');
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function named(identity: Identity | null): string {
  return identity?.filename ?? 'the wheel';
}
