/**
 * Cuts `examples/snapshot` from a recorded index: the projects that `web-app.in` can reach, the
 * newest versions of them whose metadata was recorded, and the files that common machines install.
 * Of the metadata the fields stay that say what a package is and needs, under a hash of their own.
 *
 * Usage: node examples/cut-snapshot.ts [DIRECTORY], by default `../shared/snapshot/data`, which holds
 * `simple.zip` (`<name>.json`) and `metadata.zip` (`<name>/<filename>.metadata`).
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  compareVersions,
  formatVersion,
  markerMentionsExtra,
  normalizeName,
  parseRequirement,
  type Requirement,
} from '@pyplan/markers';
import {
  bestWheel,
  type DistributionFilename,
  parseMetadata,
  type TagPlatform,
  type TagSet,
  tagsFor,
  tryParseDistributionFilename,
} from '@pyplan/wheel-meta';
import { unzipSync } from 'fflate';

interface PageFile {
  readonly filename: string;
  readonly 'upload-time': string;
  readonly 'core-metadata'?: boolean | Readonly<Record<string, string>>;
}

interface Page {
  readonly meta: unknown;
  readonly name: string;
  readonly files: readonly PageFile[];
}

/** A file of a project with what its name says. */
interface NamedFile {
  readonly file: PageFile;
  readonly named: Exclude<DistributionFilename, { kind: 'other' }>;
}

/** So many of the newest recorded versions of a project are kept, of those uploaded since; always the newest. */
const versionsKept = 4;
const uploadedSince = '2023-01-01';

const platforms: readonly TagPlatform[] = [
  { kind: 'manylinux', arch: 'x86_64', version: [2, 28] },
  { kind: 'manylinux', arch: 'aarch64', version: [2, 28] },
  { kind: 'macos', arch: 'arm64', version: [13, 0] },
  { kind: 'macos', arch: 'x86_64', version: [13, 0] },
  { kind: 'windows', arch: 'win_amd64' },
  { kind: 'windows', arch: 'win_arm64' },
];

/** A wheel is kept where it is the best for one of these. */
const targets: readonly TagSet[] = ['3.10', '3.11', '3.12', '3.13', '3.14'].flatMap((python) =>
  platforms.map((platform) => tagsFor({ implementation: 'cpython', python, freeThreaded: false, platform })),
);

const data = process.argv[2] ?? fileURLToPath(new URL('../../shared/snapshot/data', import.meta.url));
const output = fileURLToPath(new URL('snapshot', import.meta.url));
const decoder = new TextDecoder();

function cut(): void {
  const pages = readFileSync(join(data, 'simple.zip'));
  const sidecars = unzipSync(readFileSync(join(data, 'metadata.zip')));
  rmSync(output, { recursive: true, force: true });
  const reached: Requirement[] = [...inputRequirements()];
  const written = new Map<string, readonly Uint8Array[]>();
  const extras = new Map<string, Set<string>>();
  // An extra may be asked for after its project was met, hence the requirement is looked at either way.
  for (const requirement of reached) {
    const name = normalizeName(requirement.name);
    const asked = extras.get(name) ?? new Set();
    const fresh = requirement.extras.map(normalizeName).filter((extra) => !asked.has(extra));
    extras.set(name, new Set([...asked, ...fresh]));
    const met = written.get(name);
    if (met !== undefined && fresh.length === 0) continue;
    const metadata = met ?? writeProject(name, pages, sidecars);
    written.set(name, metadata);
    reached.push(...metadata.flatMap((bytes) => requirementsIn(bytes, extras.get(name) ?? new Set())));
  }
  process.stdout.write(`${written.size} projects\n`);
}

function inputRequirements(): readonly Requirement[] {
  const text = readFileSync(new URL('web-app.in', import.meta.url), 'utf8');
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  return lines.filter((line) => line !== '').map((line) => parseRequirement(line));
}

/** Whatever some environment asks for; of extras, those asked for. */
function requirementsIn(metadata: Uint8Array, extras: ReadonlySet<string>): readonly Requirement[] {
  return parseMetadata(metadata)
    .requiresDist.map((text) => parseRequirement(text))
    .filter(({ marker, text }) => {
      if (marker === null || !markerMentionsExtra(marker)) return true;
      return [...text.matchAll(/extra\s*==\s*['"]([^'"]+)['"]/g)].some(([, extra = '']) =>
        extras.has(normalizeName(extra)),
      );
    });
}

