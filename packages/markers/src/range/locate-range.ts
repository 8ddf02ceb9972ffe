import { compareVersions } from '../version/compare-versions.ts';
import type { Version } from '../version/version.ts';
import { type Cut, isAbove } from './cut.ts';
import type { VersionRange } from './version-range.ts';

/**
 * Where the members of the range stand in an ascending array: half-open index intervals
 * `[from0, to0, from1, to1, …]`, ascending, neither empty nor touching. One binary search a cut.
 */
export function locateRange(range: VersionRange, ascending: readonly Version[]): readonly number[] {
  const places: number[] = [];
  for (let index = 0; index < range.cuts.length; index++) {
    const cut = range.cuts[index];
    if (cut !== undefined) toggle(places, firstAbove(ascending, cut));
  }
  if ((range.cuts.length & 1) === 1) toggle(places, ascending.length);
  return range.spellings.size === 0 ? places : withSpellings(places, range, ascending);
}

/** Appends a change of membership; two changes at one place are none. */
function toggle(places: number[], place: number): void {
  if (places.at(-1) === place) places.pop();
  else places.push(place);
}

function firstAbove(ascending: readonly Version[], cut: Cut): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const version = ascending[middle];
    if (version === undefined || isAbove(version, cut)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Flips membership at each version that is spelt as an exception says. */
function withSpellings(
  places: readonly number[],
  range: VersionRange,
  ascending: readonly Version[],
): readonly number[] {
  const changes = [...places];
  for (const [text, { version }] of range.spellings) {
    let low = 0;
    let high = ascending.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = ascending[middle];
      if (other === undefined || compareVersions(other, version) >= 0) high = middle;
      else low = middle + 1;
    }
    for (let index = low; index < ascending.length; index++) {
      const other = ascending[index];
      if (other === undefined || compareVersions(other, version) !== 0) break;
      if (other.text === text) changes.push(index, index + 1);
    }
  }
  const toggled: number[] = [];
  for (const place of changes.sort((a, b) => a - b)) toggle(toggled, place);
  return toggled;
}
