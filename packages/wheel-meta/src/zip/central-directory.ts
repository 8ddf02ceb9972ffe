import { uint16, uint32, uint64 } from '../bytes/little-endian.ts';
import { bytesOf, type SparseBytes } from '../bytes/sparse-bytes.ts';
import { decodeUtf8 } from '../bytes/text.ts';
import { BadArchiveError } from './bad-archive-error.ts';
import { decodeCp437 } from './cp437.ts';
import { findDirectory } from './end-record.ts';
import type { ArchiveLimits } from './limits.ts';
import { done, need, type Step } from './step.ts';

/** A member of a zip, as the central directory has it. */
export interface ZipEntry {
  readonly name: string;
  /** General purpose bits: 1 encrypted, 8 a data descriptor follows, 0x800 the name is UTF-8. */
  readonly flags: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its local header begins, from the beginning of the file. */
  readonly offset: number;
  /** Upper bound of its local header's length, as far as the central directory tells. */
  readonly headerSize: number;
  /** Unix permissions and file type; 0 where it was not made on Unix. */
  readonly mode: number;
}

/** A zip's table of contents. */
export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Where the central directory begins: the members lie before it. */
  readonly start: number;
}

const centralSignature = 0x02014b50;
const headerSize = 46;
const localHeaderSize = 30;
/** Room for what a local header's extra field has beyond the central one's. */
const extraSlack = 64;

/**
 * Reads the central directory (APPNOTE 4.3.12).
 *
 * @throws BadArchiveError
 */
export function readDirectory(file: SparseBytes, limits: ArchiveLimits): Step<ZipDirectory> {
  const found = findDirectory(file);
  if (found.kind === 'need') return found;
  const place = found.value;
  if (place.end - place.start > limits.directorySize) {
    throw new BadArchiveError('too-large', `the central directory has ${place.end - place.start} bytes`);
  }
  const bytes = bytesOf(file, place.start, place.end);
  if (bytes === null) return need(place.start, place.end);
  return done({ entries: parseEntries(bytes, place.shift), start: place.start });
}

/** The entries of a central directory. `shift` is added to their offsets. */
export function parseEntries(bytes: Uint8Array, shift: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + headerSize > bytes.length) throw truncated();
    if (uint32(bytes, at) !== centralSignature) {
      throw new BadArchiveError(
        'corrupt',
        `the central directory has no header where entry ${entries.length + 1} should be`,
      );
    }
    const nameLength = uint16(bytes, at + 28);
    const extraLength = uint16(bytes, at + 30);
    const end = at + headerSize + nameLength + extraLength + uint16(bytes, at + 32);
    if (end > bytes.length) throw truncated();
    entries.push(parseEntry(bytes, at, nameLength, extraLength, shift));
    at = end;
  }
  return entries;
}

function parseEntry(
  bytes: Uint8Array,
  at: number,
  nameLength: number,
  extraLength: number,
  shift: number,
): ZipEntry {
  const flags = uint16(bytes, at + 8);
  const nameStart = at + headerSize;
  const extra = bytes.subarray(nameStart + nameLength, nameStart + nameLength + extraLength);
  const name = memberName(bytes.subarray(nameStart, nameStart + nameLength), flags);
  const sizes = withZip64(
    {
      size: uint32(bytes, at + 24),
      compressedSize: uint32(bytes, at + 20),
      offset: uint32(bytes, at + 42),
    },
    extra,
    name,
  );
  const offset = sizes.offset + shift;
  if (offset < 0) throw new BadArchiveError('corrupt', 'it begins before the archive does', name);
  return {
    name,
    flags,
    method: uint16(bytes, at + 10),
    crc32: uint32(bytes, at + 16),
    compressedSize: sizes.compressedSize,
    size: sizes.size,
    offset,
    headerSize: localHeaderSize + nameLength + extraLength + extraSlack,
    mode: bytes[at + 5] === 3 ? uint16(bytes, at + 40) : 0,
  };
}

/** A member's name: UTF-8 where it is marked so, else code page 437; up to its first NUL, as in Python. */
export function memberName(bytes: Uint8Array, flags: number): string {
  const text = (flags & 0x800) === 0 ? decodeCp437(bytes) : decodeUtf8(bytes);
  if (text === null) throw new BadArchiveError('corrupt', 'a member name is marked as UTF-8 and is not');
  const nul = text.indexOf('\0');
  return nul === -1 ? text : text.slice(0, nul);
}

interface EntrySizes {
  readonly size: number;
  readonly compressedSize: number;
  readonly offset: number;
}

/** The sizes, those that do not fit 32 bits taken from the zip64 extra field (APPNOTE 4.5.3). */
function withZip64(sizes: EntrySizes, extra: Uint8Array, name: string): EntrySizes {
  let { size, compressedSize, offset } = sizes;
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + uint16(extra, at + 2);
    if (end > extra.length) throw new BadArchiveError('corrupt', 'its extra field is too short', name);
    if (uint16(extra, at) === 1) {
      let next = at + 4;
      const take = (current: number): number => {
        if (current !== 0xffffffff) return current;
        if (next + 8 > end) throw new BadArchiveError('corrupt', 'its zip64 field is too short', name);
        next += 8;
        return uint64(extra, next - 8);
      };
      size = take(size);
      compressedSize = take(compressedSize);
      offset = take(offset);
    }
    at = end;
  }
  return { size, compressedSize, offset };
}

function truncated(): BadArchiveError {
  return new BadArchiveError('truncated', 'the central directory ends in the middle of an entry');
}
