import { crc32 } from 'node:zlib';

/**
 * The layout of a cached project: one file, of which a reader takes the front and then only the items it
 * is asked for.
 *
 * ```
 *  0  magic, the last byte is the format number
 *  8  f64  when the page stops being fresh, ms since the epoch   } rewritten in place when the index
 * 16  u32  CRC-32 of those eight bytes                           } says that nothing has changed
 * 20  u32  CRC-32 of everything from 24 to the end of the tables
 * 24  f64  length of the file
 * 32  u32  length of the head (JSON)
 * 36  u32  number of versions; 40 u32 length of their names
 * 44  u32  number of sidecars; 48 u32 length of their keys
 * 52  head | version names, newest first, by line | sidecar keys by line
 *     tables: offset, length, CRC-32 of each sidecar, of each version's files, of the passed-over list
 *     the items themselves, in that order
 * ```
 * Numbers are little endian. The checksums stand in for `fsync`: what a crash left behind half written
 * is seen and counts as absent.
 */
export const FORMAT = 2;

const MAGIC = Buffer.from([0x70, 0x79, 0x70, 0x6c, 0x61, 0x6e, 0x00, FORMAT]);
const FIXED = 52;
const ENTRY = 12;
/** Where the rewritten part stands: expiry and its checksum. */
export const EXPIRY_OFFSET = 8;

/** Everything that a file holds, as bytes. */
export interface ProjectSections {
  readonly expires: number;
  /** JSON. */
  readonly head: string;
  /** Newest first. */
  readonly versions: readonly string[];
  /** The files of each version, as `versions`. */
  readonly slices: readonly (Buffer | string)[];
  readonly sidecars: ReadonlyMap<string, Buffer>;
  readonly passedOver: Buffer;
}

/** The twelve bytes at `EXPIRY_OFFSET`. */
export function encodeExpiry(expires: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeDoubleLE(expires, 0);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 8)), 8);
  return bytes;
}

export function encodeProject(sections: ProjectSections): Buffer {
  const head = Buffer.from(sections.head);
  const versions = Buffer.from(sections.versions.join('\n'));
  const keys = Buffer.from([...sections.sidecars.keys()].join('\n'));
  const items = [...sections.sidecars.values(), ...sections.slices, sections.passedOver];
  const tablesAt = FIXED + head.length + versions.length + keys.length;
  const dataAt = tablesAt + ENTRY * items.length;
  const lengths = items.map((item) => Buffer.byteLength(item));
  const length = lengths.reduce((sum, size) => sum + size, dataAt);
  const file = Buffer.allocUnsafeSlow(length);
  MAGIC.copy(file, 0);
  encodeExpiry(sections.expires).copy(file, EXPIRY_OFFSET);
  file.writeDoubleLE(length, 24);
  file.writeUInt32LE(head.length, 32);
  file.writeUInt32LE(sections.versions.length, 36);
  file.writeUInt32LE(versions.length, 40);
  file.writeUInt32LE(sections.sidecars.size, 44);
  file.writeUInt32LE(keys.length, 48);
  head.copy(file, FIXED);
  versions.copy(file, FIXED + head.length);
  keys.copy(file, FIXED + head.length + versions.length);
  let at = dataAt;
  items.forEach((item, index) => {
    const entry = tablesAt + ENTRY * index;
    const end = at + (lengths[index] ?? 0);
    if (typeof item === 'string') file.write(item, at);
    else item.copy(file, at);
    file.writeUInt32LE(at, entry);
    file.writeUInt32LE(end - at, entry + 4);
    file.writeUInt32LE(crc32(file.subarray(at, end)), entry + 8);
    at = end;
  });
  file.writeUInt32LE(crc32(file.subarray(24, dataAt)), 20);
  return file;
}

/** Gives `length` bytes from `offset`, or fewer where the file ends. */
export type ReadAt = (offset: number, length: number) => Buffer;

/** A cached file, opened: the front is in memory, items are read when asked for. */
export interface ProjectFile {
  readonly expires: number;
  readonly head: string;
  /** Newest first. */
  readonly versions: readonly string[];
  readonly sidecarKeys: readonly string[];
  /** Null where the bytes are damaged. */
  sidecar(index: number): Buffer | null;
  slice(index: number): Buffer | null;
  passedOver(): Buffer | null;
}

/** The length of a file by what it says at its front; 0 where that is cut short. */
export function lengthOfProject(front: Buffer): number {
  return front.length < FIXED ? 0 : front.readDoubleLE(24);
}

/** Opens a file of `length` bytes; null where it is of another format, damaged or cut short. */
export function openProjectFile(read: ReadAt, length: number): ProjectFile | null {
  const fixed = read(0, FIXED);
  if (fixed.length < FIXED || !fixed.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  if (fixed.readDoubleLE(24) !== length) return null;
  const headLength = fixed.readUInt32LE(32);
  const versionCount = fixed.readUInt32LE(36);
  const versionsLength = fixed.readUInt32LE(40);
  const sidecarCount = fixed.readUInt32LE(44);
  const keysLength = fixed.readUInt32LE(48);
  const tablesAt = FIXED + headLength + versionsLength + keysLength;
  const dataAt = tablesAt + ENTRY * (sidecarCount + versionCount + 1);
  if (dataAt > length) return null;
  const front = read(0, dataAt);
  if (front.length !== dataAt || crc32(front.subarray(24)) !== fixed.readUInt32LE(20)) return null;
  const item = (index: number): Buffer | null => {
    const entry = tablesAt + ENTRY * index;
    const itemLength = front.readUInt32LE(entry + 4);
    const bytes = read(front.readUInt32LE(entry), itemLength);
    return bytes.length === itemLength && crc32(bytes) === front.readUInt32LE(entry + 8) ? bytes : null;
  };
  const text = (start: number, size: number): string => front.toString('utf8', start, start + size);
  return {
    expires: crc32(fixed.subarray(8, 16)) === fixed.readUInt32LE(16) ? fixed.readDoubleLE(8) : 0,
    head: text(FIXED, headLength),
    versions: lines(text(FIXED + headLength, versionsLength), versionCount),
    sidecarKeys: lines(text(FIXED + headLength + versionsLength, keysLength), sidecarCount),
    sidecar: (index) => item(index),
    slice: (index) => item(sidecarCount + index),
    passedOver: () => item(sidecarCount + versionCount),
  };
}

function lines(text: string, count: number): readonly string[] {
  return count === 0 ? [] : text.split('\n');
}
