import type { Uncovered } from '../../resolution.ts';
import type { Region } from '../region.ts';
import type { RegionAnswers } from '../solve-regions.ts';

/**
 * What no combination of versions covers: a minor version of Python on a platform where none of its patch
 * levels is covered, else the patch level from which on it is not.
 */
export function uncoveredTargets({ solved, refused }: RegionAnswers): readonly Uncovered[] {
  const covered = new Set(solved.map(({ region }) => minorKey(region)));
  const told = new Set<string>();
  const uncovered: Uncovered[] = [];
  for (const { region, grounds } of refused) {
    const key = minorKey(region);
    const { python, platform } = region;
    if (covered.has(key)) {
      uncovered.push({ python: region.target.python, platform, reason: grounds.text() });
    } else if (!told.has(key)) {
      told.add(key);
      uncovered.push({ python, platform, reason: grounds.text() });
    }
  }
  return uncovered;
}

function minorKey({ python, platform }: Region): string {
  return `${python} ${platform}`;
}
