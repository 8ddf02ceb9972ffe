import { type Dirent, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { normalizeName } from '@pyplan/markers';
import { PAGE_PREFIX } from './disk-cache.ts';
import { DOCUMENT_FORMAT } from './document-cache.ts';
import { FORMAT } from './project-file.ts';

/** What a cache holds. Sizes are in bytes. */
export interface CacheInfo {
  readonly directory: string;
  /** Of everything, old formats included. */
  readonly size: number;
  readonly indexes: readonly { readonly url: string; readonly projects: number; readonly size: number }[];
  /** Answers of services beside the index. */
  readonly documents: number;
  /** What no version of this program reads any more, or a killed one left behind. */
  readonly stale: number;
}

/** What was taken away. */
export interface Removed {
  readonly files: number;
  readonly bytes: number;
}

const PROJECTS = `projects-${FORMAT}`;
const DOCUMENTS = `documents-${DOCUMENT_FORMAT}`;
/** A temporary file older than this, milliseconds, belongs to no running process. */
const ABANDONED = 3_600_000;
const DAY = 86_400_000;

/** What is in a cache directory; one that is not there is empty. */
export function cacheInfo(directory: string, now: number = Date.now()): CacheInfo {
  const files = filesUnder(directory);
  const indexes = folders(join(directory, PROJECTS)).map((folder) => {
    const own = files.filter((file) => file.path.startsWith(join(folder, PAGE_PREFIX)));
    return { url: readIndexUrl(folder), projects: own.length, size: sum(own) };
  });
  return {
    directory,
    size: sum(files),
    indexes,
    documents: files.filter((file) => file.path.startsWith(join(directory, DOCUMENTS)) && !isTemporary(file))
      .length,
    stale: files.filter((file) => isStale(file, directory, now)).length,
  };
}

/**
 * Takes away what nobody reads: old formats, leftovers of killed processes, and what was not written for
 * `maxAge` days.
 */
export function pruneCache(directory: string, maxAge = 90, now: number = Date.now()): Removed {
  return remove(
    filesUnder(directory).filter(
      (file) => isStale(file, directory, now) || now - file.modified > maxAge * DAY,
    ),
  );
}

/** Takes away everything, or what is known of some projects. Only what this program wrote is touched. */
export function cleanCache(directory: string, projects: readonly string[] | null = null): Removed {
  if (projects === null) {
    const removed = remove(filesUnder(directory));
    for (const folder of ownFolders(directory).toReversed()) removeEmpty(folder);
    return removed;
  }
  const wanted = new Set(projects.map((name) => `${PAGE_PREFIX}${normalizeName(name)}`));
  return remove(filesUnder(directory).filter((file) => wanted.has(basename(file.path))));
}

interface CacheFile {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

/** Folders that are named as this program names them, each before those in it. */
function ownFolders(directory: string): readonly string[] {
  return folders(directory)
    .filter((folder) => /^(projects|documents)-\d+$/.test(basename(folder)))
    .flatMap((folder) => [folder, ...folders(folder)]);
}

function filesUnder(directory: string): readonly CacheFile[] {
  return ownFolders(directory).flatMap((folder) =>
    entries(folder)
      .filter((entry) => entry.isFile())
      .flatMap((entry) => fileAt(join(folder, entry.name))),
  );
}

/** A folder in which another process has put something since stays. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, or gone already.
  }
}

function fileAt(path: string): readonly CacheFile[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? [] : [{ path, size: stats.size, modified: stats.mtimeMs }];
}

function isTemporary(file: CacheFile): boolean {
  return basename(file.path).endsWith('.tmp');
}

function isStale(file: CacheFile, directory: string, now: number): boolean {
  if (isTemporary(file)) return now - file.modified > ABANDONED;
  return (
    !file.path.startsWith(join(directory, PROJECTS)) && !file.path.startsWith(join(directory, DOCUMENTS))
  );
}

function remove(files: readonly CacheFile[]): Removed {
  for (const file of files) rmSync(file.path, { force: true });
  return { files: files.length, bytes: sum(files) };
}

function sum(files: readonly CacheFile[]): number {
  return files.reduce((total, file) => total + file.size, 0);
}

function entries(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function folders(folder: string): readonly string[] {
  return entries(folder)
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}

function readIndexUrl(folder: string): string {
  try {
    return readFileSync(join(folder, 'INDEX'), 'utf8').trim();
  } catch {
    return '';
  }
}
