import type { IndexFile, PassedOverFile } from '@pyplan/resolver';
import { Parser } from 'htmlparser2';
import { withoutCredentials } from '../http/url.ts';
import { checkApiVersion } from './api-version.ts';
import { indexFile } from './file-entry.ts';
import { groupFiles } from './group-files.ts';
import { PageError } from './page-error.ts';
import type { PageOrigin, PageRecord } from './page-record.ts';
import { projectStatus } from './project-status.ts';

/** The attributes that mean something on an anchor, a base or a meta element. */
type Attributes = Readonly<
  Partial<
    Record<
      | 'href'
      | 'name'
      | 'content'
      | 'data-requires-python'
      | 'data-yanked'
      | 'data-core-metadata'
      | 'data-dist-info-metadata'
      | 'dist-info-metadata'
      | 'data-provenance',
      string
    >
  >
>;

interface HtmlPage {
  readonly anchors: readonly Attributes[];
  /** The first `<base href>`. */
  readonly base: string | null;
  /** By name in lower case; the first of each. */
  readonly meta: ReadonlyMap<string, string>;
  readonly related: readonly string[];
}

/**
 * Reads a project page in HTML (PEP 503, with PEP 592, 629, 658, 708, 714, 740 and 792): its files become
 * the objects that a page in JSON would have.
 *
 * @throws {PageError} on anything that is no page.
 */
export function readHtmlPage(bytes: Buffer, charset: string | null, origin: PageOrigin): PageRecord {
  const page = parseHtml(decode(bytes, charset));
  checkApiVersion(page.meta.get('pypi:repository-version'));
  const base = baseUrl(page.base, origin.url);
  const names: string[] = [];
  const pieces: string[] = [];
  const broken: PassedOverFile[] = [];
  for (const anchor of page.anchors) {
    const file = anchorFile(anchor, base);
    if (file === null) continue;
    if (typeof file === 'string') {
      broken.push({ filename: file, reason: 'the index gives a link that is no URL' });
      continue;
    }
    names.push(file.filename);
    pieces.push(JSON.stringify(file));
  }
  const groups = groupFiles(origin.name, names);
  const passedOver = [...broken, ...groups.passedOver];
  return {
    name: origin.name,
    versions: groups.versions,
    slice: (index) => (groups.members[index] ?? []).map((member) => pieces[member]).join(','),
    passedOver: () => passedOver,
    status: projectStatus({
      status: page.meta.get('pypi:project-status'),
      reason: page.meta.get('pypi:project-status-reason'),
    }),
    related: page.related,
    base,
    index: origin.index,
    digest: origin.digest,
  };
}

/**
 * The files that any page links to, whatever the project (pip's find-links).
 *
 * @throws {PageError}
 */
export function readLinks(bytes: Buffer, url: string): readonly IndexFile[] {
  const page = parseHtml(decode(bytes, null));
  const base = baseUrl(page.base, url);
  return page.anchors.flatMap((anchor) => {
    const file = anchorFile(anchor, base);
    return file === null || typeof file === 'string' ? [] : [indexFile(file, base)];
  });
}

/**
 * The names that the links of a project list go to: the last part of each address.
 *
 * @throws {PageError}
 */
export function readProjectLinks(bytes: Buffer): readonly string[] {
  const page = parseHtml(decode(bytes, null));
  checkApiVersion(page.meta.get('pypi:repository-version'));
  return page.anchors.flatMap(({ href }) => {
    const name = /([^/]+)\/*$/.exec((href ?? '').replace(/[?#].*$/s, ''))?.[1];
    return name === undefined ? [] : [name];
  });
}

function decode(bytes: Buffer, charset: string | null): string {
  try {
    return new TextDecoder(charset ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new PageError(`the page is not ${charset ?? 'UTF-8'}`, { cause });
  }
}

/** The anchors of a document, and what its head says. */
export function parseHtml(text: string): HtmlPage {
  const anchors: Attributes[] = [];
  const meta = new Map<string, string>();
  const related: string[] = [];
  let base: string | null = null;
  const parser = new Parser({
    onopentag: (name, attributes: Attributes) => {
      switch (name) {
        case 'a':
          anchors.push(attributes);
          break;
        case 'base':
          base ??= attributes.href ?? null;
          break;
        case 'meta': {
          const key = attributes.name?.toLowerCase();
          if (key === undefined) break;
          if (key === 'pypi:tracks' || key === 'pypi:alternate-locations')
            related.push(attributes.content ?? '');
          if (!meta.has(key)) meta.set(key, attributes.content ?? '');
          break;
        }
        default:
      }
    },
  });
  parser.end(text);
  return { anchors, base, meta, related };
}

function baseUrl(href: string | null, page: string): string {
  const url = href === null ? null : URL.parse(href.trim(), page);
  return url === null ? page : withoutCredentials(url.href);
}

/** A file as PEP 691 has it. */
interface FileObject {
  readonly filename: string;
  readonly url: string;
  readonly hashes: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** The file that an anchor links to; null for none, its text where the link is no URL. */
function anchorFile(anchor: Attributes, base: string): FileObject | string | null {
  const href = anchor.href?.trim();
  if (href === undefined || href === '' || href.startsWith('#')) return null;
  const url = URL.parse(href, base);
  if (url === null) return href;
  const filename = lastSegment(url.pathname);
  if (filename === '') return null;
  const hashes = fragmentHashes(url.hash);
  if (Object.keys(hashes).length > 0) url.hash = '';
  const requiresPython = anchor['data-requires-python'];
  const yanked = anchor['data-yanked'];
  const metadata =
    anchor['data-core-metadata'] ?? anchor['data-dist-info-metadata'] ?? anchor['dist-info-metadata'];
  const provenance = anchor['data-provenance'];
  return {
    filename,
    url: withoutCredentials(url.href),
    hashes,
    ...(requiresPython === undefined ? {} : { 'requires-python': requiresPython }),
    ...(yanked === undefined ? {} : { yanked: yanked === '' ? true : yanked }),
    ...(metadata === undefined ? {} : { 'core-metadata': metadataValue(metadata) }),
    ...(provenance === undefined ? {} : { provenance }),
  };
}

function lastSegment(pathname: string): string {
  const segment = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `#sha256=…`, perhaps among other parameters (PEP 503). */
function fragmentHashes(fragment: string): Readonly<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const part of fragment.slice(1).split('&')) {
    const match = /^(sha\d+|sha3_\d+|blake2[bs]|md5)=([0-9a-fA-F]+)$/.exec(part);
    if (match?.[1] !== undefined && match[2] !== undefined) hashes[match[1]] = match[2].toLowerCase();
  }
  return hashes;
}

/** `true`, or the digests of the sidecar (PEP 714). */
function metadataValue(value: string): boolean | Readonly<Record<string, string>> {
  const hashes = fragmentHashes(`#${value.trim()}`);
  if (Object.keys(hashes).length > 0) return hashes;
  return value.trim().toLowerCase() !== 'false';
}
