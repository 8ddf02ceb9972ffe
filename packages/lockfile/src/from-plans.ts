import { formatSpecifierSet, parseIndexSpecifierSet, parseRequirement } from '@pyplan/markers';
import type { Demand, IndexFile, Plan, PlannedPackage } from '@pyplan/resolver';
import {
  compareFiles,
  comparePackages,
  compareText,
  type LockedDependency,
  type LockedFile,
  type LockedPackage,
  type LockedSet,
  type LockedSource,
} from './locked-set.ts';
import { type PartedLock, partNames, type Want, withPartMarkers } from './parted-lock.ts';
import { type ProjectPart, packagesOfPart } from './project-parts.ts';
import { type TargetMarkers, targetMarkers } from './target-markers.ts';

/** A version of a package with the plans that have it, by their positions. */
interface Entry {
  readonly name: string;
  readonly first: PlannedPackage;
  readonly planned: Map<number, PlannedPackage>;
}

/**
 * The plans of one or several targets as one lock.
 *
 * A version that all plans have once is unmarked; else its marker holds on just the targets that get it. Its files
 * are those that the plans chose. With parts (a project's extras and groups, resolved together), what only some parts
 * need is marked with their `extras` and `dependency_groups` (PEP 751).
 *
 * @throws LockWriteError where two targets with different packages can't be told apart by a marker.
 */
export function lockPlans(
  plans: readonly Plan[],
  inputsDigest: string | null = null,
  parts: readonly ProjectPart[] = [],
): LockedSet {
  return withPartMarkers(partedPlans(plans, inputsDigest, parts));
}

/** The same, its markers of environments alone, with the parts that want each package. */
export function partedPlans(
  plans: readonly Plan[],
  inputsDigest: string | null,
  parts: readonly ProjectPart[],
): PartedLock {
  const markers = targetMarkers(plans.map((plan) => plan.target));
  const wanted = parts.map((part) => ({ part, names: plans.map((plan) => packagesOfPart(plan, part)) }));
  const entries = [...groupByVersion(plans).values()];
  const chosen = chosenVersions(entries);
  const parted = entries.map((entry) => {
    const item = lockedPackage(entry, markers, chosen);
    const wants = wantsOf(entry, markers, wanted);
    if (wants.length > 0) return { item, wants };
    return { item: { ...item, marker: markers.partMarker(new Set(entry.planned.keys())) }, wants };
  });
  const set: LockedSet = {
    format: 'resolution',
    file: null,
    createdBy: 'pyplan',
    environments: markers.environments,
    requiresPython: null,
    extras: partNames(parts, 'extra'),
    dependencyGroups: partNames(parts, 'group'),
    defaultGroups: [],
    targets: plans.map(({ target }) => ({ python: target.python, platform: target.platform })),
    inputsDigest,
    assumed: [],
    packages: parted.map(({ item }) => item).sort(comparePackages),
  };
  return { set, wants: new Map(parted.map(({ item, wants }) => [item, wants])) };
}

/** A part of the project, and the packages that it leads to in each plan. */
interface WantedPart {
  readonly part: ProjectPart;
  readonly names: readonly ReadonlySet<string>[];
}

/** By which parts of the project the entry is wanted, and on which targets. */
function wantsOf(entry: Entry, markers: TargetMarkers, wanted: readonly WantedPart[]): readonly Want[] {
  const positions = [...entry.planned.keys()];
  return wanted.flatMap(({ part, names }) => {
    const here = positions.filter((position) => names[position]?.has(entry.name));
    return here.length === 0 ? [] : [{ part, marker: markers.partMarker(new Set(here)) }];
  });
}

function groupByVersion(plans: readonly Plan[]): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [position, plan] of plans.entries()) {
    for (const item of plan.packages) {
      const key = `${item.name} ${item.version} ${isDirectPackage(item) ? item.file.url : ''}`;
      const entry = entries.get(key) ?? { name: item.name, first: item, planned: new Map() };
      entry.planned.set(position, item);
      entries.set(key, entry);
    }
  }
  return entries;
}

/** By package of which the plans have several versions, the version that each plan has, by its position. */
type ChosenVersions = ReadonlyMap<string, ReadonlyMap<number, string>>;

function chosenVersions(entries: readonly Entry[]): ChosenVersions {
  const several = [...Map.groupBy(entries, (entry) => entry.name)].filter(
    ([, versions]) => versions.length > 1,
  );
  return new Map(several.map(([name, versions]) => [name, versionsByPlan(versions)]));
}

