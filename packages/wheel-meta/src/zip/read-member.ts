import { uint16, uint32 } from '../bytes/little-endian.ts';
import { bytesOf, type Span, type SparseBytes } from '../bytes/sparse-bytes.ts';
import { BadArchiveError } from './bad-archive-error.ts';
import { memberName, type ZipDirectory, type ZipEntry } from './central-directory.ts';
import { checkReadable, unpackMember } from './inflate.ts';
import type { ArchiveLimits } from './limits.ts';
import { done, need, type Step } from './step.ts';

const localSignature = 0x04034b50;
const localHeaderSize = 30;

/**
 * Where a member lies: from its local header to the end of its data, or a little beyond, since the
 * length of the local header is only known from itself.
 */
export function memberSpan(directory: ZipDirectory, entry: ZipEntry): Span {
  let end = Math.min(directory.start, entry.offset + entry.headerSize + entry.compressedSize);
  for (const { offset } of directory.entries) {
    if (offset > entry.offset && offset < end) end = offset;
  }
  return { start: entry.offset, end };
}

/**
 * Reads a member's contents.
 *
 * @throws BadArchiveError
 */
export function readMember(
  file: SparseBytes,
  directory: ZipDirectory,
  entry: ZipEntry,
  limits: ArchiveLimits,
): Step<Uint8Array> {
  const { name, offset } = entry;
  checkReadable(entry, entry.compressedSize, limits);
  if (offset + localHeaderSize > file.size) throw pastEnd(name);
  const header = bytesOf(file, offset, offset + localHeaderSize);
  if (header === null) {
    const { start, end } = memberSpan(directory, entry);
    return need(start, Math.min(file.size, Math.max(end, start + localHeaderSize)));
  }
  if (uint32(header, 0) !== localSignature) {
    throw new BadArchiveError('corrupt', `${name} is not where the central directory says it is`, name);
  }
  const nameStart = offset + localHeaderSize;
  const nameEnd = nameStart + uint16(header, 26);
  const dataStart = nameEnd + uint16(header, 28);
  const dataEnd = dataStart + entry.compressedSize;
  if (dataEnd > file.size) throw pastEnd(name);
  const bytes = bytesOf(file, nameStart, dataEnd);
  if (bytes === null) return need(nameStart, dataEnd);
  const localName = memberName(bytes.subarray(0, nameEnd - nameStart), uint16(header, 6));
  if (localName !== name) {
    throw new BadArchiveError('corrupt', `${name} is called ${localName} in its own header`, name);
  }
  return done(unpackMember(entry, bytes.subarray(dataStart - nameStart), limits));
}

function pastEnd(name: string): BadArchiveError {
  return new BadArchiveError('truncated', `${name} lies beyond the end of the file`, name);
}
