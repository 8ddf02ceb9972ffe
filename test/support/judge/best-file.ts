import type { IndexFile } from '@pyplan/resolver';
import { parseWheelFilename, wheelRank } from '@pyplan/wheel-meta';
import type { JudgeTarget } from './target.ts';

/** Smaller is better: tag order, then the higher build number; an sdist after every wheel. */
export type Rank = readonly [tags: number, build: number, rest: string];

/** The place of a file that fits, among those of its version. */
export function fileRank({ filename }: IndexFile, target: JudgeTarget): Rank {
  if (!filename.endsWith('.whl')) return [Number.POSITIVE_INFINITY, 0, ''];
  const wheel = parseWheelFilename(filename);
  const [build = -1, rest = ''] = wheel.build;
  return [wheelRank(target.tags, wheel), build, rest];
}

/** Whether the first of two is what an installer takes. */
export function isBetter([tags, build, rest]: Rank, [thanTags, thanBuild, thanRest]: Rank): boolean {
  if (tags !== thanTags) return tags < thanTags;
  if (build !== thanBuild) return build > thanBuild;
  return rest > thanRest;
}

/** The file that an installer takes for a target out of those named; null where none fits. */
export function bestFile(files: readonly IndexFile[], target: JudgeTarget): IndexFile | null {
  let best: IndexFile | null = null;
  for (const file of files) {
    const fits = !file.filename.endsWith('.whl') || fileRank(file, target)[0] >= 0;
    if (fits && (best === null || isBetter(fileRank(file, target), fileRank(best, target)))) best = file;
  }
  return best;
}
