import { isUtf8 } from 'node:buffer';
import type { PassedOverFile } from '@pyplan/resolver';
import { withoutCredentials } from '../http/url.ts';
import { checkApiVersion } from './api-version.ts';
import { groupFiles } from './group-files.ts';
import { JsonScanError, scanArray, scanObject, skipSpace, skipString } from './json-scan.ts';
import { PageError } from './page-error.ts';
import { joinPieces, type PageOrigin, type PageRecord } from './page-record.ts';
import { projectStatus } from './project-status.ts';

/** The parts of a page, files not decoded. */
interface PageParts {
  readonly files: readonly FileExtent[];
  readonly meta: unknown;
  readonly status: unknown;
}

interface FileExtent {
  readonly start: number;
  readonly end: number;
  readonly filename: string | null;
  readonly hasUrl: boolean;
  /** The object rewritten without the credentials that its URL had; null where it had none. */
  readonly clean: Buffer | null;
}

/**
 * Reads a project page in JSON (PEP 691): checks that all of it is JSON, finds each file's object and
 * groups them by version, and decodes no more than names.
 *
 * @throws {PageError} on anything that is no page.
 */
export function readJsonPage(bytes: Buffer, origin: PageOrigin): PageRecord {
  const parts = pageParts(bytes);
  checkApiVersion(apiVersion(parts.meta));
  const broken: PassedOverFile[] = [];
  const usable: FileExtent[] = [];
  const names: string[] = [];
  for (const file of parts.files) {
    if (file.filename === null || !file.hasUrl) {
      broken.push({ filename: file.filename ?? '', reason: 'the index gives no file name or no URL' });
      continue;
    }
    usable.push(file);
    names.push(file.filename);
  }
  const groups = groupFiles(origin.name, names);
  const passedOver = [...broken, ...groups.passedOver];
  const piece = (member: number): Buffer | undefined => {
    const file = usable[member];
    return file === undefined ? undefined : (file.clean ?? bytes.subarray(file.start, file.end));
  };
  return {
    name: origin.name,
    versions: groups.versions,
    slice: (index) => joinPieces((groups.members[index] ?? []).map(piece)),
    passedOver: () => passedOver,
    status: projectStatus(parts.status),
    base: origin.url,
    index: origin.index,
    digest: origin.digest,
  };
}

function apiVersion(meta: unknown): unknown {
  return typeof meta === 'object' && meta !== null
    ? (meta as Readonly<Record<string, unknown>>)['api-version']
    : undefined;
}

function pageParts(bytes: Buffer): PageParts {
  if (!isUtf8(bytes)) throw new PageError('the page is not UTF-8');
  try {
    return scanPage(bytes);
  } catch (error) {
    if (error instanceof JsonScanError) throw new PageError(`the page is ${error.message}`, { cause: error });
    throw error;
  }
}

function scanPage(bytes: Buffer): PageParts {
  let files: readonly FileExtent[] | null = null;
  let meta: unknown;
  let status: unknown;
  const start = skipSpace(bytes, 0);
  const end = scanObject(bytes, start, (keyStart, keyEnd, valueStart) => {
    switch (stringAt(bytes, keyStart, keyEnd)) {
      case 'files': {
        const found: FileExtent[] = [];
        const filesEnd = scanArray(bytes, valueStart, (at) => scanFile(bytes, at, found));
        files = found;
        return filesEnd;
      }
      case 'meta': {
        const metaEnd = scanObject(bytes, valueStart, () => -1);
        meta = JSON.parse(bytes.toString('utf8', valueStart, metaEnd));
        return metaEnd;
      }
      case 'project-status': {
        const statusEnd = scanObject(bytes, valueStart, () => -1);
        status = JSON.parse(bytes.toString('utf8', valueStart, statusEnd));
        return statusEnd;
      }
      default:
        return -1;
    }
  });
  if (skipSpace(bytes, end) !== bytes.length) throw new JsonScanError('the end', end);
  if (files === null) throw new PageError('the page has no list of files');
  return { files, meta, status };
}

const FILENAME = Buffer.from('"filename"');
const URL_KEY = Buffer.from('"url"');

function scanFile(bytes: Buffer, start: number, found: FileExtent[]): number {
  let filename: string | null = null;
  let urlStart = 0;
  let urlEnd = 0;
  const end = scanObject(bytes, start, (keyStart, keyEnd, valueStart) => {
    if (bytes[valueStart] !== 0x22) return -1;
    if (isKey(bytes, keyStart, keyEnd, FILENAME)) {
      const valueEnd = skipString(bytes, valueStart);
      filename = stringAt(bytes, valueStart, valueEnd);
      return valueEnd;
    }
    if (isKey(bytes, keyStart, keyEnd, URL_KEY)) {
      urlStart = valueStart;
      urlEnd = skipString(bytes, valueStart);
      return urlEnd;
    }
    return -1;
  });
  const clean =
    urlEnd > 0 && hasAt(bytes, urlStart, urlEnd) ? withoutUrlCredentials(bytes, start, end) : null;
  found.push({ start, end, filename, hasUrl: urlEnd > 0, clean });
  return end;
}

function hasAt(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === 0x40) return true;
  return false;
}

/** The object with its URL freed of user name and password; null where it has none. */
function withoutUrlCredentials(bytes: Buffer, start: number, end: number): Buffer | null {
  const entry: { url: unknown } = JSON.parse(bytes.toString('utf8', start, end));
  const url = String(entry.url);
  const clean = withoutCredentials(url);
  return clean === url ? null : Buffer.from(JSON.stringify({ ...entry, url: clean }));
}

function isKey(bytes: Buffer, start: number, end: number, key: Buffer): boolean {
  if (end - start !== key.length) return false;
  for (let i = 1; i < key.length; i++) if (bytes[start + i] !== key[i]) return false;
  return true;
}

/** The string between the quotes at `start` and before `end`. */
function stringAt(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start + 1, end - 1);
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}
