import type { Hashes, IndexFile, MetadataAnswer } from '@pyplan/resolver';
import { SourceError } from '@pyplan/resolver';
import { releaseBytes } from '../http/exchange/body.ts';
import { pkgInfoAnswer } from '../simple/sdist-answer.ts';
import { wheelAnswer } from '../simple/sidecar.ts';
import { verifyHashes } from '../simple/verify-hashes.ts';
import type { ArchiveRequest } from './archive-metadata.ts';
import { refusal } from './fetch-project.ts';

/** Longer metadata than any project has. */
const MAX_METADATA = 32 << 20;

/** Changes when the index replaces the file or its sidecar. */
export function metadataIdentity(file: IndexFile): string {
  const { coreMetadata } = file;
  const sidecar: Hashes = typeof coreMetadata === 'object' ? coreMetadata : {};
  const { sha256 } = sidecar;
  const { sha256: whole } = file.hashes;
  return sha256 ?? whole ?? file.url;
}

/**
 * Asks for the metadata of a file: its sidecar where the page promises one, else, or where there is none
 * after all, what the archive itself says.
 *
 * @throws {SourceError}
 */
export async function fetchMetadata(request: ArchiveRequest): Promise<MetadataAnswer> {
  const { client, project, file, signal } = request;
  if (!URL.canParse(file.url)) {
    return { kind: 'unusable', reason: `the index gives no URL for ${file.filename} that can be used` };
  }
  if (file.coreMetadata === false) return ofArchive(request);
  const answer = await client.get({ url: sidecarUrl(file.url), signal, maxBytes: MAX_METADATA });
  if (answer.status === 404 || answer.status === 410) return ofArchive(request);
  if (answer.status !== 200) throw refusal(answer, `the metadata of ${file.filename}`);
  const known = sidecarAnswer(answer.body, project, file, answer.url);
  releaseBytes(answer.body);
  return known;
}

/** Most indexes have sidecars: reading archives is loaded where one has none. */
async function ofArchive(request: ArchiveRequest): Promise<MetadataAnswer> {
  const { archiveMetadata } = await import('./archive-metadata.ts');
  return archiveMetadata(request);
}

/**
 * What a sidecar says, once its digest is that of the page.
 *
 * @throws {SourceError}
 */
export function sidecarAnswer(
  bytes: Uint8Array,
  project: string,
  file: IndexFile,
  url: string,
): MetadataAnswer {
  if (typeof file.coreMetadata === 'object') verifySidecar(bytes, file.coreMetadata, file.filename, url);
  return file.filename.endsWith('.whl')
    ? wheelAnswer(bytes, project, file.filename)
    : pkgInfoAnswer(bytes, project, file.filename);
}

/** PEP 658: the file's URL with `.metadata` after its path. */
export function sidecarUrl(fileUrl: string): string {
  const url = new URL(fileUrl);
  url.pathname += '.metadata';
  url.hash = '';
  return url.href;
}

/** @throws {SourceError} */
export function verifySidecar(
  bytes: Uint8Array,
  hashes: Readonly<Record<string, string>>,
  filename: string,
  url: string,
): void {
  const mismatch = verifyHashes(bytes, hashes);
  if (mismatch === null) return;
  throw new SourceError(
    `${url}: the metadata of ${filename} has ${mismatch.algorithm} ${mismatch.found}, but the page says ${mismatch.expected}`,
    { kind: 'corrupt', url },
  );
}
