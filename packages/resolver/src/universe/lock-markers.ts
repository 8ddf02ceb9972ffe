import {
  createMarkerAlgebra,
  formatMarker,
  type MarkerAlgebra,
  type MarkerSet,
  parseMarker,
  platformFacts,
} from '@pyplan/markers';
import type { Facts } from '../facts/facts.ts';
import { plainMarker } from './plain-marker.ts';
import { pythonMarker, type Region, regionMarker, regionName } from './region.ts';

/** Says sets of regions as markers, within the regions that are covered. */
export interface RegionMarkers {
  /** The shortest marker found that holds in exactly these regions, by their places; null where that is everywhere. */
  markerOf(places: readonly number[]): string | null;
  /** The covered environments within the Pythons of all regions asked for, a marker for each platform. */
  environments(): readonly string[];
}

/** The words for a universe; those of the last one are kept, for it is often asked for again. */
export function regionMarkers(
  { markers }: Facts,
  covered: readonly Region[],
  asked: readonly Region[],
): RegionMarkers {
  const key = [covered, asked].map((regions) => regions.map(regionName).join()).join('\n');
  const known = markers.get(key);
  if (known !== undefined) return known;
  const made = newRegionMarkers(covered, asked);
  markers.clear();
  markers.set(key, made);
  return made;
}

function newRegionMarkers(covered: readonly Region[], asked: readonly Region[]): RegionMarkers {
  const algebra = createMarkerAlgebra({ theory: platformFacts() });
  const sets = covered.map((region) => algebra.of(parseMarker(regionMarker(region))));
  const universe = algebra.or(...sets);
  const wording = wordingFor(algebra, asked);
  const known = new Map<string, string | null>();
  let environments: readonly string[] | null = null;

  return {
    markerOf(places) {
      if (places.length === covered.length) return null;
      const key = places.join();
      const found = known.get(key);
      if (found !== undefined) return found;
      const there = algebra.or(...places.flatMap((place) => sets[place] ?? []));
      const text = markerText(there, universe, wording);
      known.set(key, text);
      return text;
    },
    environments() {
      environments ??= environmentsOf();
      return environments;
    },
  };

  function environmentsOf(): readonly string[] {
    const pythons = algebra.or(...asked.map((region) => algebra.of(parseMarker(pythonMarker(region)))));
    return [...new Set(covered.map(({ platform }) => platform))].flatMap((platform) => {
      const set = algebra.or(...sets.filter((_, place) => covered[place]?.platform === platform));
      return markerText(set, pythons, wording) ?? [];
    });
  }
}

/** The shortest marker found that says the set within the universe; null for all of it. */
function markerText(
  set: MarkerSet,
  universe: MarkerSet,
  { algebra, systems, released }: Wording,
): string | null {
  const marker = algebra.toMarker(set, universe);
  if (marker === undefined) throw new Error('invariant: a set of regions that no marker says');
  if (marker === null) return null;
  return formatMarker(plainMarker(algebra, marker, algebra.and(universe, released), systems));
}

/** What markers may be worded with. */
interface Wording {
  readonly algebra: MarkerAlgebra;
  /** Values of `sys_platform`. */
  readonly systems: readonly string[];
  /** The environments but for post-releases of Python, of which there are none. */
  readonly released: MarkerSet;
}

function wordingFor(algebra: MarkerAlgebra, regions: readonly Region[]): Wording {
  const single = regions.filter(({ from, to }) => to === from + 1);
  const patches = new Set(single.map(({ python, from }) => `${python}.${from}`));
  const released = [...patches].map((patch) =>
    algebra.of(parseMarker(`python_full_version == "${patch}" or python_full_version != "${patch}.*"`)),
  );
  const systems = new Set(regions.map(({ target }) => target.environment.sys_platform));
  return { algebra, systems: [...systems], released: algebra.and(...released) };
}
