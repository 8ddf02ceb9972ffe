import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type IndexFile,
  type MaybePromise,
  type MetadataAnswer,
  type PackageSource,
  type ProjectPage,
  SourceError,
} from '@pyplan/resolver';
import { withoutCredentials } from '../http/url.ts';
import { lazyPage } from '../simple/lazy-page.ts';
import { PageError } from '../simple/page-error.ts';
import { readPage } from '../simple/read-page.ts';
import { directPage } from './direct-reference.ts';
import { sidecarAnswer } from './fetch-metadata.ts';
import { heldArchiveMetadata } from './held-archive.ts';
import { localPath } from './local/local-files.ts';

/**
 * A source over a snapshot: a directory that any static web server could serve as an index, with
 * `simple/<name>/index.json` (PEP 691) or `index.html`, `files/<name>/<filename>` where held, and
 * `files/<name>/<filename>.metadata`. Answers at once; a page in HTML alone comes
 * as a promise.
 *
 * @throws {SourceError} where the directory is no snapshot.
 */
export function snapshotSource(directory: string): PackageSource {
  const root = resolve(directory);
  if (statSync(join(root, 'simple'), { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new SourceError(`${directory} is no snapshot: it has no directory \`simple\``, {
      kind: 'unreachable',
      url: directory,
    });
  }
  const pages = new Map<string, MaybePromise<ProjectPage | null>>();
  const answers = new Map<string, MaybePromise<MetadataAnswer>>();
  return {
    page: (name) => {
      const known = pages.get(name);
      if (known !== undefined) return known;
      const page = readSnapshotPage(root, name);
      pages.set(name, page);
      if (page instanceof Promise) page.then((read) => pages.set(name, read)).catch(() => pages.delete(name));
      return page;
    },
    metadata: (page, file) => {
      let answer = answers.get(file.url);
      if (answer === undefined) {
        answer = readSnapshotMetadata(page.name, file);
        answers.set(file.url, answer);
      }
      return answer;
    },
    direct: (name, url) => {
      if (localPath(url) === null) {
        throw new SourceError(`${name} @ ${withoutCredentials(url)}: a snapshot reads no URLs`, {
          kind: 'offline',
          url: withoutCredentials(url),
        });
      }
      return directPage(name, url);
    },
  };
}

/** Content types by the names that a page may have, in the order in which they are looked for. */
const PAGE_FILES = [
  ['index.json', 'application/vnd.pypi.simple.v1+json'],
  ['index.html', 'text/html'],
] as const;

function readSnapshotPage(root: string, name: string): MaybePromise<ProjectPage | null> {
  for (const [filename, contentType] of PAGE_FILES) {
    const path = join(root, 'simple', name, filename);
    const bytes = readIfThere(path);
    if (bytes === null) continue;
    const url = pathToFileURL(path).href;
    const corrupt = (cause: unknown): never => {
      if (!(cause instanceof PageError)) throw cause;
      throw new SourceError(`${path}: ${cause.message}`, { kind: 'corrupt', url: path, cause });
    };
    try {
      const record = readPage(bytes, contentType, { name, url, index: null, digest: hash('sha256', bytes) });
      return record instanceof Promise ? record.then(lazyPage).catch(corrupt) : lazyPage(record);
    } catch (cause) {
      return corrupt(cause);
    }
  }
  return null;
}

function readSnapshotMetadata(project: string, file: IndexFile): MaybePromise<MetadataAnswer> {
  const archive = fileURLToPath(file.url);
  const path = `${archive}.metadata`;
  const bytes = readIfThere(path);
  if (bytes !== null) return sidecarAnswer(bytes, project, file, path);
  const held = readIfThere(archive);
  if (held !== null) return heldArchiveMetadata(held, project, file.filename);
  if (file.coreMetadata !== false) {
    throw new SourceError(`the snapshot lacks ${path}, which its page promises`, {
      kind: 'corrupt',
      url: path,
    });
  }
  return { kind: 'dynamic', reason: `the snapshot has neither ${file.filename} nor its metadata` };
}

/** The bytes of a file; null where there is none. */
function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw new SourceError(`${path} can't be read`, { kind: 'unreachable', url: path, cause });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
