import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalizeName } from '@pyplan/markers';
import { type IndexFile, type ProjectPage, SourceError } from '@pyplan/resolver';
import { verifyHashes } from '../simple/verify-hashes.ts';
import { snapshotSource } from '../source/snapshot-source.ts';

/** Something that is not as it should be. */
export interface SnapshotFinding {
  readonly kind:
    | 'bad-page'
    | 'bad-name'
    | 'missing-sidecar'
    | 'bad-sidecar'
    | 'bad-file'
    | 'bad-size'
    | 'outside'
    | 'stray';
  /** Relative to the snapshot, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface SnapshotVerdict {
  readonly projects: number;
  readonly files: number;
  readonly held: number;
  readonly findings: readonly SnapshotFinding[];
}

/**
 * Checks a snapshot: each page reads, each URL stays inside, each wheel has its sidecar, sidecars and held files
 * have the digests that the pages give, and nothing lies about that no page lists.
 *
 * @throws {SourceError} where the directory is no snapshot.
 */
export async function verifySnapshot(directory: string): Promise<SnapshotVerdict> {
  const root = resolve(directory);
  const source = snapshotSource(root);
  const findings: SnapshotFinding[] = [];
  const expected = new Set<string>();
  let files = 0;
  let held = 0;
  const names = foldersIn(join(root, 'simple'));
  for (const name of names) {
    const path = `simple/${name}`;
    if (normalizeName(name) !== name) {
      findings.push({
        kind: 'bad-name',
        path,
        text: `the name is not normalised; expected ${normalizeName(name)}`,
      });
      continue;
    }
    const page = await readPage(source, name, path, findings);
    if (page === null) continue;
    for (const file of page.versions.flatMap((_, index) => page.filesOf(index))) {
      files++;
      if (checkFile(root, name, file, expected, findings)) held++;
    }
  }
  for (const path of filesUnder(root, 'files')) {
    if (!expected.has(path)) findings.push({ kind: 'stray', path, text: 'no page lists it' });
  }
  return { projects: names.length, files, held, findings };
}

async function readPage(
  source: ReturnType<typeof snapshotSource>,
  name: string,
  path: string,
  findings: SnapshotFinding[],
): Promise<ProjectPage | null> {
  try {
    const page = await source.page(name);
    if (page === null)
      findings.push({ kind: 'bad-page', path, text: 'there is no index.json and no index.html' });
    return page;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    findings.push({ kind: 'bad-page', path, text: error.message });
    return null;
  }
}

/** Checks one listed file; whether it is held whole. */
function checkFile(
  root: string,
  name: string,
  file: IndexFile,
  expected: Set<string>,
  findings: SnapshotFinding[],
): boolean {
  const archive = file.url.startsWith('file:') ? fileURLToPath(file.url) : null;
  const path = archive === null ? file.url : relative(root, archive).split(sep).join('/');
  if (archive === null || !path.startsWith(`files/${name}/`)) {
    findings.push({
      kind: 'outside',
      path: `simple/${name}`,
      text: `the URL of ${file.filename} leads out of the snapshot`,
    });
    return false;
  }
  expected.add(path).add(`${path}.metadata`);
  checkSidecar(`${archive}.metadata`, `${path}.metadata`, file, existsSync(archive), findings);
  if (!existsSync(archive)) return false;
  const bytes = readFileSync(archive);
  const mismatch = verifyHashes(bytes, file.hashes);
  if (mismatch !== null)
    findings.push({
      kind: 'bad-file',
      path,
      text: `${mismatch.algorithm} is ${mismatch.found}; expected ${mismatch.expected}`,
    });
  if (file.size !== null && file.size !== bytes.length) {
    findings.push({ kind: 'bad-size', path, text: `${bytes.length} bytes; expected ${file.size}` });
  }
  return true;
}

function checkSidecar(
  sidecar: string,
  path: string,
  file: IndexFile,
  isHeld: boolean,
  findings: SnapshotFinding[],
): void {
  const isThere = existsSync(sidecar);
  if (!isThere && (file.coreMetadata !== false || !isHeld)) {
    findings.push({
      kind: 'missing-sidecar',
      path,
      text: `${file.filename} has neither metadata nor itself in the snapshot`,
    });
  }
  if (!isThere || typeof file.coreMetadata !== 'object') return;
  const mismatch = verifyHashes(readFileSync(sidecar), file.coreMetadata);
  if (mismatch !== null) {
    findings.push({
      kind: 'bad-sidecar',
      path,
      text: `${mismatch.algorithm} is ${mismatch.found}; expected ${mismatch.expected}`,
    });
  }
}

function foldersIn(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Paths relative to `root`, with slashes, sorted. */
export function filesUnder(root: string, folder: string): readonly string[] {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
