import type { BuildTag, WheelFilename } from '../filename/wheel-filename.ts';
import { type TagSet, tagRank } from './tag-set.ts';

/** The place of the wheel's best tag in the target's order of preference: lower is better, -1 does not fit. */
export function wheelRank(set: TagSet, filename: Pick<WheelFilename, 'tag'>): number {
  return tagRank(set, filename.tag);
}

/**
 * The wheel that an installer takes: the one whose tag comes first, of equals the one with the highest
 * build tag, of equals the first. Null where none fits.
 */
export function bestWheel<File extends Pick<WheelFilename, 'tag' | 'build'>>(
  files: readonly File[],
  set: TagSet,
): File | null {
  let best: File | null = null;
  let bestRank = -1;
  for (const file of files) {
    const rank = tagRank(set, file.tag);
    if (rank === -1) continue;
    if (
      best === null ||
      rank < bestRank ||
      (rank === bestRank && compareBuildTags(file.build, best.build) > 0)
    ) {
      best = file;
      bestRank = rank;
    }
  }
  return best;
}

/** The order of build tags: none is lowest, then by number, then by what follows it (PEP 427). */
export function compareBuildTags(a: BuildTag, b: BuildTag): number {
  if (a.length === 0 || b.length === 0) return a.length - b.length;
  if (a[0] !== b[0]) return a[0] - b[0];
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}
