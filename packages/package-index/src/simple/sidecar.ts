import { hash } from 'node:crypto';
import { compareVersions, normalizeName, tryParseVersion } from '@pyplan/markers';
import type { MetadataAnswer } from '@pyplan/resolver';
import { readResolutionMetadata, tryParseDistributionFilename } from '@pyplan/wheel-meta';

/**
 * Core metadata of a wheel as an answer of a source.
 *
 * Metadata of another project or version than the file name says is unusable, as in pip and uv.
 */
export function wheelAnswer(bytes: Uint8Array, project: string, filename: string): MetadataAnswer {
  const metadata = readResolutionMetadata(bytes);
  const mismatch = identityMismatch(metadata, project, filename);
  if (mismatch !== null) return { kind: 'unusable', reason: mismatch };
  return {
    kind: 'metadata',
    metadata: {
      requiresDist: metadata.requiresDist,
      requiresPython: metadata.requiresPython,
      providesExtra: metadata.providesExtra,
      digest: hash('sha256', bytes),
    },
  };
}

/** Why metadata is not that of the file; null where it is. */
export function identityMismatch(
  metadata: { readonly name: string | null; readonly version: string | null },
  project: string,
  filename: string,
): string | null {
  if (metadata.name === null || normalizeName(metadata.name) !== project) {
    return `the metadata of ${filename} is of ${metadata.name ?? 'no project'}, not of ${project}`;
  }
  const parsed = tryParseDistributionFilename(filename, project);
  if (parsed.kind === 'other') return `${filename} is no file of ${project}: ${parsed.reason}`;
  const version = metadata.version === null ? null : tryParseVersion(metadata.version);
  if (version === null || compareVersions(version, parsed.version) !== 0) {
    return `the metadata of ${filename} is of version ${metadata.version ?? '(none)'}, not of ${parsed.version.text}`;
  }
  return null;
}
