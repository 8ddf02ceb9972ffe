import type { Fetch } from '../remote/http.ts';
import { limitsOf, type RemotePlan, readRemote } from '../remote/read-remote.ts';
import { readRemoteStream } from '../remote/read-remote-stream.ts';
import { tailSize } from '../remote/tail-size.ts';
import type { RemoteOptions, TransferReport } from '../remote/transfer.ts';
import { filenameOfUrl, identityOf } from '../wheel/dist-info.ts';
import { readZip } from '../wheel/read-wheel.ts';
import type { StreamWish } from '../zip/archive-stream.ts';
import { BadArchiveError } from '../zip/bad-archive-error.ts';
import type { ArchiveLimits } from '../zip/limits.ts';
import { zipMembers } from '../zip/zip-members.ts';
import { zipStream } from '../zip/zip-stream.ts';
import { gunzipStream } from './gunzip-stream.ts';
import { type SdistMetadata, sdistMetadata, sdistWish } from './sdist-members.ts';
import { tarStream } from './tar-stream.ts';

/** A remote sdist's metadata, and what reading it took. */
export interface RemoteSdistMetadata extends SdistMetadata {
  readonly transfer: TransferReport;
}

/**
 * Reads PKG-INFO of a remote sdist and, where that is not static, `pyproject.toml`.
 *
 * A `.tar.gz` is unpacked as it comes, and the transfer stopped once they are read; of a `.zip` they are
 * read by range requests. `isStaticSdist` and `isStaticProject` judge them.
 *
 * @throws RemoteArchiveError, BadArchiveError (`unsupported` for other formats)
 */
export async function readRemoteSdist(
  url: string,
  fetch: Fetch,
  options: RemoteOptions = {},
): Promise<RemoteSdistMetadata> {
  const filename = options.filename ?? filenameOfUrl(url);
  const identity = identityOf(filename);
  const wish = sdistWish(identity);
  const limits = limitsOf(options);
  const { value, transfer } =
    formatOf(filename) === 'zip'
      ? await readRemote(url, fetch, options, zipPlan(filename, options, wish, limits))
      : await readRemoteStream(url, fetch, options, gunzipStream(tarStream(wish, limits), limits));
  return { ...sdistMetadata(value, identity), transfer };
}

/**
 * Reads PKG-INFO and `pyproject.toml` of an sdist that is at hand. It is read to its end, so that damage
 * anywhere in it is found.
 *
 * @throws BadArchiveError
 */
export function readSdist(
  bytes: Uint8Array,
  filename: string,
  limits: Partial<ArchiveLimits> = {},
): SdistMetadata {
  const identity = identityOf(filename);
  const { wanted } = sdistWish(identity);
  const bounds = limitsOf({ limits });
  if (formatOf(filename) === 'tar.gz') {
    const reader = gunzipStream(tarStream({ wanted, enough: () => false }, bounds), bounds, true);
    reader.push(bytes);
    reader.end();
    return sdistMetadata(reader.found, identity);
  }
  const { members } = readZip(bytes, limits, ({ entries }) => entries.filter(({ name }) => wanted(name)));
  return sdistMetadata(members, identity);
}

function zipPlan(
  filename: string,
  options: RemoteOptions,
  wish: StreamWish,
  limits: ArchiveLimits,
): RemotePlan<ReadonlyMap<string, Uint8Array>> {
  const read = zipMembers(({ entries }) => entries.filter(({ name }) => wish.wanted(name)), limits);
  return {
    tail: tailSize(filename, options.size ?? null),
    next: (file) => {
      const step = read(file);
      return step.kind === 'need' ? step : { kind: 'done', value: step.value.members };
    },
    stream: () => {
      const reader = zipStream(wish, limits);
      return { reader, value: () => reader.found };
    },
  };
}

function formatOf(filename: string): 'tar.gz' | 'zip' {
  if (filename.endsWith('.tar.gz')) return 'tar.gz';
  if (filename.endsWith('.zip')) return 'zip';
  throw new BadArchiveError(
    'unsupported',
    `${filename}: a source distribution is a .tar.gz, or an old .zip (PEP 625)`,
  );
}
