import { isAscii, isUtf8 } from 'node:buffer';
import type { Version } from '@pyplan/markers';
import type { PassedOverFile } from '@pyplan/resolver';
import { withoutCredentials } from '../../http/url.ts';
import { checkApiVersion } from '../api-version.ts';
import { groupFiles } from '../group-files.ts';
import { PageError } from '../page-error.ts';
import type { PageOrigin, PageRecord } from '../page-record.ts';
import { projectStatus } from '../project-status.ts';
import {
  JsonScanError,
  type JsonText,
  jsonText,
  scanArray,
  scanObject,
  skipSpace,
  skipString,
  skipValue,
} from './json-scan.ts';
import { plainFile } from './plain-file.ts';

/** The parts of a page, files not decoded. */
interface PageParts {
  readonly files: readonly FileExtent[];
  readonly meta: unknown;
  readonly status: unknown;
  readonly alternates: unknown;
}

interface FileExtent {
  readonly start: number;
  readonly end: number;
  readonly filename: string | null;
  readonly hasUrl: boolean;
  /** The object rewritten without the credentials that its URL had; null where it had none. */
  readonly clean: string | null;
}

/**
 * Reads a project page in JSON (PEP 691): checks that all of it is JSON, finds each file's object and
 * groups them by version, and decodes no more than names.
 *
 * @throws {PageError} on anything that is no page.
 */
export function readJsonPage(bytes: Buffer, origin: PageOrigin): PageRecord {
  const text = decode(bytes);
  const parts = pageParts(text);
  checkApiVersion(metaField(parts.meta, 'api-version'));
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
  const passedOver = [...broken, ...groups.passedOver].map(({ filename, reason }) => ({
    filename: ownText(filename),
    reason: ownText(reason),
  }));
  const piece = pieces(text, usable);
  return {
    name: origin.name,
    versions: groups.versions.map(withOwnText),
    slice: (index) => (groups.members[index] ?? []).map(piece).join(','),
    passedOver: () => passedOver,
    status: projectStatus(parts.status),
    related: [...texts(metaField(parts.meta, 'tracks')), ...texts(parts.alternates)],
    base: origin.url,
    index: origin.index,
    digest: origin.digest,
  };
}

/** The text of each file's object. Of the files only numbers are kept, for a page may have thousands. */
function pieces(text: string, files: readonly FileExtent[]): (member: number) => string {
  const edges = new Int32Array(2 * files.length);
  const cleaned = new Map<number, string>();
  files.forEach(({ start, end, clean }, member) => {
    edges[2 * member] = start;
    edges[2 * member + 1] = end;
    if (clean !== null) cleaned.set(member, clean);
  });
  return (member) => cleaned.get(member) ?? text.slice(edges[2 * member], edges[2 * member + 1]);
}

/** V8 keeps a shorter piece of a text as a text of its own, and a longer one as a reference that holds all of it. */
const LONGEST_COPIED = 12;

/** A text that does not hold the page's in memory. */
function ownText(text: string): string {
  return text.length <= LONGEST_COPIED ? text : Buffer.from(text).toString();
}

function withOwnText(version: Version): Version {
  return version.text.length <= LONGEST_COPIED ? version : { ...version, text: ownText(version.text) };
}

function metaField(meta: unknown, field: string): unknown {
  return typeof meta === 'object' && meta !== null
    ? (meta as Readonly<Record<string, unknown>>)[field]
    : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function decode(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) throw new PageError('the page is not UTF-8');
  return bytes.toString('utf8');
}

function pageParts(text: string): PageParts {
  try {
    return scanPage(jsonText(text));
  } catch (error) {
    if (error instanceof JsonScanError) throw new PageError(`the page is ${error.message}`, { cause: error });
    throw error;
  }
}

function scanPage(json: JsonText): PageParts {
  let files: readonly FileExtent[] | null = null;
  let meta: unknown;
  let status: unknown;
  let alternates: unknown;
  const end = scanObject(json, skipSpace(json, 0), (keyStart, keyEnd, valueStart) => {
    switch (stringAt(json, keyStart, keyEnd)) {
      case 'files': {
        const found: FileExtent[] = [];
        const filesEnd = scanArray(json, valueStart, (at) => scanFile(json, at, found));
        files = found;
        return filesEnd;
      }
      case 'meta': {
        const metaEnd = scanObject(json, valueStart, () => -1);
        meta = JSON.parse(json.text.slice(valueStart, metaEnd));
        return metaEnd;
      }
      case 'project-status': {
        const statusEnd = scanObject(json, valueStart, () => -1);
        status = JSON.parse(json.text.slice(valueStart, statusEnd));
        return statusEnd;
      }
      case 'alternate-locations': {
        const listEnd = skipValue(json, valueStart);
        alternates = JSON.parse(json.text.slice(valueStart, listEnd));
        return listEnd;
      }
      default:
        return -1;
    }
  });
  if (skipSpace(json, end) !== json.text.length) throw new JsonScanError('the end', end);
  if (files === null) throw new PageError('the page has no list of files');
  return { files, meta, status, alternates };
}

const FILENAME = '"filename"';
const URL_KEY = '"url"';

function scanFile(json: JsonText, start: number, found: FileExtent[]): number {
  const plain = plainFile(json.text, start);
  if (plain !== null) {
    const { end, filename, url } = plain;
    found.push({ start, end, filename, hasUrl: true, clean: withoutUrlCredentials(json, start, end, url) });
    return end;
  }
  let filename: string | null = null;
  let url: string | null = null;
  const end = scanObject(json, start, (keyStart, keyEnd, valueStart) => {
    if (json.text.charCodeAt(valueStart) !== 0x22) return -1;
    if (isKey(json, keyStart, keyEnd, FILENAME)) {
      const valueEnd = skipString(json, valueStart);
      filename = stringAt(json, valueStart, valueEnd);
      return valueEnd;
    }
    if (isKey(json, keyStart, keyEnd, URL_KEY)) {
      const valueEnd = skipString(json, valueStart);
      url = stringAt(json, valueStart, valueEnd);
      return valueEnd;
    }
    return -1;
  });
  found.push({
    start,
    end,
    filename,
    hasUrl: url !== null,
    clean: withoutUrlCredentials(json, start, end, url),
  });
  return end;
}

/** The object with its URL freed of user name and password; null where it has none. */
function withoutUrlCredentials(
  json: JsonText,
  start: number,
  end: number,
  url: string | null,
): string | null {
  if (url === null || !url.includes('@')) return null;
  const clean = withoutCredentials(url);
  if (clean === url) return null;
  const entry: object = JSON.parse(json.text.slice(start, end));
  return JSON.stringify({ ...entry, url: clean });
}

function isKey(json: JsonText, start: number, end: number, key: string): boolean {
  return end - start === key.length && json.text.startsWith(key, start);
}

/** The string between the quotes at `start` and before `end`. */
function stringAt(json: JsonText, start: number, end: number): string {
  const text = json.text.slice(start + 1, end - 1);
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}
