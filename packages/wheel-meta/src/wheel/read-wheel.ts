import { wholeBytes } from '../bytes/sparse-bytes.ts';
import type { ResolutionMetadata } from '../metadata/resolution-metadata.ts';
import { BadArchiveError } from '../zip/bad-archive-error.ts';
import type { ZipDirectory, ZipEntry } from '../zip/central-directory.ts';
import { type ArchiveLimits, defaultLimits } from '../zip/limits.ts';
import { requiredEntry, type ZipMembers, zipMembers } from '../zip/zip-members.ts';
import { checkedMetadata, distInfoOf, identityOf } from './dist-info.ts';

/** A distribution's metadata, read from the file at hand. */
export interface LocalMetadata {
  /** As they stand in the archive. */
  readonly bytes: Uint8Array;
  readonly metadata: ResolutionMetadata;
  /** The member they come from. */
  readonly member: string;
}

/**
 * Reads the METADATA of a wheel at hand; it must be of the project and version that the file's name gives.
 *
 * @throws BadArchiveError
 */
export function readWheelMetadata(
  wheel: Uint8Array,
  filename: string,
  limits: Partial<ArchiveLimits> = {},
): LocalMetadata {
  const identity = identityOf(filename);
  let member = '';
  const { members } = readZip(wheel, limits, (directory) => {
    const names = directory.entries.map(({ name }) => name);
    member = `${distInfoOf(names, identity)}/METADATA`;
    return [requiredEntry(directory, member)];
  });
  const bytes = members.get(member) ?? new Uint8Array();
  return { bytes, metadata: checkedMetadata(bytes, member, identity), member };
}

/** The table of contents of a zip at hand. @throws BadArchiveError */
export function readZipDirectory(zip: Uint8Array, limits: Partial<ArchiveLimits> = {}): ZipDirectory {
  return readZip(zip, limits, () => []).directory;
}

/** The contents of one member of a zip at hand. @throws BadArchiveError */
export function readZipMember(
  zip: Uint8Array,
  name: string,
  limits: Partial<ArchiveLimits> = {},
): Uint8Array {
  const { members } = readZip(zip, limits, (directory) => [requiredEntry(directory, name)]);
  return members.get(name) ?? new Uint8Array();
}

/** The members that `select` chooses of a zip at hand. */
export function readZip(
  zip: Uint8Array,
  limits: Partial<ArchiveLimits>,
  select: (directory: ZipDirectory) => readonly ZipEntry[],
): ZipMembers {
  const step = zipMembers(select, { ...defaultLimits, ...limits })(wholeBytes(zip));
  if (step.kind === 'need') throw new BadArchiveError('truncated', 'the archive ends too early');
  return step.value;
}
