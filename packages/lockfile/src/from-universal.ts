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

/** A universal lock as a lock like any other. Its markers and environments are taken as they are. */
export function lockUniversal(lock: UniversalLock, inputsDigest: string | null = null): LockedSet {
  const versions = Map.groupBy(lock.packages, (item) => item.name);
  return {
    format: 'resolution',
    file: null,
    createdBy: 'pyplan',
    environments: lock.environments,
    requiresPython: lock.requiresPython,
    extras: [],
    dependencyGroups: [],
    defaultGroups: [],
    targets: [],
    inputsDigest,
    assumed: [],
    packages: lock.packages
      .map((item) => lockedPackage(item, lock, (name) => (versions.get(name)?.length ?? 0) > 1))
      .sort(comparePackages),
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
