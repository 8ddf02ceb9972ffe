import type { MetadataAnswer, PassedOverFile } from '@pyplan/resolver';
import { cachedPage } from '../cache/cached-page.ts';
import type { IndexCache } from '../cache/disk-cache.ts';
import { decodeHead, encodeHead, type PageHead } from '../cache/page-head.ts';
import type { ProjectFile, ProjectSections } from '../cache/project-file.ts';
import type { MovableRecord, PageRecord } from '../simple/page-record.ts';

/** An answer about one file, and the state of the file that it belongs to. */
export interface KnownMetadata {
  /** Changes when the index replaces the file or its sidecar. */
  readonly identity: string;
  readonly answer: MetadataAnswer;
}

/** What is known of a project: the page, and the metadata of its files. */
export interface KnownProject {
  readonly name: string;
  readonly head: PageHead;
  /** Null where the index has no such project. */
  readonly record: PageRecord | MovableRecord | null;
  readonly expires: number;
  /** The metadata of a file, by file name; null where it is not known, or of another state of the file. */
  metadata(filename: string, identity: string): MetadataAnswer | null;
}

/** Smaller pages stay in memory: a file that is read in part is kept open, and its front in memory. */
const LEAST_MOVED = 1 << 18;

/** Bytes in memory for the page of a project that might be read from the cache. */
export function heldBy({ record }: KnownProject): number {
  return record !== null && 'held' in record ? record.held : 0;
}

/**
 * Has the files of a page read from the cache, where they were just written, in place of the page's text.
 *
 * Not where another process has put a newer page there meanwhile, and not of a small page.
 */
export function moveToCache(cache: IndexCache, project: KnownProject): void {
  const { name, head, record } = project;
  if (record === null || !('moveTo' in record) || record.held < LEAST_MOVED) return;
  const file = cache.open(name);
  const there = file === null ? null : decodeHead(file.head);
  if (file?.onDisk === true && there?.digest === head.digest) {
    record.moveTo(cachedPage(file, there, name, record.index ?? ''));
  } else file?.close();
}

/** So few files are gone through; a map of them would be more to make. */
const FEW = 8;

/** Reads a project from the cache. */
export function loadProject(cache: IndexCache, name: string, index: string): KnownProject | null {
  const file = cache.open(name);
  const head = file === null ? null : decodeHead(file.head);
  if (file === null || head === null) return null;
  let positions: ReadonlyMap<string, number> | null = null;
  const positionOf = (filename: string): number => {
    if (file.sidecarKeys.length <= FEW) return file.sidecarKeys.indexOf(filename);
    positions ??= new Map(file.sidecarKeys.map((key, position) => [key, position]));
    return positions.get(filename) ?? -1;
  };
  return {
    name,
    head,
    record: head.exists ? cachedPage(file, head, name, index) : null,
    expires: file.expires,
    metadata: (filename, identity) => {
      const position = positionOf(filename);
      const bytes = position < 0 ? null : file.sidecar(position);
      if (bytes === null) return null;
      const known: KnownMetadata = JSON.parse(bytes.toString('utf8'));
      return known.identity === identity ? known.answer : null;
    },
  };
}

const EMPTY_LIST = Buffer.from('[]');

/**
 * Writes a project to the cache together with what other processes have put there since: their newer
 * page, and metadata that is not in `learned`.
 */
export function saveProject(
  cache: IndexCache,
  project: KnownProject,
  learned: ReadonlyMap<string, KnownMetadata>,
): boolean {
  const there = cache.open(project.name);
  const thereHead = there === null ? null : decodeHead(there.head);
  const sidecars = new Map<string, Buffer>();
  if (there !== null) addKept(sidecars, there, learned);
  for (const [filename, known] of learned) {
    if (!filename.includes('\n')) sidecars.set(filename, Buffer.from(JSON.stringify(known)));
  }
  const kept =
    there !== null && thereHead !== null && thereHead.fetched >= project.head.fetched
      ? sectionsOf(there, sidecars)
      : null;
  const sections = kept ?? sectionsOfRecord(project, sidecars);
  there?.close();
  return cache.replace(project.name, sections);
}

function addKept(into: Map<string, Buffer>, file: ProjectFile, learned: ReadonlyMap<string, unknown>): void {
  file.sidecarKeys.forEach((key, position) => {
    const bytes = learned.has(key) ? null : file.sidecar(position);
    if (bytes !== null) into.set(key, bytes);
  });
}

/** Null where the file is damaged. */
function sectionsOf(file: ProjectFile, sidecars: ReadonlyMap<string, Buffer>): ProjectSections | null {
  const slices: Buffer[] = [];
  for (let i = 0; i < file.versions.length; i++) {
    const slice = file.slice(i);
    if (slice === null) return null;
    slices.push(slice);
  }
  const passedOver = file.passedOver();
  if (passedOver === null) return null;
  return { expires: file.expires, head: file.head, versions: file.versions, slices, sidecars, passedOver };
}

function sectionsOfRecord(project: KnownProject, sidecars: ReadonlyMap<string, Buffer>): ProjectSections {
  const { record } = project;
  const versions: string[] = [];
  const slices: string[] = [];
  let passedOver: readonly PassedOverFile[] = [];
  if (record !== null) {
    passedOver = record.passedOver();
    for (let i = record.versions.length - 1; i >= 0; i--) {
      versions.push(record.versions[i]?.text ?? '');
      slices.push(record.slice(i));
    }
  }
  return {
    expires: project.expires,
    head: encodeHead(project.head),
    versions,
    slices,
    sidecars,
    passedOver: passedOver.length === 0 ? EMPTY_LIST : Buffer.from(JSON.stringify(passedOver)),
  };
}
