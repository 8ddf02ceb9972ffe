import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Hashes, type IndexFile, SourceError } from '@pyplan/resolver';

/** A file on disk as a page would list it; its digest is taken when it is asked for. */
export function localFile(path: string, filename: string): IndexFile {
  let hashes: Hashes | null = null;
  return {
    filename,
    url: pathToFileURL(path).href,
    get hashes() {
      hashes ??= { sha256: hash('sha256', readLocal(path)) };
      return hashes;
    },
    size: statSync(path).size,
    uploadTime: null,
    requiresPython: null,
    yanked: null,
    coreMetadata: false,
  };
}

/**
 * The bytes of a local file.
 *
 * @throws {SourceError}
 */
export function readLocal(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new SourceError(
      `${path} can't be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        kind: 'unreachable',
        url: path,
        cause,
      },
    );
  }
}

/** The path of a `file:` URL, or of text that is no URL; null for other URLs. */
export function localPath(location: string): string | null {
  if (/^file:/i.test(location)) {
    const url = URL.parse(location);
    return url === null ? null : fileURLToPath(new URL(url.pathname, url));
  }
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(location) ? null : location;
}
