import {
  createMarkerAlgebra,
  formatMarker,
  type MarkerAlgebra,
  type MarkerSet,
  parseMarker,
  platformFacts,
} from '@pyplan/markers';
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
  const known = new Map<string, string | null>();

  return {
    markerOf(regions) {
      if (regions.length === covered.length) return null;
      const key = regions.map((region) => covered.indexOf(region)).join();
      const found = known.get(key);
      if (found !== undefined) return found;
      const text = markerText(algebra, union(regions), universe);
      known.set(key, text);
      return text;
    },
    environments() {
      const pythons = algebra.or(...asked.map((region) => algebra.of(parseMarker(pythonMarker(region)))));
      return [...new Set(covered.map(({ platform }) => platform))].flatMap((platform) => {
        const set = union(covered.filter((region) => region.platform === platform));
        return markerText(algebra, set, pythons) ?? [];
      });
    },
  };
}

function markerText(algebra: MarkerAlgebra, set: MarkerSet, universe: MarkerSet): string | null {
  const marker = algebra.toMarker(set, universe);
  if (marker === undefined) throw new Error('invariant: a set of regions that no marker says');
  return marker === null ? null : formatMarker(marker);
}
