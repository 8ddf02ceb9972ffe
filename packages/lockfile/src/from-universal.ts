import type { UniversalLock, UniversalPackage } from '@pyplan/resolver';
import { directSource, isDirectPackage, lockedFile, pythonOfMetadata } from './from-plans.ts';
import {
  compareFiles,
  comparePackages,
  compareText,
  type LockedDependency,
  type LockedPackage,
  type LockedSet,
} from './locked-set.ts';
import { type PartedLock, partNames, type Want, withPartMarkers } from './parted-lock.ts';
import { type ProjectPart, packagesOfPart } from './project-parts.ts';
import { targetMarkers } from './target-markers.ts';

/**
 * A universal lock as a lock like any other. Its markers and environments are taken as they are. With parts (a
 * project's extras and groups, resolved together), what only some parts need is marked with their `extras` and
 * `dependency_groups` (PEP 751).
 *
 * @throws LockWriteError where a part needs a package on some of its targets only, and no marker tells these apart.
 */
export function lockUniversal(
  lock: UniversalLock,
  inputsDigest: string | null = null,
  parts: readonly ProjectPart[] = [],
): LockedSet {
  return withPartMarkers(partedUniversal(lock, inputsDigest, parts));
}

/** The same, its markers of environments alone, with the parts that want each package. */
export function partedUniversal(
  lock: UniversalLock,
  inputsDigest: string | null,
  parts: readonly ProjectPart[],
): PartedLock {
  const wantsOf = universalWants(lock, parts);
  const versions = Map.groupBy(lock.packages, (item) => item.name);
  const parted = lock.packages.map((item) => ({
    item: lockedPackage(item, lock, (name) => (versions.get(name)?.length ?? 0) > 1),
    wants: wantsOf(item),
  }));
  const set: LockedSet = {
    format: 'resolution',
    file: null,
    createdBy: 'pyplan',
    environments: lock.environments,
    requiresPython: lock.requiresPython,
    extras: partNames(parts, 'extra'),
    dependencyGroups: partNames(parts, 'group'),
    defaultGroups: [],
    targets: [],
    inputsDigest,
    assumed: [],
    packages: parted.map(({ item }) => item).sort(comparePackages),
  };
  return { set, wants: new Map(parted.map(({ item, wants }) => [item, wants])) };
}

/** By which parts of the project a package is wanted, and on which part of the universe. */
function universalWants(
  { plans }: UniversalLock,
  parts: readonly ProjectPart[],
): (item: UniversalPackage) => readonly Want[] {
  if (parts.length === 0) return () => [];
  const markers = targetMarkers(plans.map(({ target }) => target));
  const wanted = parts.map((part) => ({ part, names: plans.map((plan) => packagesOfPart(plan, part)) }));
  return (item) => {
    const positions = [...plans.keys()].filter((position) =>
      plans[position]?.packages.some((other) => isSame(other, item)),
    );
    return wanted.flatMap(({ part, names }) => {
      const here = positions.filter((position) => names[position]?.has(item.name));
      if (here.length === 0) return [];
      const marker = here.length === positions.length ? item.marker : markers.partMarker(new Set(here));
      return [{ part, marker }];
    });
  };
}

function lockedPackage(
  item: UniversalPackage,
  lock: UniversalLock,
  hasSeveral: (name: string) => boolean,
): LockedPackage {
  const [file] = item.files;
  const isDirect = file !== undefined && isDirectPackage(item);
  return {
    name: item.name,
    version: item.version,
    marker: item.marker,
    requiresPython: pythonOfMetadata(item.requiresPython),
    extras: extrasOf(item, lock),
    source: isDirect ? directSource(file.url) : { kind: 'index', index: item.index },
    files: item.files.map(lockedFile).sort(compareFiles),
    hashes: [],
    dependencies: dependenciesOf(item, lock, hasSeveral),
    demands: item.demands,
  };
}

function extrasOf(item: UniversalPackage, lock: UniversalLock): readonly string[] {
  const planned = lock.plans.flatMap((plan) => plan.packages.filter((other) => isSame(other, item)));
  return [...new Set(planned.flatMap(({ extras }) => extras))].sort(compareText);
}

/** An edge for each version that meets a requirement in some plan. */
function dependenciesOf(
  item: UniversalPackage,
  lock: UniversalLock,
  hasSeveral: (name: string) => boolean,
): readonly LockedDependency[] {
  const plans = lock.plans.filter((plan) => plan.packages.some((other) => isSame(other, item)));
  const edges = item.requires.flatMap(({ name, text, extras }) => {
    const met = plans.flatMap((plan) => plan.packages.filter((other) => other.name === name));
    const versions = hasSeveral(name)
      ? [...new Set(met.map(({ version }) => version))].sort(compareText)
      : [null];
    const sorted = [...extras].sort(compareText);
    return versions.map((version) => ({ name, version, extras: sorted, marker: null, text }));
  });
  return edges.sort((a, b) => compareText(a.name, b.name) || compareText(a.text, b.text));
}

function isSame(a: { readonly name: string; readonly version: string }, b: typeof a): boolean {
  return a.name === b.name && a.version === b.version;
}
