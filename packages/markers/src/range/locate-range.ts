import { firstIndex } from '../text/first-index.ts';
import type { Version } from '../version/version.ts';
import { isAbove } from './cut.ts';
import type { VersionRange } from './version-range.ts';

/**
 * Where the members of the range stand in an ascending array: half-open index intervals
 * `[from0, to0, from1, to1, …]`, ascending, neither empty nor touching. One binary search a cut, but for ranges with `===`.
 */
export function locateRange(range: VersionRange, ascending: readonly Version[]): readonly number[] {
  const changes = range.cuts.map((cut) => firstIndex(ascending, (version) => isAbove(version, cut)));
  if (changes.length % 2 === 1) changes.push(ascending.length);
  // Membership changes at each version that is spelt as an exception says.
  for (const [index, { text }] of range.spellings.size > 0 ? ascending.entries() : []) {
    if (range.spellings.has(text)) changes.push(index, index + 1);
  }
  const places: number[] = [];
  for (const place of changes.sort((a, b) => a - b)) {
    // Two changes at one place are none.
    if (places.at(-1) === place) places.pop();
    else places.push(place);
  }
  return places;
}
