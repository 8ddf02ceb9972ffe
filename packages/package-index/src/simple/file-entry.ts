import type { Hashes, IndexFile } from '@pyplan/resolver';
import { withoutCredentials } from '../http/url.ts';

/** An object of a `files` array, before anything is known of its fields. */
export interface FileObject {
  readonly filename?: unknown;
  readonly url?: unknown;
  readonly hashes?: unknown;
  readonly size?: unknown;
  readonly 'upload-time'?: unknown;
  readonly 'requires-python'?: unknown;
  readonly yanked?: unknown;
  readonly provenance?: unknown;
  readonly 'core-metadata'?: unknown;
  readonly 'dist-info-metadata'?: unknown;
  readonly 'data-dist-info-metadata'?: unknown;
}

/**
 * One object of a PEP 691 `files` array as an `IndexFile` (with PEP 592, 629, 658, 700 and 714).
 *
 * Fields of a wrong type count as absent: what an index serves is read forgivingly.
 */
export function indexFile(entry: FileObject, base: string): IndexFile {
  return {
    filename: stringOr(entry.filename, ''),
    url: absoluteUrl(stringOr(entry.url, ''), base),
    hashes: hashes(entry.hashes),
    size: typeof entry.size === 'number' ? entry.size : null,
    uploadTime: stringOr(entry['upload-time'], null),
    requiresPython: stringOr(entry['requires-python'], null),
    yanked: yanked(entry.yanked),
    coreMetadata: coreMetadata(entry),
    ...(typeof entry.provenance === 'string' ? { provenance: absoluteUrl(entry.provenance, base) } : {}),
  };
}

/** A file that has a provenance object (PEP 740). */
interface AttestedFile extends IndexFile {
  readonly provenance: string;
}

/** Where the provenance object of a file is; null where the page names none. */
export function provenanceUrl(file: IndexFile): string | null {
  return (file as Partial<AttestedFile>).provenance ?? null;
}

function stringOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}

/**
 * The plain absolute case needs no URL parser. Empty where there is none to be had: a page that came over the
 * network can't point at this machine's files.
 */
function absoluteUrl(url: string, base: string): string {
  if ((url.startsWith('https://') || url.startsWith('http://')) && !url.includes('@') && URL.canParse(url))
    return url;
  const parsed = URL.parse(url, base);
  if (parsed === null) return '';
  const isWeb = parsed.protocol === 'https:' || parsed.protocol === 'http:';
  if (!isWeb && !(parsed.protocol === 'file:' && base.startsWith('file:'))) return '';
  return withoutCredentials(parsed.href);
}

function hashes(value: unknown): Hashes {
  if (typeof value !== 'object' || value === null) return {};
  const read: Record<string, string> = {};
  for (const [algorithm, digest] of Object.entries(value)) {
    if (typeof digest === 'string') read[algorithm.toLowerCase()] = digest.toLowerCase();
  }
  return read;
}

/** PEP 592: false or absent is not yanked; true is without a reason; a string is the reason. */
function yanked(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return value === true ? '' : null;
}

/** PEP 714: `core-metadata` counts before the older names. */
function coreMetadata(entry: FileObject): boolean | Hashes {
  const value = entry['core-metadata'] ?? entry['data-dist-info-metadata'] ?? entry['dist-info-metadata'];
  if (typeof value !== 'object' || value === null) return value === true;
  const read = hashes(value);
  return Object.keys(read).length > 0 ? read : true;
}
