import { type IndexFile, type MetadataAnswer, SourceError } from '@pyplan/resolver';
import {
  BadArchiveError,
  type HabitMemory,
  RemoteArchiveError,
  type RemoteErrorKind,
  type RemoteOptions,
  readRemoteMetadata,
  readRemoteSdist,
} from '@pyplan/wheel-meta';
import type { HttpClient } from '../http/client.ts';
import { clientFetch } from '../http/client-fetch.ts';
import { sdistAnswer } from '../simple/sdist-answer.ts';
import { wheelAnswer } from '../simple/sidecar.ts';

export interface ArchiveRequest {
  readonly client: HttpClient;
  /** Normalised. */
  readonly project: string;
  readonly file: IndexFile;
  readonly signal: AbortSignal;
  /** What is known of servers and ranges. */
  readonly habits: HabitMemory;
}

/** How often a transfer that broke off is begun again. */
const ATTEMPTS = 4;

/**
 * The metadata of a file that has no sidecar, out of the archive itself: of a wheel by range requests, of
 * an sdist from its beginning. An archive that is bad is unusable, whatever the next attempt would give.
 *
 * @throws {SourceError} where the server fails.
 */
export async function archiveMetadata(request: ArchiveRequest): Promise<MetadataAnswer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readArchive(request);
    } catch (error) {
      request.signal.throwIfAborted();
      if (error instanceof BadArchiveError) {
        return { kind: 'unusable', reason: `${request.file.filename} can't be read: ${error.message}` };
      }
      if (!(error instanceof RemoteArchiveError)) throw error;
      if (error.cause instanceof SourceError) throw error.cause;
      if (attempt === ATTEMPTS || !MAY_PASS.has(error.kind)) throw sourceError(error);
    }
  }
}

const MAY_PASS: ReadonlySet<RemoteErrorKind> = new Set(['cut-off', 'unreachable', 'changed']);

async function readArchive(request: ArchiveRequest): Promise<MetadataAnswer> {
  const { client, file, project, signal, habits } = request;
  const fetch = clientFetch(client, signal);
  const options: RemoteOptions = { filename: file.filename, size: file.size, signal, habits };
  if (file.filename.endsWith('.whl')) {
    const { bytes } = await readRemoteMetadata(file.url, fetch, options);
    return wheelAnswer(bytes, project, file.filename);
  }
  return sdistAnswer(await readRemoteSdist(file.url, fetch, options), project, file.filename);
}

function sourceError(error: RemoteArchiveError): SourceError {
  const details = { url: error.url, cause: error };
  switch (error.kind) {
    case 'refused':
      return new SourceError(error.message, { ...details, kind: 'refused' });
    case 'missing':
    case 'lied':
    case 'changed':
      return new SourceError(error.message, { ...details, kind: 'corrupt' });
    case 'unreachable':
    case 'cut-off':
      return new SourceError(error.message, { ...details, kind: 'unreachable' });
  }
}
