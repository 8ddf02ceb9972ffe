import { createHash } from 'node:crypto';
import type { Hashes } from '@pyplan/resolver';
import type { Metadata } from '@pyplan/wheel-meta';
import { compareText, type LockedPackage, type LockedSet } from '../locked-set.ts';
import { purlWriter } from './purl.ts';

/** What a bill of materials says beyond the lock. */
export interface CyclonedxOptions {
  /** Default: 1.6. */
  readonly specVersion?: '1.6' | '1.7';
  /** What the packages are for: the project. Default: nothing is said of it. */
  readonly project?: { readonly name: string; readonly version: string | null };
  /** The version of pyplan, for the tools that made it. */
  readonly toolVersion?: string;
  /** ISO 8601, in UTC. Default: none, so that the same lock gives the same bytes. */
  readonly timestamp?: string;
  /** The core metadata of a package, for licences and description. Default: not known. */
  readonly metadataOf?: (item: LockedPackage) => Metadata | null;
  /** The index whose packages need no `repository_url` in their purl. Default: every index is named. */
  readonly defaultIndex?: string;
}

/**
 * A lock as a CycloneDX bill of materials in JSON: components with purls, hashes and licences, and the graph of
 * dependencies. The same lock gives the same text; the serial number comes from the components.
 */
export async function writeCyclonedx(lock: LockedSet, options: CyclonedxOptions = {}): Promise<string> {
  const { specVersion = '1.6', defaultIndex = null } = options;
  const purl = await purlWriter(defaultIndex);
  const refs = new Map(lock.packages.map((item) => [item, purl(item)]));
  const components = lock.packages.map((item) => component(item, refs.get(item) ?? '', options));
  const root = options.project === undefined ? null : projectComponent(options.project);
  const graph = dependencyGraph(lock, refs, root === null ? null : root['bom-ref']);
  const body = { components, dependencies: graph };
  const bom = {
    $schema: `http://cyclonedx.org/schema/bom-${specVersion}.schema.json`,
    bomFormat: 'CycloneDX',
    specVersion,
    serialNumber: serialNumber(JSON.stringify(body)),
    version: 1,
    metadata: {
      ...(options.timestamp === undefined ? {} : { timestamp: options.timestamp }),
      lifecycles: [{ phase: 'pre-build' }],
      tools: { components: [tool(options.toolVersion)] },
      ...(root === null ? {} : { component: root }),
    },
    ...body,
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function tool(version: string | undefined): object {
  return { type: 'application', name: 'pyplan', ...(version === undefined ? {} : { version }) };
}

interface ProjectComponent {
  readonly type: 'application';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version?: string;
}

function projectComponent(project: {
  readonly name: string;
  readonly version: string | null;
}): ProjectComponent {
  const { name, version } = project;
  return { type: 'application', 'bom-ref': 'project', name, ...(version === null ? {} : { version }) };
}

function component(item: LockedPackage, ref: string, options: CyclonedxOptions): object {
  const metadata = options.metadataOf?.(item) ?? null;
  const licenses = metadata === null ? [] : licencesOf(metadata);
  const properties = propertiesOf(item);
  const references = referencesOf(item);
  const [only, ...others] = item.files;
  const hashes = only === undefined || others.length > 0 ? [] : hashList(only.hashes);
  return {
    type: 'library',
    'bom-ref': ref,
    name: item.name,
    ...(item.version === null ? {} : { version: item.version }),
    ...(metadata?.summary ? { description: metadata.summary } : {}),
    scope: item.marker === null ? 'required' : 'optional',
    ...(hashes.length === 0 ? {} : { hashes }),
    ...(licenses.length === 0 ? {} : { licenses }),
    purl: ref,
    ...(references.length === 0 ? {} : { externalReferences: references }),
    ...(properties.length === 0 ? {} : { properties }),
  };
}

/** An SPDX expression where the metadata has one, else the text of the licence, else what the classifiers say. */
function licencesOf(metadata: Metadata): readonly object[] {
  if (metadata.licenseExpression) return [{ expression: metadata.licenseExpression }];
  const line = metadata.license?.split('\n', 1)[0]?.trim() ?? '';
  if (line !== '' && line !== 'UNKNOWN') return [{ license: { name: line } }];
  const names = metadata.classifiers
    .filter((text) => text.startsWith('License ::'))
    .map((text) => text.split(' :: ').at(-1) ?? text);
  return [...new Set(names)].map((name) => ({ license: { name } }));
}

function referencesOf(item: LockedPackage): readonly object[] {
  return item.files.flatMap((file) => {
    if (file.location === null) return [];
    const url = file.location.kind === 'url' ? file.location.url : file.location.path;
    const hashes = hashList(file.hashes);
    return [
      { type: 'distribution', url, comment: file.filename, ...(hashes.length === 0 ? {} : { hashes }) },
    ];
  });
}

function propertiesOf(item: LockedPackage): readonly object[] {
  return [
    ...(item.marker === null ? [] : [{ name: 'pyplan:marker', value: item.marker }]),
    ...(item.requiresPython === null ? [] : [{ name: 'pyplan:requires-python', value: item.requiresPython }]),
    ...item.extras.map((extra) => ({ name: 'pyplan:extra', value: extra })),
  ];
}

/** Hash names as CycloneDX has them; what it does not know is left out. */
const algorithms: ReadonlyMap<string, { readonly alg: string; readonly digits: number }> = new Map([
  ['md5', { alg: 'MD5', digits: 32 }],
  ['sha1', { alg: 'SHA-1', digits: 40 }],
  ['sha256', { alg: 'SHA-256', digits: 64 }],
  ['sha384', { alg: 'SHA-384', digits: 96 }],
  ['sha512', { alg: 'SHA-512', digits: 128 }],
  ['sha3_256', { alg: 'SHA3-256', digits: 64 }],
  ['sha3_384', { alg: 'SHA3-384', digits: 96 }],
  ['sha3_512', { alg: 'SHA3-512', digits: 128 }],
  ['blake2b_256', { alg: 'BLAKE2b-256', digits: 64 }],
]);

function hashList(hashes: Hashes): readonly object[] {
  return Object.entries(hashes)
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([name, content]) => {
      const known = algorithms.get(name);
      const isWhole = known !== undefined && content.length === known.digits && /^[0-9a-f]+$/i.test(content);
      return isWhole ? [{ alg: known.alg, content }] : [];
    });
}

/** What each component needs, and what the user asked for under the project. */
function dependencyGraph(
  lock: LockedSet,
  refs: ReadonlyMap<LockedPackage, string>,
  rootRef: string | null,
): readonly object[] {
  const byName = Map.groupBy(lock.packages, (item) => item.name);
  const entries = lock.packages.map((item) => {
    const needed = (item.dependencies ?? []).flatMap(({ name, version }) =>
      (byName.get(name) ?? []).filter((other) => version === null || other.version === version),
    );
    return entry(refs.get(item) ?? '', needed, refs);
  });
  if (rootRef === null) return entries;
  const asked = lock.packages.filter((item) => item.demands.some((demand) => demand.from === null));
  return [entry(rootRef, asked, refs), ...entries];
}

function entry(
  ref: string,
  needed: readonly LockedPackage[],
  refs: ReadonlyMap<LockedPackage, string>,
): object {
  const dependsOn = [...new Set(needed.map((item) => refs.get(item) ?? ''))].sort(compareText);
  return { ref, ...(dependsOn.length === 0 ? {} : { dependsOn }) };
}

/** A UUID (version 8) made of the content's SHA-256. */
function serialNumber(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}
