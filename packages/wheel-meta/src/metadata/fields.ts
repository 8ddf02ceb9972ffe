import type { Metadata } from './metadata.ts';

/** A field of `Metadata`. */
export type MetadataField = Exclude<keyof Metadata, 'unparsed'>;

/** What the specification says of a field. */
export interface FieldSpec {
  readonly field: MetadataField;
  /** The header's name in lower case. */
  readonly header: string;
  /** The Metadata-Version that introduced it. */
  readonly since: string;
}

/** The metadata versions there are, oldest first. 2.0 was used but never accepted (PEP 426). */
export const metadataVersions: readonly string[] = [
  '1.0',
  '1.1',
  '1.2',
  '2.1',
  '2.2',
  '2.3',
  '2.4',
  '2.5',
  '2.6',
];

/** Every field (Core metadata specifications). */
export const fieldSpecs: readonly FieldSpec[] = [
  { field: 'metadataVersion', header: 'metadata-version', since: '1.0' },
  { field: 'name', header: 'name', since: '1.0' },
  { field: 'version', header: 'version', since: '1.0' },
  { field: 'dynamic', header: 'dynamic', since: '2.2' },
  { field: 'platforms', header: 'platform', since: '1.0' },
  { field: 'supportedPlatforms', header: 'supported-platform', since: '1.1' },
  { field: 'summary', header: 'summary', since: '1.0' },
  { field: 'description', header: 'description', since: '1.0' },
  { field: 'descriptionContentType', header: 'description-content-type', since: '2.1' },
  { field: 'keywords', header: 'keywords', since: '1.0' },
  { field: 'homePage', header: 'home-page', since: '1.0' },
  { field: 'downloadUrl', header: 'download-url', since: '1.1' },
  { field: 'author', header: 'author', since: '1.0' },
  { field: 'authorEmail', header: 'author-email', since: '1.0' },
  { field: 'maintainer', header: 'maintainer', since: '1.2' },
  { field: 'maintainerEmail', header: 'maintainer-email', since: '1.2' },
  { field: 'license', header: 'license', since: '1.0' },
  { field: 'licenseExpression', header: 'license-expression', since: '2.4' },
  { field: 'licenseFiles', header: 'license-file', since: '2.4' },
  { field: 'classifiers', header: 'classifier', since: '1.1' },
  { field: 'requiresDist', header: 'requires-dist', since: '1.2' },
  { field: 'requiresPython', header: 'requires-python', since: '1.2' },
  { field: 'requiresExternal', header: 'requires-external', since: '1.2' },
  { field: 'projectUrls', header: 'project-url', since: '1.2' },
  { field: 'providesExtra', header: 'provides-extra', since: '2.1' },
  { field: 'providesDist', header: 'provides-dist', since: '1.2' },
  { field: 'obsoletesDist', header: 'obsoletes-dist', since: '1.2' },
  { field: 'importNames', header: 'import-name', since: '2.5' },
  { field: 'importNamespaces', header: 'import-namespace', since: '2.5' },
  { field: 'requires', header: 'requires', since: '1.1' },
  { field: 'provides', header: 'provides', since: '1.1' },
  { field: 'obsoletes', header: 'obsoletes', since: '1.1' },
];

/** Names of the fields in lower case. */
export const fieldHeaders: ReadonlySet<string> = new Set(fieldSpecs.map(({ header }) => header));

/** Whether the metadata gives the field. */
export function hasField(metadata: Metadata, field: MetadataField): boolean {
  const value = metadata[field];
  if (value === null) return false;
  if (typeof value === 'string' || field === 'importNames') return true;
  return value instanceof Map ? value.size > 0 : (value as readonly string[]).length > 0;
}

/** A raw field in plain data, as JSON can hold it. */
export type RawField = string | readonly string[] | Readonly<Record<string, string>>;

/** The fields that are given, under the names of `packaging.metadata.RawMetadata` (`requires_dist`). */
export function rawFields(metadata: Metadata): Readonly<Record<string, RawField>> {
  const entries: (readonly [string, RawField])[] = [];
  for (const { field } of fieldSpecs) {
    const value = metadata[field];
    if (value === null || !hasField(metadata, field)) continue;
    const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    entries.push([name, isMap(value) ? Object.fromEntries(value) : value]);
  }
  return Object.fromEntries(entries);
}

function isMap(value: Metadata[MetadataField]): value is ReadonlyMap<string, string> {
  return value instanceof Map;
}
