import {
  type IndexFile,
  type PackageSource,
  type ProjectPage,
  projectPage,
  SourceError,
} from '@pyplan/resolver';
import { readResolutionMetadata } from '@pyplan/wheel-meta';
import { type RecordedFile, type RecordedSnapshot, sha256 } from './recorded-snapshot.ts';

/** Where a snapshot read in-process says that it is. */
export const recordedIndexUrl = 'http://localhost/simple';

/** A file as a page at `indexUrl` lists it. */
export function indexFile(name: string, file: RecordedFile, indexUrl: string): IndexFile {
  const { yanked = false } = file;
  return {
    filename: file.filename,
    url: new URL(file.url, `${indexUrl}/${name}/`).href,
    hashes: file.hashes,
    size: file.size ?? null,
    uploadTime: file['upload-time'] ?? null,
    requiresPython: file['requires-python'] ?? null,
    yanked: yanked === false ? null : yanked === true ? '' : yanked,
    coreMetadata: file['core-metadata'] ?? false,
  };
}

/** A source over a recorded snapshot that answers at once; what it read it keeps. */
export function recordedSource(snapshot: RecordedSnapshot): PackageSource {
  const pages = new Map<string, ProjectPage | null>();
  const readPage = (name: string): ProjectPage | null => {
    const bytes = snapshot.pageBytes(name);
    const page = snapshot.page(name);
    if (bytes === null || page === null) return null;
    return projectPage({
      name,
      files: page.files.map((file) => indexFile(name, file, recordedIndexUrl)),
      index: recordedIndexUrl,
      digest: sha256(bytes),
    });
  };
  return {
    page(name) {
      let page = pages.get(name);
      if (page === undefined) {
        page = readPage(name);
        pages.set(name, page);
      }
      return page;
    },
    metadata({ name }, file) {
      if (!file.filename.endsWith('.whl')) {
        return { kind: 'dynamic', reason: 'the recorded snapshot holds no metadata of sdists' };
      }
      const bytes = snapshot.metadata(name, file.filename);
      if (bytes === null) {
        throw new SourceError(`${file.url} is not in the snapshot`, { kind: 'corrupt', url: file.url });
      }
      const { requiresDist, requiresPython, providesExtra } = readResolutionMetadata(bytes.toString('utf8'));
      return {
        kind: 'metadata',
        metadata: { requiresDist, requiresPython, providesExtra, digest: sha256(bytes) },
      };
    },
    direct(name, url) {
      throw new SourceError(`the recorded snapshot holds no ${name} @ ${url}`, { kind: 'refused', url });
    },
  };
}
