import { strip } from '../bytes/text.ts';
import { type HeaderFields, readHeaderFields } from './headers.ts';

/**
 * A distribution's core metadata, raw: METADATA of a wheel, PKG-INFO of an sdist (Core metadata
 * specifications, 1.0 to 2.6).
 *
 * A field that may be given once is null where it is absent; one that may be given several times is
 * empty. Nothing is validated: see `validateMetadata`.
 */
export interface Metadata {
  readonly metadataVersion: string | null;
  readonly name: string | null;
  readonly version: string | null;
  readonly dynamic: readonly string[];
  readonly platforms: readonly string[];
  readonly supportedPlatforms: readonly string[];
  readonly summary: string | null;
  /** From the header, or from the body that follows the headers (2.1). */
  readonly description: string | null;
  readonly descriptionContentType: string | null;
  /** The parts between commas. */
  readonly keywords: readonly string[];
  readonly homePage: string | null;
  readonly downloadUrl: string | null;
  readonly author: string | null;
  readonly authorEmail: string | null;
  readonly maintainer: string | null;
  readonly maintainerEmail: string | null;
  readonly license: string | null;
  readonly licenseExpression: string | null;
  readonly licenseFiles: readonly string[];
  readonly classifiers: readonly string[];
  readonly requiresDist: readonly string[];
  readonly requiresPython: string | null;
  readonly requiresExternal: readonly string[];
  /** By label, in order. */
  readonly projectUrls: ReadonlyMap<string, string>;
  readonly providesExtra: readonly string[];
  readonly providesDist: readonly string[];
  readonly obsoletesDist: readonly string[];
  /** Null: not said; empty: the distribution has nothing to import (2.5, PEP 794). */
  readonly importNames: readonly string[] | null;
  readonly importNamespaces: readonly string[];
  readonly requires: readonly string[];
  readonly provides: readonly string[];
  readonly obsoletes: readonly string[];
  /**
   * By header name in lower case, what is no field, is repeated though it may stand once, or is not
   * UTF-8 (then as Latin-1).
   */
  readonly unparsed: ReadonlyMap<string, readonly string[]>;
}

/** Takes fields out of headers, moving to `unparsed` what it can't take. */
interface FieldReader {
  once(header: string): string | null;
  many(header: string): readonly string[];
  keywords(): readonly string[];
  projectUrls(): ReadonlyMap<string, string>;
  importNames(): readonly string[] | null;
  description(): string | null;
  /** What no call above has taken. */
  rest(): ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads core metadata from its text, or from bytes in UTF-8. Never throws.
 *
 * Equal to `packaging.metadata.parse_email`, field by field.
 */
export function parseMetadata(input: string | Uint8Array): Metadata {
  const read = fieldReader(readHeaderFields(input));
  return {
    metadataVersion: read.once('metadata-version'),
    name: read.once('name'),
    version: read.once('version'),
    dynamic: read.many('dynamic'),
    platforms: read.many('platform'),
    supportedPlatforms: read.many('supported-platform'),
    summary: read.once('summary'),
    description: read.description(),
    descriptionContentType: read.once('description-content-type'),
    keywords: read.keywords(),
    homePage: read.once('home-page'),
    downloadUrl: read.once('download-url'),
    author: read.once('author'),
    authorEmail: read.once('author-email'),
    maintainer: read.once('maintainer'),
    maintainerEmail: read.once('maintainer-email'),
    license: read.once('license'),
    licenseExpression: read.once('license-expression'),
    licenseFiles: read.many('license-file'),
    classifiers: read.many('classifier'),
    requiresDist: read.many('requires-dist'),
    requiresPython: read.once('requires-python'),
    requiresExternal: read.many('requires-external'),
    projectUrls: read.projectUrls(),
    providesExtra: read.many('provides-extra'),
    providesDist: read.many('provides-dist'),
    obsoletesDist: read.many('obsoletes-dist'),
    importNames: read.importNames(),
    importNamespaces: read.many('import-namespace'),
    requires: read.many('requires'),
    provides: read.many('provides'),
    obsoletes: read.many('obsoletes'),
    unparsed: read.rest(),
  };
}

function fieldReader(fields: HeaderFields): FieldReader {
  // What is left in the map in the end could not be taken.
  const left = fields.values;
  const many = (header: string): readonly string[] => {
    const values = left.get(header);
    if (values === undefined || fields.undecodable.has(header)) return [];
    left.delete(header);
    return values;
  };
  const once = (header: string): string | null => {
    const [value, second] = left.get(header) ?? [];
    if (value === undefined || second !== undefined || fields.undecodable.has(header)) return null;
    left.delete(header);
    return value;
  };
  const projectUrls = (): ReadonlyMap<string, string> => {
    const values = left.get('project-url') ?? [];
    const urls = splitProjectUrls(values);
    if (urls === null || fields.undecodable.has('project-url')) return new Map();
    left.delete('project-url');
    return urls;
  };
  const description = (): string | null => {
    const header = once('description');
    if (fields.body === '') return header;
    const unparsed = left.get('description') ?? [];
    if (!fields.bodyDecodable) {
      left.set('description', [...unparsed, fields.body]);
      return header;
    }
    if (header === null && unparsed.length === 0) return fields.body;
    left.set('description', [...(header === null ? unparsed : [header]), fields.body]);
    return null;
  };
  return {
    once,
    many,
    keywords: () => once('keywords')?.split(',').map(strip) ?? [],
    projectUrls,
    importNames: () => {
      if (!left.has('import-name') || fields.undecodable.has('import-name')) return null;
      const names = many('import-name');
      return names.length === 1 && names[0] === '' ? [] : names;
    },
    description,
    rest: () => left,
  };
}

/** `label, url` pairs; null where a label comes twice. */
function splitProjectUrls(values: readonly string[]): ReadonlyMap<string, string> | null {
  const urls = new Map<string, string>();
  for (const pair of values) {
    const comma = pair.indexOf(',');
    const label = strip(comma === -1 ? pair : pair.slice(0, comma));
    if (urls.has(label)) return null;
    urls.set(label, comma === -1 ? '' : strip(pair.slice(comma + 1)));
  }
  return urls;
}
