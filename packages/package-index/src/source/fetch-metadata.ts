import { hash } from 'node:crypto';
import type { Hashes, IndexFile, MetadataAnswer } from '@pyplan/resolver';
import { SourceError } from '@pyplan/resolver';
import type { HttpClient } from '../http/client.ts';
import { wheelAnswer } from '../simple/sidecar.ts';
import { verifyHashes } from '../simple/verify-hashes.ts';
import { refusal } from './fetch-project.ts';

/** Longer metadata than any project has. */
const MAX_METADATA = 32 << 20;

export interface MetadataRequest {
  readonly client: HttpClient;
  /** Normalised. */
  readonly project: string;
  readonly file: IndexFile;
  readonly signal: AbortSignal;
}

/** Changes when the index replaces the file or its sidecar. */
export function metadataIdentity(file: IndexFile): string {
  const { coreMetadata } = file;
  const sidecar: Hashes = typeof coreMetadata === 'object' ? coreMetadata : {};
  const { sha256 } = sidecar;
  const { sha256: whole } = file.hashes;
  return sha256 ?? whole ?? file.url;
}

/** Asks for the metadata of a file: its sidecar, where the page promises one. */
export async function fetchMetadata(request: MetadataRequest): Promise<MetadataAnswer> {
  const { client, project, file, signal } = request;
  if (file.coreMetadata === false) {
    return { kind: 'dynamic', reason: `the index has no metadata file for ${file.filename}` };
  }
  const url = sidecarUrl(file.url);
  const answer = await client.get({ url, signal, maxBytes: MAX_METADATA });
  if (answer.status !== 200) throw refusal(answer, `the metadata of ${file.filename}`);
  if (typeof file.coreMetadata === 'object')
    verifySidecar(answer.body, file.coreMetadata, file.filename, answer.url);
  return wheelAnswer(answer.body, hash('sha256', answer.body), project, file.filename);
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
