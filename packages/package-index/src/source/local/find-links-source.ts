import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type IndexFile,
  type MaybePromise,
  type MetadataAnswer,
  type PackageSource,
  projectPage,
  SourceError,
} from '@pyplan/resolver';
import type { ServerHabit } from '@pyplan/wheel-meta';
import { tryParseDistributionFilename } from '@pyplan/wheel-meta';
import type { HttpClient } from '../../http/client.ts';
import { withoutCredentials } from '../../http/url.ts';
import { PageError } from '../../simple/page-error.ts';
import { directPage } from '../direct-reference.ts';
import { fetchMetadata } from '../fetch-metadata.ts';
import { refusal } from '../fetch-project.ts';
import { heldArchiveMetadata } from '../held-archive.ts';
import { allThere, whenThere } from '../maybe-promise.ts';
import { localFile, localPath, readLocal } from './local-files.ts';

export interface FindLinksOptions {
  /** Directories, archives, HTML pages on disk, or URLs of pages and archives (pip's `--find-links`). */
  readonly locations: readonly string[];
  /** For locations that are URLs. */
  readonly client: HttpClient;
  readonly offline?: boolean;
}

const ARCHIVE = /\.(whl|tar\.gz|zip)$/i;

/**
 * A source over loose files: what directories hold and pages link to, whatever the project. It also answers
 * direct references, local and remote.
 */
export function findLinksSource(options: FindLinksOptions): PackageSource {
  const answers = new Map<string, MaybePromise<MetadataAnswer>>();
  const habits = new Map<string, ServerHabit>();
  const never = new AbortController().signal;
  let files: MaybePromise<readonly IndexFile[]> | null = null;
  const allFiles = (signal: AbortSignal): MaybePromise<readonly IndexFile[]> => {
    files ??= gather(options, signal);
    return files;
  };
  const pageOf = (name: string, all: readonly IndexFile[]): ReturnType<typeof projectPage> | null => {
    const own = all.filter((file) => tryParseDistributionFilename(file.filename, name).kind !== 'other');
    return own.length === 0 ? null : projectPage({ name, files: own });
  };
  return {
    page: (name, signal) => whenThere(allFiles(signal ?? never), (all) => pageOf(name, all)),
    metadata: (page, file, signal = never) => {
      const known = answers.get(file.url);
      if (known !== undefined) return known;
      const answer = metadataOf(page.name, file, options, habits, signal);
      answers.set(file.url, answer);
      if (answer instanceof Promise) {
        answer.then(
          (read) => answers.set(file.url, read),
          () => answers.delete(file.url),
        );
      }
      return answer;
    },
    direct: (name, url) => directPage(name, options.client.credentials.take(url)),
  };
}

function metadataOf(
  project: string,
  file: IndexFile,
  options: FindLinksOptions,
  habits: Map<string, ServerHabit>,
  signal: AbortSignal,
): MaybePromise<MetadataAnswer> {
  if (file.url.startsWith('file:')) {
    return heldArchiveMetadata(readLocal(fileURLToPath(file.url)), project, file.filename);
  }
  if (options.offline === true) {
    throw new SourceError(`${file.url} can't be read offline`, { kind: 'offline', url: file.url });
  }
  return fetchMetadata({ client: options.client, project, file, signal, habits });
}

/** All files of all locations; a promise where one is a page. */
function gather(options: FindLinksOptions, signal: AbortSignal): MaybePromise<readonly IndexFile[]> {
  const gathered = options.locations.map((location) => filesAt(location, options, signal));
  return whenThere(allThere(gathered), (all) => all.flat());
}

function filesAt(
  location: string,
  options: FindLinksOptions,
  signal: AbortSignal,
): MaybePromise<readonly IndexFile[]> {
  const path = localPath(location);
  if (path === null) return remoteFiles(location, options, signal);
  const absolute = resolve(path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new SourceError(`--find-links ${location}: there is no such file or directory`, {
      kind: 'unreachable',
      url: location,
    });
  }
  if (stats.isDirectory()) {
    const names = readdirSync(absolute).sort();
    return names.filter((name) => ARCHIVE.test(name)).map((name) => localFile(join(absolute, name), name));
  }
  if (ARCHIVE.test(absolute)) return [localFile(absolute, basename(absolute))];
  return linkedFiles(readLocal(absolute), new URL(`file://${absolute}`).href);
}

async function remoteFiles(
  location: string,
  options: FindLinksOptions,
  signal: AbortSignal,
): Promise<readonly IndexFile[]> {
  const clean = options.client.credentials.take(location);
  const { pathname } = new URL(clean);
  if (ARCHIVE.test(pathname))
    return linkedFiles(Buffer.from(`<a href="${clean.replaceAll('"', '%22')}">`), clean);
  if (options.offline === true) {
    throw new SourceError(`--find-links ${clean} can't be read offline`, { kind: 'offline', url: clean });
  }
  const answer = await options.client.get({ url: clean, headers: { accept: 'text/html' }, signal });
  if (answer.status !== 200) throw refusal(answer, 'a page of links');
  return linkedFiles(answer.body, answer.url);
}

async function linkedFiles(html: Buffer, url: string): Promise<readonly IndexFile[]> {
  const { readLinks } = await import('../../simple/page-html.ts');
  try {
    return readLinks(html, url).filter((file) => ARCHIVE.test(file.filename));
  } catch (cause) {
    if (!(cause instanceof PageError)) throw cause;
    const shown = withoutCredentials(url);
    throw new SourceError(`${shown}: ${cause.message}`, { kind: 'corrupt', url: shown, cause });
  }
}
