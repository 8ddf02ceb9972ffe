import type { FileMetadata, IndexFile, ProjectPage } from '../package-source.ts';
import type { EvidenceFile, EvidenceProject } from './document.ts';
import { withoutCredentials } from './inputs.ts';

/** Projects and files that an evidence speaks of, each told once whatever speaks of it. */
export interface Ledger {
  /** Notes a project; `page` null where the index has none. */
  project(key: string, page: ProjectPage | null, withVersions: boolean): void;
  /** Notes a file with its metadata; of its requirements those told, or all. */
  file(
    key: string,
    version: string,
    file: IndexFile,
    metadata: FileMetadata,
    lines: ReadonlySet<string> | 'all',
  ): void;
  /** What was noted, by key. */
  projects(): Readonly<Record<string, EvidenceProject>>;
}

interface NotedProject {
  readonly page: ProjectPage | null;
  withVersions: boolean;
  readonly files: Map<string, NotedFile>;
}

interface NotedFile {
  readonly version: string;
  readonly file: IndexFile;
  readonly metadata: FileMetadata;
  readonly lines: Set<string>;
  complete: boolean;
}

export function newLedger(): Ledger {
  const noted = new Map<string, NotedProject>();

  function project(key: string, page: ProjectPage | null, withVersions: boolean): void {
    const known = noted.get(key);
    if (known === undefined) noted.set(key, { page, withVersions, files: new Map() });
    else known.withVersions ||= withVersions;
  }

  return {
    project,
    file(key, version, file, metadata, lines) {
      const files = noted.get(key)?.files;
      if (files === undefined) throw new Error(`invariant: ${key} was not noted`);
      let entry = files.get(file.filename);
      if (entry === undefined) {
        entry = { version, file, metadata, lines: new Set(), complete: false };
        files.set(file.filename, entry);
      }
      if (lines === 'all') entry.complete = true;
      else for (const line of lines) entry.lines.add(line);
    },
    projects() {
      return Object.fromEntries(
        [...noted.keys()].sort().flatMap((key) => {
          const entry = noted.get(key);
          return entry === undefined ? [] : [[withoutCredentials(key), projectOf(entry)]];
        }),
      );
    },
  };
}

function projectOf({ page, withVersions, files }: NotedProject): EvidenceProject {
  const versions = page?.versions.map(({ text }) => text) ?? [];
  return {
    index: indexOf(page),
    page: page?.digest ?? null,
    status: page === null ? 'absent' : page.status.kind,
    versions: withVersions ? versions : null,
    files: Object.fromEntries(
      [...files.keys()].sort().flatMap((name) => {
        const entry = files.get(name);
        return entry === undefined ? [] : [[name, fileOf(entry)]];
      }),
    ),
  };
}

/** An index that others could ask too. */
function indexOf(page: ProjectPage | null): string | null {
  const index = page?.index ?? null;
  return index !== null && /^https?:/.test(index) ? withoutCredentials(index) : null;
}

function fileOf({ version, file, metadata, lines, complete }: NotedFile): EvidenceFile {
  const hashes = Object.entries(file.hashes).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    version,
    hashes: Object.fromEntries(hashes),
    size: file.size,
    uploadTime: file.uploadTime,
    requiresPython: file.requiresPython,
    yanked: file.yanked,
    metadata: metadata.digest,
    metadataPython: metadata.requiresPython,
    requires: complete ? metadata.requiresDist : metadata.requiresDist.filter((line) => lines.has(line)),
    complete,
  };
}
