import {
  createMarkerAlgebra,
  formatMarker,
  type MarkerAlgebra,
  type MarkerSet,
  parseMarker,
  platformFacts,
} from '@pyplan/markers';
import { plainMarker } from './plain-marker.ts';
import { pythonMarker, type Region, regionMarker } from './region.ts';

/** Says sets of regions as markers, within the regions that are covered. */
export interface RegionMarkers {
  /** The shortest marker found that holds in exactly these regions; null where that is everywhere. */
  markerOf(regions: readonly Region[]): string | null;
  /** The covered environments within the Pythons of all regions asked for, a marker for each platform. */
  environments(): readonly string[];
}

export function regionMarkers(covered: readonly Region[], asked: readonly Region[]): RegionMarkers {
  const algebra = createMarkerAlgebra({ theory: platformFacts() });
  const sets = new Map<Region, MarkerSet>(
    covered.map((region) => [region, algebra.of(parseMarker(regionMarker(region)))]),
  );
  const union = (regions: readonly Region[]): MarkerSet =>
    algebra.or(...regions.flatMap((region) => sets.get(region) ?? []));
  const universe = union(covered);
  const wording = wordingFor(algebra, asked);
  const known = new Map<string, string | null>();

  return {
    markerOf(regions) {
      if (regions.length === covered.length) return null;
      const key = regions.map((region) => covered.indexOf(region)).join();
      const found = known.get(key);
      if (found !== undefined) return found;
      const text = markerText(union(regions), universe, wording);
      known.set(key, text);
      return text;
    },
    environments() {
      const pythons = algebra.or(...asked.map((region) => algebra.of(parseMarker(pythonMarker(region)))));
      return [...new Set(covered.map(({ platform }) => platform))].flatMap((platform) => {
        const set = union(covered.filter((region) => region.platform === platform));
        return markerText(set, pythons, wording) ?? [];
      });
    },
  };
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
