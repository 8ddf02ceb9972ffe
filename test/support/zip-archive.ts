import { inflateRawSync } from 'node:zlib';
import { CaseFileError, readBytesMaybeGzipped } from './case-files.ts';

interface Entry {
  readonly offset: number;
  readonly compressedSize: number;
  readonly stored: boolean;
}

/** A zip file held in memory, its members inflated on demand. No zip64, no encryption. */
export interface ZipArchive {
  readonly names: readonly string[];
  read(name: string): Buffer | null;
}

const endOfCentralDirectory = 0x06054b50;
const centralHeader = 0x02014b50;

/** Reads the central directory of a zip file, itself perhaps gzipped (APPNOTE 4.3.12, 4.3.16). */
export function zipArchive(path: string): ZipArchive {
  const bytes = readBytesMaybeGzipped(path);
  if (bytes === null) throw new CaseFileError(`${path} does not exist`);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== endOfCentralDirectory) end -= 1;
  if (end < 0) throw new Error(`${path} is not a zip file: it has no end-of-central-directory record`);
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== centralHeader) throw new Error(`${path} has a broken central directory`);
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), {
      offset: bytes.readUInt32LE(at + 42),
      compressedSize: bytes.readUInt32LE(at + 20),
      stored: bytes.readUInt16LE(at + 10) === 0,
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      if (entry === undefined) return null;
      const start =
        entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
      const body = bytes.subarray(start, start + entry.compressedSize);
      return entry.stored ? body : inflateRawSync(body);
    },
  };
}
