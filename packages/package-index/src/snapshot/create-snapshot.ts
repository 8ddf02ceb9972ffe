import { hash } from 'node:crypto';
import { type IndexFile, type PackageSource, type ProjectPage, SourceError } from '@pyplan/resolver';
import { BadArchiveError, RemoteArchiveError, type TagSet } from '@pyplan/wheel-meta';
import type { HttpClient } from '../http/client.ts';
import { fileBytes, metadataBytes } from './file-bytes.ts';
import { recordingSource } from './recording-source.ts';
import { selectFiles } from './select-files.ts';
import { htmlPage, jsonPage, projectList, type SnapshotFile } from './snapshot-page.ts';
import { type Staging, stageDirectory } from './stage-directory.ts';

export interface CreateSnapshotOptions {
  /** Replaced as a whole where it is there. */
  readonly directory: string;
  /** Where pages and metadata come from. */
  readonly source: PackageSource;
  /** For sidecars and files that lie on a server. */
  readonly client: HttpClient;
  /** Resolves what the snapshot is for, through the source it is given; gives the files of the plans. */
  readonly resolve: (source: PackageSource) => Promise<readonly IndexFile[]>;
  /** Tags of the targets. */
  readonly tags: readonly TagSet[];
  /** Every version that fits a target, not only those that decide and their neighbours. */
  readonly allVersions?: boolean;
  /** Versions kept on either side of one that decides. */
  readonly neighbours?: number;
  /** The files of the plans as well. */
  readonly withFiles?: boolean;
  /** What the snapshot was made for, as JSON; `snapshot.json` keeps it for an update. */
  readonly request?: unknown;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SnapshotReport {
  readonly projects: number;
  /** Files listed. */
  readonly files: number;
  readonly sidecars: number;
  /** Whole files held. */
  readonly held: number;
  /** Of everything written. */
  readonly bytes: number;
  /** Files that were left out since their metadata can't be read, with the reason. */
  readonly leftOut: readonly { readonly filename: string; readonly reason: string }[];
}

/** Version of the layout. */
export const SNAPSHOT_FORMAT = 1;

/** Fetches under way at once. */
const CONCURRENCY = 24;

/**
 * Writes a closed snapshot: a directory that any static web server serves as an index, with all that the
 * resolution looked at, the versions beside it, and each wheel's sidecar. The same index and the same request
 * give the same bytes. The directory is replaced in one step, or not at all.
 *
 * @throws {SourceError}
 */
export async function createSnapshot(options: CreateSnapshotOptions): Promise<SnapshotReport> {
  const recording = recordingSource(options.source);
  const planned = new Set(await options.resolve(recording.source));
  const names = [...recording.pages.keys()].sort();
  const staging = stageDirectory(options.directory);
  try {
    const report = await fill(staging, names, planned, options, recording.pages, recording.consulted);
    staging.commit();
    return report;
  } catch (error) {
    staging.discard();
    throw error;
  }
}

async function fill(
  staging: Staging,
  names: readonly string[],
  planned: ReadonlySet<IndexFile>,
  options: CreateSnapshotOptions,
  pages: ReadonlyMap<string, ProjectPage>,
  consulted: ReadonlyMap<string, ReadonlySet<IndexFile>>,
): Promise<SnapshotReport> {
  const { client, tags, neighbours = 2, allVersions = false, onProgress } = options;
  const signal = options.signal ?? new AbortController().signal;
  const { default: Queue } = await import('p-queue');
  const queue = new Queue({ concurrency: CONCURRENCY });
  const leftOut: { filename: string; reason: string }[] = [];
  const counts = { files: 0, sidecars: 0, held: 0 };
  let total = 0;
  let done = 0;
  const addFile = async (name: string, file: IndexFile): Promise<SnapshotFile | null> => {
    const sidecar = await readSidecar(file, client, signal);
    onProgress?.(++done, total);
    if (typeof sidecar === 'string') {
      leftOut.push({ filename: file.filename, reason: sidecar });
      return null;
    }
    staging.write(`files/${name}/${file.filename}.metadata`, sidecar);
    counts.sidecars++;
    if (options.withFiles === true && planned.has(file)) {
      staging.write(`files/${name}/${file.filename}`, await fileBytes(file, client, signal));
      counts.held++;
    }
    return { file, sidecar: { sha256: hash('sha256', sidecar) } };
  };
  const work = names.map((name) => {
    const page = pages.get(name);
    const needed = new Set([...(consulted.get(name) ?? []), ...planned]);
    const files = page === undefined ? [] : selectFiles(page, { tags, needed, neighbours, allVersions });
    total += files.length;
    return { name, page, files };
  });
  await Promise.all(
    work.map(async ({ name, page, files }) => {
      if (page === undefined) return;
      const added = await Promise.all(files.map((file) => queue.add(() => addFile(name, file), { signal })));
      const listed = added.filter((file) => file !== null);
      const filenames = new Set(listed.map(({ file }) => file.filename));
      const versions = page.versions
        .filter((_, index) => page.filesOf(index).some((file) => filenames.has(file.filename)))
        .map((version) => version.text);
      const project = { name, versions, files: listed, status: page.status };
      staging.write(`simple/${name}/index.json`, jsonPage(project));
      staging.write(`simple/${name}/index.html`, htmlPage(project));
      counts.files += listed.length;
    }),
  );
  const list = projectList(names);
  staging.write('simple/index.json', list.json);
  staging.write('simple/index.html', list.html);
  staging.write(
    'snapshot.json',
    `${JSON.stringify({ format: SNAPSHOT_FORMAT, request: options.request ?? null }, null, 1)}\n`,
  );
  const sorted = leftOut.sort((a, b) => (a.filename < b.filename ? -1 : 1));
  return { projects: names.length, ...counts, bytes: staging.bytes(), leftOut: sorted };
}

/** The metadata, or why it can't be had. */
async function readSidecar(
  file: IndexFile,
  client: HttpClient,
  signal: AbortSignal,
): Promise<Uint8Array | string> {
  try {
    return (await metadataBytes(file, client, signal)) ?? 'it has no metadata';
  } catch (error) {
    if (error instanceof BadArchiveError) return error.message;
    if (error instanceof RemoteArchiveError && error.kind === 'missing') return error.message;
    if (!(error instanceof RemoteArchiveError)) throw error;
    throw new SourceError(error.message, { kind: 'unreachable', url: error.url, cause: error });
  }
}
