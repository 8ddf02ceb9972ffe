import type { ArchiveStream } from '../zip/archive-stream.ts';
import { drainStream } from './drain-stream.ts';
import { discardBody, type Fetch } from './http.ts';
import { limitsOf, type RemoteResult } from './read-remote.ts';
import { checkStatus, failure, type RemoteOptions, reportOf, request, startTransfer } from './transfer.ts';

/**
 * Reads members of an archive that can only be read from its beginning, and stops the transfer once they
 * have come.
 *
 * @throws RemoteArchiveError, BadArchiveError
 */
export async function readRemoteStream(
  url: string,
  fetch: Fetch,
  options: RemoteOptions,
  reader: ArchiveStream,
): Promise<RemoteResult<ReadonlyMap<string, Uint8Array>>> {
  const transfer = startTransfer(url, fetch, options);
  const response = await request(transfer, 'GET', {});
  if (response.status !== 200) {
    await discardBody(response);
    checkStatus(transfer, response);
    throw failure(transfer, 'lied', `expected the file, the answer is ${response.status}`, response.status);
  }
  await drainStream(transfer, response, reader, limitsOf(options));
  return { value: reader.found, transfer: reportOf(transfer) };
}