/** Writes a project's page and sidecars and gives the metadata of its kept versions. */
function writeProject(
  name: string,
  pages: Uint8Array,
  sidecars: Readonly<Record<string, Uint8Array>>,
): readonly Uint8Array[] {
  const entry = `${name}.json`;
  const bytes = unzipSync(pages, { filter: (file) => file.name === entry })[entry];
  if (bytes === undefined) return [];
  const page: Page = JSON.parse(decoder.decode(bytes));
  const recorded = (file: PageFile): Uint8Array | undefined => sidecars[`${name}/${file.filename}.metadata`];
  const kept: PageFile[] = [];
  const metadata: Uint8Array[] = [];
  for (const [version, files] of newestVersions(page, recorded)) {
    // Of a version that was recorded in part, the other wheels get the metadata of a recorded one.
    const [some] = files.flatMap(({ file }) => recorded(file) ?? []);
    if (some === undefined) throw new Error(`${name} ${version} has no metadata`);
    for (const { file, named } of neededFiles(files)) {
      if (named.kind === 'wheel') {
        const sidecar = shortened(recorded(file) ?? some);
        writeFile(join(output, 'files', name, `${file.filename}.metadata`), sidecar);
        metadata.push(new TextEncoder().encode(sidecar));
        kept.push({
          ...file,
          'core-metadata': { sha256: createHash('sha256').update(sidecar).digest('hex') },
        });
      } else {
        kept.push(file);
      }
    }
  }
  const trimmed = { meta: page.meta, name: page.name, versions: versionsOf(kept, name), files: kept };
  writeFile(join(output, 'simple', name, 'index.json'), `${JSON.stringify(trimmed)}\n`);
  return metadata;
}

const keptFields = /^(Metadata-Version|Name|Version|Summary|Requires-Python|Requires-Dist|Provides-Extra): /;

function shortened(metadata: Uint8Array): string {
  const [headers = ''] = decoder.decode(metadata).split(/\r?\n\r?\n/);
  return `${headers
    .split(/\r?\n/)
    .filter((line) => keptFields.test(line))
    .join('\n')}\n`;
}

function newestVersions(
  page: Page,
  recorded: (file: PageFile) => Uint8Array | undefined,
): readonly (readonly [string, readonly NamedFile[]])[] {
  const byVersion = new Map<string, NamedFile[]>();
  for (const file of page.files) {
    const named = tryParseDistributionFilename(file.filename, page.name);
    if (named.kind === 'other') continue;
    const version = formatVersion(named.version);
    byVersion.set(version, [...(byVersion.get(version) ?? []), { file, named }]);
  }
  return [...byVersion]
    .filter(([, files]) => files.some(({ file }) => recorded(file) !== undefined))
    .toSorted(([, a], [, b]) => compareFiles(b, a))
    .slice(0, versionsKept)
    .filter(
      ([, files], index) => index === 0 || files.some(({ file }) => file['upload-time'] >= uploadedSince),
    )
    .toReversed();
}

function compareFiles(a: readonly NamedFile[], b: readonly NamedFile[]): number {
  const [left, right] = [a[0]?.named.version, b[0]?.named.version];
  return left === undefined || right === undefined ? 0 : compareVersions(left, right);
}

/** The best wheel of each target, and the sdists. */
function neededFiles(files: readonly NamedFile[]): readonly NamedFile[] {
  const wheels = files.flatMap(({ file, named }) => (named.kind === 'wheel' ? [{ ...named, file }] : []));
  const best = new Set(targets.map((target) => bestWheel(wheels, target)?.file));
  return files.filter(({ file, named }) => named.kind === 'sdist' || best.has(file));
}

function versionsOf(files: readonly PageFile[], name: string): readonly string[] {
  const versions = files.flatMap(({ filename }) => {
    const named = tryParseDistributionFilename(filename, name);
    return named.kind === 'other' ? [] : [formatVersion(named.version)];
  });
  return [...new Set(versions)];
}

function writeFile(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

cut();
