import { compareVersions, parseVersion } from '@pyplan/markers';
import type { CandidatePolicy } from '../candidate/candidate-table.ts';
import type {
  Demand,
  PlannedPackage,
  ResolvedRequirement,
  UniversalLock,
  UniversalPackage,
} from '../resolution.ts';
import { installerPolicies, lockFiles } from './lock-files.ts';
import { type RegionMarkers, regionMarkers } from './lock-markers.ts';
import { uncoveredTargets } from './refused/uncovered.ts';
import type { Region } from './region.ts';
import type { RegionAnswers, SolvedRegion } from './solve-regions.ts';

/** Adds up the plans of the regions to one lock. Its environments leave out the regions `outside`. */
export function universalLock(
  requiresPython: string,
  answers: RegionAnswers,
  outside: readonly Region[],
): UniversalLock {
  const { solved, refused } = answers;
  const covered = solved.map(({ region }) => region);
  const markers = regionMarkers(covered, [...covered, ...refused.map(({ region }) => region), ...outside]);
  const policies = new Map(solved.map((each) => [each, installerPolicies(each)]));
  const packages = [...partsByVersion(solved).values()].map((parts) =>
    universalPackage(parts, markers, policies),
  );
  return {
    requiresPython,
    environments: markers.environments(),
    packages: packages.sort(comparePackages),
    uncovered: uncoveredTargets(answers),
    plans: solved.map(({ plan }) => plan),
  };
}

/** A package of one region's plan. */
interface Part {
  readonly region: SolvedRegion;
  readonly planned: PlannedPackage;
}

function partsByVersion(solved: readonly SolvedRegion[]): ReadonlyMap<string, readonly Part[]> {
  const parts = new Map<string, Part[]>();
  for (const region of solved) {
    for (const planned of region.plan.packages) {
      const key = `${planned.name} ${planned.version}`;
      const list = parts.get(key);
      if (list === undefined) parts.set(key, [{ region, planned }]);
      else list.push({ region, planned });
    }
  }
  return parts;
}

function comparePackages(a: UniversalPackage, b: UniversalPackage): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return compareVersions(parseVersion(a.version), parseVersion(b.version));
}

function universalPackage(
  parts: readonly Part[],
  markers: RegionMarkers,
  policies: ReadonlyMap<SolvedRegion, readonly CandidatePolicy[]>,
): UniversalPackage {
  const planned = parts.map((part) => part.planned);
  const regions = parts.map(({ region }) => region);
  const [first] = planned;
  const [firstRegion] = regions;
  const page = first === undefined ? null : firstRegion?.world.page(first.name);
  if (first === undefined || firstRegion === undefined || page === undefined || page === null) {
    throw new Error('invariant: a package of no plan');
  }
  const { name, version } = first;
  return {
    name,
    version,
    marker: markers.markerOf(regions.map(({ region }) => region)),
    files: lockFiles(page, firstRegion.chosen.get(name)?.rank ?? -1, regions, policies),
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
