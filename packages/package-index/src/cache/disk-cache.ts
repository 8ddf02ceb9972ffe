import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { releaseBytes } from '../http/exchange/body.ts';
import { DOCUMENT_FORMAT, type DocumentCache, documentCache } from './document-cache.ts';
import {
  EXPIRY_OFFSET,
  encodeExpiry,
  encodeProject,
  FORMAT,
  lengthOfProject,
  openProjectFile,
  type ProjectFile,
  type ProjectSections,
} from './project-file.ts';

/** A file of the cache, opened. */
export interface CachedFile extends ProjectFile {
  /** Whether only the front is in memory; small files, and those beyond a number of open ones, are read whole. */
  readonly onDisk: boolean;
  /** Lets go of it: what was not read by then is gone. */
  close(): void;
}

/** The part of a cache that belongs to one index: a file a project. */
export interface IndexCache {
  /** What is kept of a project; null where nothing usable is. */
  open(name: string): CachedFile | null;
  /** Replaces what is kept, atomically; false where the disk refuses, which costs speed only. */
  replace(name: string, sections: ProjectSections): boolean;
  /** Notes that the page is fresh until `expires`. */
  extend(name: string, expires: number): void;
  /** Lets go of files kept open. */
  close(): void;
}

/** A cache directory, shared by any number of processes. */
export interface DiskCache {
  readonly directory: string;
  /** The part for an index, by its URL without credentials. */
  forIndex(url: string): IndexCache;
  /** The part for services beside the index. */
  readonly documents: DocumentCache;
}

/** Before the name of a project; keeps names such as `con` and `nul` from being devices on Windows. */
export const PAGE_PREFIX = 'page-';

/** Bytes read at first from each file: the tables and the newest versions of all but the largest pages. */
const FIRST_READ = 1 << 17;
/** Files of which the rest is not read yet, kept open at most. */
const MAX_OPEN = 64;

/**
 * A cache in `directory`, which is made when something is first kept.
 *
 * A project is one file, replaced by rename: readers see the old or the new. Processes that write at the
 * same time each write a whole file and the last one stays; nothing locks. What the disk refuses or a
 * crash left damaged counts as absent.
 */
export function diskCache(directory: string): DiskCache {
  return {
    directory,
    documents: documentCache(join(directory, `documents-${DOCUMENT_FORMAT}`)),
    forIndex: (url) => indexCache(join(directory, `projects-${FORMAT}`, indexKey(url)), url),
  };
}

/** Longer names of folders are not borne everywhere, as there is a path before them and a file's name behind. */
const LONGEST_KEY = 100;

/**
 * The name of an index's folder: its URL, in which all but lower-case letters, digits, dots and hyphens is written as
 * bytes in hexadecimal. A digest only where that is too long: what makes one takes longer to load than a page to read.
 */
function indexKey(url: string): string {
  const key = [...Buffer.from(url)].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[a-z0-9.-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
  });
  const name = key.join('');
  return name.length <= LONGEST_KEY ? name : createHash('sha256').update(url).digest('hex');
}

function indexCache(folder: string, url: string): IndexCache {
  const open = new Set<Handle>();
  const pathOf = (name: string): string => join(folder, `${PAGE_PREFIX}${name}`);
  /** As the last one was there or not, the next one mostly is or is not, too. */
  let isLikelyThere = false;
  const room = Buffer.allocUnsafeSlow(FIRST_READ);
  return {
    open: (name) => {
      const path = pathOf(name);
      // An exception takes longer than a look, and a look longer than none.
      if (!isLikelyThere && !existsSync(path)) return null;
      isLikelyThere = true;
      try {
        return openFile(path, open, room);
      } catch {
        isLikelyThere = false;
        return null;
      }
    },
    replace: (name, sections) => {
      const temporary = join(folder, `.${name}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`);
      try {
        if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) {
          writeFileSync(join(folder, 'INDEX'), `${url}\n`, { mode: 0o600 });
        }
        const bytes = encodeProject(sections);
        writeFileSync(temporary, bytes, { mode: 0o600 });
        releaseBytes(bytes);
        renameSync(temporary, pathOf(name));
        return true;
      } catch {
        discard(temporary);
        return false;
      }
    },
    extend: (name, expires) => {
      try {
        const fd = openSync(pathOf(name), 'r+');
        try {
          writeSync(fd, encodeExpiry(expires), 0, 12, EXPIRY_OFFSET);
        } finally {
          closeSync(fd);
        }
      } catch {
        // Not extended: the next run asks the index again.
      }
    },
    close: () => {
      for (const handle of [...open]) release(handle, open);
    },
  };
}

function discard(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made.
  }
}

/** A file kept open for what was not read at first. */
interface Handle {
  fd: number | null;
}

/** @param room for the bytes that are read first, of all files in turn: most are no longer, and their own are copied */
function openFile(path: string, open: Set<Handle>, room: Buffer): CachedFile | null {
  const fd = openSync(path, 'r');
  const handle: Handle = { fd };
  open.add(handle);
  let file: ProjectFile | null = null;
  let whole = false;
  try {
    const read = room.subarray(0, readSync(fd, room, 0, FIRST_READ, 0));
    const isAll = read.length === lengthOfProject(read);
    const size = isAll ? read.length : fstatSync(fd).size;
    whole = size <= FIRST_READ || open.size > MAX_OPEN;
    const isEnough = isAll || (!whole && read.length === FIRST_READ);
    const first = isEnough ? Buffer.from(read) : readFully(fd, 0, whole ? size : FIRST_READ);
    file = openProjectFile((offset, length) => {
      if (offset + length <= first.length || handle.fd === null)
        return first.subarray(offset, offset + length);
      return readFully(handle.fd, offset, length);
    }, size);
    return file === null ? null : { ...file, onDisk: !whole, close: () => release(handle, open) };
  } finally {
    if (whole || file === null) release(handle, open);
  }
}

function release(handle: Handle, open: Set<Handle>): void {
  if (handle.fd !== null) closeSync(handle.fd);
  handle.fd = null;
  open.delete(handle);
}

/** `length` bytes from `offset`, or fewer where the file ends. */
function readFully(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const count = readSync(fd, bytes, done, length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}
