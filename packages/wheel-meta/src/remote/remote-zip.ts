import type { ResolutionMetadata } from '../metadata/resolution-metadata.ts';
import { checkedMetadata, distInfoOf, filenameOfUrl, identityOf, isDistInfoOf } from '../wheel/dist-info.ts';
import type { ZipDirectory, ZipEntry } from '../zip/central-directory.ts';
import { entryNamed, missingMember, requiredEntry, zipMembers } from '../zip/zip-members.ts';
import { zipStream } from '../zip/zip-stream.ts';
import type { Fetch } from './http.ts';
import { limitsOf, type RemotePlan, readRemote } from './read-remote.ts';
import { tailSize } from './tail-size.ts';
import type { RemoteOptions, TransferReport } from './transfer.ts';

/** Members of a remote zip, and what reading them took. */
export interface RemoteMembers {
  /** By name; those that the archive has. */
  readonly members: ReadonlyMap<string, Uint8Array>;
  /** The table of contents; null where the archive had to be read from its beginning. */
  readonly directory: ZipDirectory | null;
  readonly transfer: TransferReport;
}

/** A remote distribution's metadata, and what reading it took. */
export interface RemoteMetadata {
  /** As they stand in the archive. */
  readonly bytes: Uint8Array;
  readonly metadata: ResolutionMetadata;
  /** The member they come from. */
  readonly member: string;
  readonly transfer: TransferReport;
}

/**
 * Reads the METADATA of a remote wheel, mostly in one request and rarely in more than two.
 *
 * The metadata must be of the project and version that the file's name gives.
 *
 * @throws RemoteArchiveError where the server fails, BadArchiveError where the wheel is bad.
 */
export async function readRemoteMetadata(
  url: string,
  fetch: Fetch,
  options: RemoteOptions = {},
): Promise<RemoteMetadata> {
  const filename = options.filename ?? filenameOfUrl(url);
  const identity = identityOf(filename);
  const isMetadata = (name: string): boolean => {
    const [directory = '', member, ...deeper] = name.split('/');
    if (deeper.length > 0 || member !== 'METADATA' || !directory.endsWith('.dist-info')) return false;
    return identity === null || isDistInfoOf(directory, identity);
  };
  const { value, transfer } = await readRemote(
    url,
    fetch,
    options,
    zipPlan(filename, options, {
      select: (directory) => [requiredEntry(directory, metadataOf(directory, identity))],
      wanted: isMetadata,
      enough: (found) => found.size > 0,
    }),
  );
  const [first] = value.members;
  if (first === undefined) throw missingMember('.dist-info/METADATA');
  const [member, bytes] = first;
  return { bytes, metadata: checkedMetadata(bytes, member, identity), member, transfer };
}

function metadataOf(directory: ZipDirectory, identity: Parameters<typeof distInfoOf>[1]): string {
  const names = directory.entries.map(({ name }) => name);
  return `${distInfoOf(names, identity)}/METADATA`;
}

/**
 * Reads members of a remote zip by name. Those that it has not are left out.
 *
 * @throws RemoteArchiveError, BadArchiveError
 */
export async function readRemoteMembers(
  url: string,
  names: readonly string[],
  fetch: Fetch,
  options: RemoteOptions = {},
): Promise<RemoteMembers> {
  const filename = options.filename ?? filenameOfUrl(url);
  const plan = zipPlan(filename, options, {
    select: (directory) => names.flatMap((name) => entryNamed(directory, name) ?? []),
    wanted: (name) => names.includes(name),
    enough: (found) => names.every((name) => found.has(name)),
  });
  const { value, transfer } = await readRemote(url, fetch, options, plan);
  return { ...value, transfer };
}

/**
 * Reads one member of a remote zip.
 *
 * @throws BadArchiveError `missing-member` where there is none of this name.
 */
export async function readRemoteMember(
  url: string,
  name: string,
  fetch: Fetch,
  options: RemoteOptions = {},
): Promise<Uint8Array> {
  const { members } = await readRemoteMembers(url, [name], fetch, options);
  const bytes = members.get(name);
  if (bytes === undefined) throw missingMember(name);
  return bytes;
}

interface ZipWish {
  readonly select: (directory: ZipDirectory) => readonly ZipEntry[];
  readonly wanted: (name: string) => boolean;
  readonly enough: (found: ReadonlyMap<string, Uint8Array>) => boolean;
}

/** A plan that reads members by the central directory, or, from a stream, by the local headers. */
export function zipPlan(
  filename: string,
  options: RemoteOptions,
  wish: ZipWish,
): RemotePlan<Omit<RemoteMembers, 'transfer'>> {
  const limits = limitsOf(options);
  return {
    tail: tailSize(filename, options.size ?? null),
    next: zipMembers(wish.select, limits),
    stream: () => {
      const reader = zipStream(wish, limits);
      return { reader, value: () => ({ members: reader.found, directory: null }) };
    },
  };
}