function versionsByPlan(versions: readonly Entry[]): ReadonlyMap<number, string> {
  return new Map(
    versions.flatMap(({ planned }) =>
      [...planned].map(([position, { version }]) => [position, version] as const),
    ),
  );
}

function lockedPackage(entry: Entry, markers: TargetMarkers, chosen: ChosenVersions): LockedPackage {
  const { first } = entry;
  const planned = [...entry.planned.values()];
  const files = new Map(planned.map((item) => [item.file.filename, lockedFile(item.file)]));
  return {
    name: first.name,
    version: first.version,
    marker: null,
    requiresPython: commonPython(planned.map((item) => item.requiresPython)),
    extras: sortedUnion(planned.map((item) => item.extras)),
    source: isDirectPackage(first) ? directSource(first.file.url) : { kind: 'index', index: first.index },
    files: [...files.values()].sort(compareFiles),
    hashes: [],
    dependencies: lockedDependencies(entry, markers, chosen),
    demands: distinctDemands(planned.flatMap((item) => item.demands)),
  };
}

/** The edges of a version over all its plans; one that only some of them have gets their marker. */
function lockedDependencies(
  entry: Entry,
  markers: TargetMarkers,
  chosen: ChosenVersions,
): readonly LockedDependency[] {
  const edges = new Map<string, { dependency: LockedDependency; positions: Set<number> }>();
  for (const [position, item] of entry.planned) {
    for (const needed of item.requires) {
      const version = chosen.get(needed.name)?.get(position) ?? null;
      const key = `${needed.name} ${version} ${needed.text}`;
      const extras = [...needed.extras].sort(compareText);
      const edge = edges.get(key) ?? {
        dependency: { name: needed.name, version, extras, marker: null, text: needed.text },
        positions: new Set<number>(),
      };
      edge.positions.add(position);
      edges.set(key, edge);
    }
  }
  return [...edges.values()]
    .map(({ dependency, positions }) =>
      positions.size === entry.planned.size
        ? dependency
        : { ...dependency, marker: markers.partMarker(positions) },
    )
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.text ?? '', b.text ?? ''));
}

/** What the metadata of all of them says; null where they disagree. */
function commonPython(texts: readonly (string | null)[]): string | null {
  const [first = null, ...others] = [...new Set(texts)];
  return others.length > 0 ? null : pythonOfMetadata(first);
}

/** A Requires-Python that any reader takes: repaired as an index needs it, null where it is beyond that. */
export function pythonOfMetadata(text: string | null): string | null {
  if (text === null) return null;
  try {
    return formatSpecifierSet(parseIndexSpecifierSet(text).specifierSet) || null;
  } catch {
    return null;
  }
}

/** A file of the index as a lock has it. */
export function lockedFile(file: IndexFile): LockedFile {
  return {
    kind: file.filename.endsWith('.whl') ? 'wheel' : 'sdist',
    filename: file.filename,
    location: { kind: 'url', url: file.url },
    size: file.size,
    uploadTime: file.uploadTime,
    hashes: file.hashes,
    yanked: file.yanked,
  };
}

/** Whether somebody asked for the package by URL (`name @ url`), so that no index is involved. */
export function isDirectPackage(item: Pick<PlannedPackage, 'index' | 'demands'>): boolean {
  return (
    item.index === null && item.demands.some((demand) => demand.text.includes('@') && asksByUrl(demand.text))
  );
}

/** An archive at a URL; of the fragment, only the subdirectory says what to install. */
export function directSource(url: string): LockedSource {
  const [plain = url, fragment = ''] = url.split('#', 2);
  const subdirectory = new URLSearchParams(fragment).get('subdirectory');
  return { kind: 'archive', location: { kind: 'url', url: plain }, subdirectory };
}

function asksByUrl(text: string): boolean {
  try {
    return parseRequirement(text).url !== null;
  } catch {
    // A requirement of the index that needed repair: those have no URL.
    return false;
  }
}

function sortedUnion(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort(compareText);
}

function distinctDemands(demands: readonly Demand[]): readonly Demand[] {
  const keyed = new Map(
    demands.map((demand) => {
      const { from, text, origin } = demand;
      return [JSON.stringify([from, text, origin?.source ?? null, origin?.line ?? null]), demand];
    }),
  );
  return [...keyed.values()].sort(
    (a, b) => compareText(a.from ?? '', b.from ?? '') || compareText(a.text, b.text),
  );
}
