import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type IndexFile, SourceError } from '@pyplan/resolver';
import { readRemoteMetadata, readRemoteSdist, readSdist, readWheelMetadata } from '@pyplan/wheel-meta';
import type { HttpClient } from '../http/client.ts';
import { clientFetch } from '../http/client-fetch.ts';
import { verifyHashes } from '../simple/verify-hashes.ts';
import { sidecarUrl, verifySidecar } from '../source/fetch-metadata.ts';
import { refusal } from '../source/fetch-project.ts';
import { readLocal } from '../source/local/local-files.ts';

const MAX_METADATA = 32 << 20;
/** Larger than any file that an index takes. */
const MAX_FILE = 2 ** 31 - 1;

/**
 * The core metadata of a file as it is: its sidecar, else METADATA or PKG-INFO out of the archive. Null for an
 * sdist without PKG-INFO.
 *
 * @throws {SourceError | BadArchiveError | RemoteArchiveError}
 */
export async function metadataBytes(
  file: IndexFile,
  client: HttpClient,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const isWheel = file.filename.endsWith('.whl');
  if (file.url.startsWith('file:')) {
    const archive = fileURLToPath(file.url);
    if (existsSync(`${archive}.metadata`)) return checked(readLocal(`${archive}.metadata`), file);
    const bytes = readLocal(archive);
    return isWheel
      ? readWheelMetadata(bytes, file.filename).bytes
      : (readSdist(bytes, file.filename).pkgInfo?.bytes ?? null);
  }
  if (file.coreMetadata !== false) {
    const answer = await client.get({ url: sidecarUrl(file.url), signal, maxBytes: MAX_METADATA });
    if (answer.status === 200) return checked(answer.body, file);
    if (answer.status !== 404 && answer.status !== 410)
      throw refusal(answer, `the metadata of ${file.filename}`);
  }
  const options = { filename: file.filename, size: file.size, signal };
  const fetch = clientFetch(client, signal);
  if (isWheel) return (await readRemoteMetadata(file.url, fetch, options)).bytes;
  return (await readRemoteSdist(file.url, fetch, options)).pkgInfo?.bytes ?? null;
}

function checked(bytes: Buffer, file: IndexFile): Buffer {
  if (typeof file.coreMetadata === 'object') verifySidecar(bytes, file.coreMetadata, file.filename, file.url);
  return bytes;
}

/**
 * A whole file, its digest verified.
 *
 * @throws {SourceError}
 */
export async function fileBytes(file: IndexFile, client: HttpClient, signal: AbortSignal): Promise<Buffer> {
  const bytes = file.url.startsWith('file:')
    ? readLocal(fileURLToPath(file.url))
    : await download(file, client, signal);
  const mismatch = verifyHashes(bytes, file.hashes);
  if (mismatch === null) return bytes;
  throw new SourceError(
    `${file.url} has ${mismatch.algorithm} ${mismatch.found}, but the page says ${mismatch.expected}`,
    { kind: 'corrupt', url: file.url },
  );
}

async function download(file: IndexFile, client: HttpClient, signal: AbortSignal): Promise<Buffer> {
  const answer = await client.get({
    url: file.url,
    signal,
    maxBytes: MAX_FILE,
    timeout: 1_800_000,
    headers: { 'accept-encoding': 'identity' },
  });
  if (answer.status !== 200) throw refusal(answer, file.filename);
  return answer.body;
}
