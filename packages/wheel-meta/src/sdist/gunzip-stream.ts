import { FlateErrorCode, Gunzip } from 'fflate';
import { updateCrc32 } from '../bytes/crc32.ts';
import { joinBytes } from '../bytes/join-bytes.ts';
import { uint32 } from '../bytes/little-endian.ts';
import type { ArchiveStream } from '../zip/archive-stream.ts';
import { BadArchiveError } from '../zip/bad-archive-error.ts';
import type { ArchiveLimits } from '../zip/limits.ts';

/** Packed bytes handed on at a time: at most 4 MB come of them. */
const step = 4096;
/** As much of the end as is kept to find the trailer in, with the zeros that some tools pad with. */
const tailLength = 4096;

/**
 * Unpacks gzip on the way to the reader of a tar. Bytes that are not gzip go on as they are: some servers
 * label a `.tar.gz` as packed for the transfer, and `fetch` unpacks it.
 *
 * Where the stream is read to its end, its CRC and size are checked (RFC 1952).
 *
 * @param toEnd go on when the reader has enough, for the sake of that check.
 */
export function gunzipStream(inner: ArchiveStream, limits: ArchiveLimits, toEnd = false): ArchiveStream {
  let mode: 'unknown' | 'gzip' | 'plain' = 'unknown';
  let head: Uint8Array = new Uint8Array();
  let tail: Uint8Array = new Uint8Array();
  let enough = false;
  let packed = 0;
  let unpacked = 0;
  let crc = 0;
  let members = 0;
  /** Something that is not gzip follows: the zeros of a padding, or the trailer check will tell. */
  let over = false;
  const gunzip = new Gunzip((chunk) => {
    unpacked += chunk.length;
    // Nothing is kept of what comes out, so that a large file of zeros is no harm; a huge one is.
    if (unpacked > limits.memberSize && unpacked > packed * limits.ratio) {
      throw new BadArchiveError(
        'too-large',
        `the archive unpacks to over ${limits.ratio} times its packed size`,
      );
    }
    crc = updateCrc32(crc, chunk);
    if (!enough && chunk.length > 0) enough = inner.push(chunk);
  });
  gunzip.onmember = () => {
    members++;
  };
  const push = (chunk: Uint8Array, final: boolean): void => {
    for (let at = 0; at === 0 || at < chunk.length; at += step) {
      if (enough && !toEnd) return;
      const part = chunk.subarray(at, at + step);
      packed += part.length;
      if (!over)
        over = unpack(
          () => gunzip.push(part, final && at + step >= chunk.length),
          () => unpacked > 0,
        );
    }
  };
  return {
    push: (chunk) => {
      if (mode === 'unknown') {
        head = joinBytes([head, chunk]);
        if (head.length < 2) return false;
        mode = head[0] === 0x1f && head[1] === 0x8b ? 'gzip' : 'plain';
        return takeFirst(head);
      }
      return takeFirst(chunk);
    },
    end: () => {
      if (mode === 'unknown') throw new BadArchiveError('not-an-archive', 'not a gzip file: it is empty');
      if (mode === 'gzip' && (toEnd || !enough)) {
        push(new Uint8Array(), true);
        checkTrailer();
      }
      inner.end();
    },
    found: inner.found,
  };

  function takeFirst(chunk: Uint8Array): boolean {
    if (mode === 'plain') return inner.push(chunk);
    tail = joinBytes([tail, chunk.subarray(-tailLength)]).slice(-tailLength);
    push(chunk, false);
    return enough;
  }

  /** The last eight bytes, zeros after them left out, are CRC and size of what was unpacked. */
  function checkTrailer(): void {
    if (members > 0) return;
    for (let end = tail.length; end >= 8; end--) {
      if (uint32(tail, end - 8) === crc && uint32(tail, end - 4) === unpacked >>> 0) return;
      if (tail[end - 1] !== 0) break;
    }
    throw new BadArchiveError(
      'crc-mismatch',
      'the gzip file is damaged or cut off: its CRC-32 is not the stated one',
    );
  }
}

/** Runs the unpacking; true where what follows a complete member is not gzip any more. */
function unpack(act: () => void, begun: () => boolean): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof BadArchiveError) throw error;
    const code = (error as { readonly code?: unknown }).code;
    if (begun() && code === FlateErrorCode.InvalidHeader) return true;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadArchiveError('corrupt', `the gzip file is damaged: ${reason}`);
  }
}
