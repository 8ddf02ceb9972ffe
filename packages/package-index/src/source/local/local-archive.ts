import type { MaybePromise, MetadataAnswer } from '@pyplan/resolver';
import { BadArchiveError, readSdist, readWheelMetadata } from '@pyplan/wheel-meta';
import { sdistAnswer } from '../../simple/sdist-answer.ts';
import { wheelAnswer } from '../../simple/sidecar.ts';

/** The metadata of an archive at hand. A bad archive is unusable. */
export function localArchiveMetadata(
  bytes: Uint8Array,
  project: string,
  filename: string,
): MaybePromise<MetadataAnswer> {
  try {
    if (filename.endsWith('.whl')) {
      return wheelAnswer(readWheelMetadata(bytes, filename).bytes, project, filename);
    }
    return sdistAnswer(readSdist(bytes, filename), project, filename);
  } catch (error) {
    if (!(error instanceof BadArchiveError)) throw error;
    return { kind: 'unusable', reason: `${filename} can't be read: ${error.message}` };
  }
}
