import { uint16, uint32, uint64 } from '../bytes/little-endian.ts';
import { bytesOf, type SparseBytes, tailStart } from '../bytes/sparse-bytes.ts';
import { BadArchiveError } from './bad-archive-error.ts';
import { done, need, type Step } from './step.ts';

/** Where a zip's central directory lies. */
export interface DirectoryPlace {
  readonly start: number;
  readonly end: number;
  /** How far the archive is shifted from where its offsets count: by bytes put before it. */
  readonly shift: number;
}

const endSignature = 0x06054b50;
const locatorSignature = 0x07064b50;
const end64Signature = 0x06064b50;
const centralSignature = 0x02014b50;
const endSize = 22;
const locatorSize = 20;
const end64Size = 56;
/** A comment has at most 65,535 bytes; the zip64 records stand before the end record. */
const farthest = 65_535 + endSize + locatorSize + end64Size;

/**
 * Finds the central directory from the end of the file (APPNOTE 4.3.16, zip64 4.3.14 and 4.3.15).
 *
 * An end record counts only if the central directory lies right before it and begins as one, so that a
 * signature inside the comment deceives nobody; one whose comment ends with the file is preferred.
 *
 * @throws BadArchiveError `not-an-archive`, or `unsupported` for archives split over several disks.
 */
export function findDirectory(file: SparseBytes): Step<DirectoryPlace> {
  const start = tailStart(file);
  const tail = bytesOf(file, start, file.size) ?? new Uint8Array();
  const places: DirectoryPlace[] = [];
  for (const exact of [true, false]) {
    for (const at of candidates(tail)) {
      if ((at + endSize + uint16(tail, at + 20) === tail.length) !== exact) continue;
      const place = placeFrom(tail, at, start);
      if (place === null) continue;
      if (place.kind === 'need') return place;
      if (!beginsAsDirectory(file, place.value)) continue;
      if (exact) return place;
      places.push(place.value);
    }
    const [place] = places;
    if (place !== undefined) return done(place);
    // Before a record with something after it is believed, all that could hold a better one must be known.
    const oldest = Math.max(0, file.size - farthest);
    if (start > oldest) return need(oldest, start);
  }
  throw new BadArchiveError('not-an-archive', 'not a zip archive: it has no end of central directory');
}

/** Where end records may begin, last first. */
function* candidates(tail: Uint8Array): Generator<number> {
  for (let at = tail.length - endSize; at >= 0; at--) {
    at = tail.lastIndexOf(0x50, at);
    if (at === -1) return;
    if (uint32(tail, at) === endSignature) yield at;
  }
}

/** What the end record at `at` of the tail says; null where it contradicts itself. */
function placeFrom(tail: Uint8Array, at: number, tailAt: number): Step<DirectoryPlace> | null {
  const disks = uint16(tail, at + 4) + uint16(tail, at + 6);
  let count = uint16(tail, at + 10);
  let size = uint32(tail, at + 12);
  let offset = uint32(tail, at + 16);
  let end = tailAt + at;
  const saturated = count === 0xffff || size === 0xffffffff || offset === 0xffffffff;
  if (at < locatorSize + end64Size && tailAt > 0 && saturated) {
    return need(Math.max(0, end - locatorSize - end64Size), tailAt);
  }
  const locator = at - locatorSize;
  if (locator >= end64Size && uint32(tail, locator) === locatorSignature) {
    const at64 = locator - end64Size;
    if (uint32(tail, at64) === end64Signature) {
      count = uint64(tail, at64 + 32);
      size = uint64(tail, at64 + 40);
      offset = uint64(tail, at64 + 48);
      end = tailAt + at64;
    }
  }
  if (disks !== 0 && disks !== 0x1fffe) {
    throw new BadArchiveError('unsupported', 'the zip archive is one part of several');
  }
  const start = end - size;
  if (start < 0 || (size === 0) !== (count === 0) || size < count * 46) return null;
  return done({ start, end, shift: start - offset });
}

/** Whether the directory begins with a header, or is empty; true also where that is not known yet. */
function beginsAsDirectory(file: SparseBytes, place: DirectoryPlace): boolean {
  if (place.start === place.end) return true;
  const head = bytesOf(file, place.start, place.start + 4);
  return head === null || uint32(head, 0) === centralSignature;
}
