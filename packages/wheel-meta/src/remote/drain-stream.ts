import { Gunzip } from 'fflate';
import type { ArchiveStream } from '../zip/archive-stream.ts';
import { BadArchiveError } from '../zip/bad-archive-error.ts';
import type { ArchiveLimits } from '../zip/limits.ts';
import { eachChunk, type HttpResponse } from './http.ts';
import { answered, failure, isPacked, type Transfer } from './transfer.ts';

/** Takes the body of a response to the archive's reader until that has enough, then lets go of it. */
export async function drainStream(
  transfer: Transfer,
  response: HttpResponse,
  reader: ArchiveStream,
  limits: ArchiveLimits,
): Promise<void> {
  const take = isPacked(response) ? unpackIfPacked(reader) : (chunk: Uint8Array) => reader.push(chunk);
  const stated = isPacked(response)
    ? Number.NaN
    : Number(response.headers.get('content-length') ?? Number.NaN);
  let received = 0;
  const ended = await answered(transfer, () =>
    eachChunk(response, (chunk) => {
      received += chunk.length;
      transfer.bytes += chunk.length;
      if (received > limits.streamSize) {
        throw new BadArchiveError('too-large', `the file has over ${limits.streamSize} bytes`);
      }
      return take(chunk);
    }),
  );
  if (!ended) return;
  if (received < stated) throw failure(transfer, 'cut-off', `${received} of ${stated} bytes came`, 200);
  reader.end();
}

/** A `fetch` unpacks `Content-Encoding: gzip` by itself; where one does not, the bytes begin as gzip does. */
function unpackIfPacked(reader: ArchiveStream): (chunk: Uint8Array) => boolean {
  let enough = false;
  let gunzip: Gunzip | null = null;
  let first = true;
  return (chunk) => {
    if (first && chunk[0] === 0x1f && chunk[1] === 0x8b) {
      gunzip = new Gunzip((part) => {
        if (!enough && part.length > 0) enough = reader.push(part);
      });
    }
    first = first && chunk.length === 0;
    if (gunzip === null) return reader.push(chunk);
    gunzip.push(chunk);
    return enough;
  };
}
