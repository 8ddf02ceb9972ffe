import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Hashes, type IndexFile, type ProjectPage, projectPage, SourceError } from '@pyplan/resolver';
import { withoutCredentials } from '../http/url.ts';
import { verifyHashes } from '../simple/verify-hashes.ts';
import { localFile, localPath, readLocal } from './local/local-files.ts';

/**
 * A direct reference (`name @ url`) as a page of one version and one file. Digests in the fragment are
 * checked at once for local files, and are the file's for remote ones.
 *
 * @throws {SourceError} for what is no wheel or sdist of the project.
 */
export function directPage(name: string, reference: string): ProjectPage {
  const shown = withoutCredentials(reference);
  const refuse = (reason: string): SourceError =>
    new SourceError(`${name} @ ${shown}: ${reason}`, { kind: 'refused', url: shown });
  if (/^(git|hg|svn|bzr)\+/i.test(reference)) {
    throw refuse(
      'what a version control system holds is known only by building it; give a wheel or an sdist',
    );
  }
  const [, location = reference, fragment = ''] = /^([^#]*)(?:#(.*))?$/s.exec(reference) ?? [];
  const expected = fragmentDigests(fragment);
  const path = localPath(location);
  const file = path === null ? remoteFile(location, expected, refuse) : fileAt(path, expected, refuse);
  const page = projectPage({ name, files: [file], index: null });
  const [passedOver] = page.passedOver;
  if (passedOver !== undefined) throw refuse(`it is no wheel or sdist of ${name}: ${passedOver.reason}`);
  return page;
}

type Refuse = (reason: string) => SourceError;

function fileAt(path: string, expected: Hashes, refuse: Refuse): IndexFile {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw refuse('there is no such file');
  if (stats.isDirectory())
    throw refuse('a source tree is known only by building it; give a wheel or an sdist');
  if (Object.keys(expected).length > 0) {
    const mismatch = verifyHashes(readLocal(path), expected);
    if (mismatch !== null) {
      throw new SourceError(
        `${path} has ${mismatch.algorithm} ${mismatch.found}, but ${mismatch.expected} was asked for`,
        { kind: 'corrupt', url: path },
      );
    }
  }
  return localFile(path, basename(path));
}

function remoteFile(location: string, hashes: Hashes, refuse: Refuse): IndexFile {
  const url = URL.parse(location);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw refuse('it is no URL of a file');
  const last = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  return {
    filename: safelyDecoded(last),
    url: withoutCredentials(url.href),
    hashes,
    size: null,
    uploadTime: null,
    requiresPython: null,
    yanked: null,
    coreMetadata: false,
  };
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `sha256=…&subdirectory=…`: the digests. */
function fragmentDigests(fragment: string): Hashes {
  const digests: Record<string, string> = {};
  for (const part of fragment.split('&')) {
    const match = /^(sha\d+|md5|blake2[bs])=([0-9a-fA-F]+)$/.exec(part);
    if (match?.[1] !== undefined && match[2] !== undefined) digests[match[1]] = match[2].toLowerCase();
  }
  return digests;
}
