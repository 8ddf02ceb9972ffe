import { compareVersions, parseVersion } from '@pyplan/markers';
import type { Facts } from '../facts/facts.ts';
import type {
  Demand,
  PlannedPackage,
  ResolvedRequirement,
  UniversalLock,
  UniversalPackage,
} from '../resolution.ts';
import { type LockFiles, lockFilesFor } from './lock-files.ts';
import { type RegionMarkers, regionMarkers } from './lock-markers.ts';
import { uncoveredTargets } from './refused/uncovered.ts';
import type { Region } from './region.ts';
import type { RegionAnswers, SolvedRegion } from './solve-regions.ts';

/** Adds up the plans of the regions to one lock. Its environments leave out the regions `outside`. */
export function universalLock(
  requiresPython: string,
  answers: RegionAnswers,
  outside: readonly Region[],
  facts: Facts,
): UniversalLock {
  const { solved, refused } = answers;
  const covered = solved.map(({ region }) => region);
  const markers = regionMarkers(facts, covered, [
    ...covered,
    ...refused.map(({ region }) => region),
    ...outside,
  ]);
  const files = lockFilesFor(facts, solved);
  const packages = [...partsByVersion(solved).values()].map((parts) =>
    universalPackage(parts, solved, markers, files),
  );
  return {
    requiresPython,
    environments: markers.environments(),
    packages: packages.sort(comparePackages),
    uncovered: uncoveredTargets(answers),
    plans: solved.map(({ plan }) => plan),
  };
}

/** A version with the places of the regions that have it, and the different packages of their plans. */
interface Parts {
  readonly places: number[];
  readonly planned: Set<PlannedPackage>;
}

function partsByVersion(solved: readonly SolvedRegion[]): ReadonlyMap<string, Parts> {
  const byVersion = new Map<string, Parts>();
  /** Regions that choose alike have the same package. */
  const byPackage = new Map<PlannedPackage, Parts>();
  for (const [place, { plan }] of solved.entries()) {
    for (const planned of plan.packages) {
      let parts = byPackage.get(planned);
      if (parts === undefined) {
        const key = `${planned.name} ${planned.version}`;
        parts = byVersion.get(key) ?? { places: [], planned: new Set() };
        byVersion.set(key, parts);
        byPackage.set(planned, parts);
        parts.planned.add(planned);
      }
      parts.places.push(place);
    }
  }
  return byVersion;
}

function comparePackages(a: UniversalPackage, b: UniversalPackage): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return compareVersions(parseVersion(a.version), parseVersion(b.version));
}

function universalPackage(
  { places, planned: all }: Parts,
  solved: readonly SolvedRegion[],
  markers: RegionMarkers,
  files: LockFiles,
): UniversalPackage {
  const planned = [...all];
  const [first] = planned;
  const firstRegion = solved[places[0] ?? -1];
  const page = first === undefined ? null : firstRegion?.world.page(first.name);
  if (first === undefined || firstRegion === undefined || page === undefined || page === null) {
    throw new Error('invariant: a package of no plan');
  }
  const { name, version } = first;
  return {
    name,
    version,
    marker: markers.markerOf(places),
    files: files.filesOf(page, firstRegion.chosen.get(name)?.rank ?? -1, places),
    requires: distinct<ResolvedRequirement>(
      planned.flatMap(({ requires }) => requires),
      ({ text }) => text,
    ),
    demands: distinct<Demand>(
      planned.flatMap(({ demands }) => demands),
      ({ from, text }) => `${from ?? ''} ${text}`,
    ),
    requiresPython: planned.every((each) => each.requiresPython === first.requiresPython)
      ? first.requiresPython
      : null,
    index: first.index,
  };
}

/** Each once by its key, in the order of the keys. */
function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}
