import { compareVersions, parseVersion } from '@pyplan/markers';
import type { Demand, ResolvedRequirement, UniversalLock, UniversalPackage } from '../resolution.ts';
import { lockFiles } from './lock-files.ts';
import { type RegionMarkers, regionMarkers } from './lock-markers.ts';
import type { RegionAnswers, SolvedRegion } from './solve-regions.ts';
import { uncoveredTargets } from './uncovered.ts';

/** Adds up the plans of the regions to one lock. */
export function universalLock(requiresPython: string, answers: RegionAnswers): UniversalLock {
  const { solved, refused } = answers;
  const covered = solved.map(({ region }) => region);
  const markers = regionMarkers(covered, [...covered, ...refused.map(({ region }) => region)]);
  const parts = new Map<string, SolvedRegion[]>();
  for (const each of solved) {
    for (const { name, version } of each.plan.packages) {
      const key = `${name} ${version}`;
      const list = parts.get(key);
      if (list === undefined) parts.set(key, [each]);
      else list.push(each);
    }
  }
  const packages = [...parts].map(([key, list]) => universalPackage(key.split(' ')[0] ?? '', list, markers));
  return {
    requiresPython,
    environments: markers.environments(),
    packages: packages.sort(comparePackages),
    uncovered: uncoveredTargets(answers),
    plans: solved.map(({ plan }) => plan),
  };
}

function comparePackages(a: UniversalPackage, b: UniversalPackage): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return compareVersions(parseVersion(a.version), parseVersion(b.version));
}

function universalPackage(
  name: string,
  parts: readonly SolvedRegion[],
  markers: RegionMarkers,
): UniversalPackage {
  const planned = parts.flatMap(({ plan }) => plan.packages.filter((each) => each.name === name));
  const [first] = planned;
  const [part] = parts;
  const page = part?.world.page(name);
  if (first === undefined || part === undefined || page === undefined || page === null) {
    throw new Error(`invariant: ${name} is in no plan`);
  }
  return {
    name,
    version: first.version,
    marker: markers.markerOf(parts.map(({ region }) => region)),
    files: lockFiles(page, part.chosen.get(name)?.rank ?? -1, parts),
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
