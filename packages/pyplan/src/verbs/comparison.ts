import { parseIndexSpecifierSet, parseVersion, specifierSetContains } from '@pyplan/markers';
import type { Plan, PlannedPackage, Target } from '@pyplan/resolver';
import { type Download, downloadOf } from './download.ts';

/** The least that is the same: not everywhere in the plans, another version, another file of one version. */
export type Difference = 'presence' | 'version' | 'file' | 'none';

/** What differs between plans. */
export interface Comparison {
  readonly targets: readonly ComparedTarget[];
  /** Every package of any plan, sorted by name. */
  readonly packages: readonly ComparedPackage[];
}

export interface ComparedTarget {
  readonly python: string;
  readonly platform: string;
  readonly packages: number;
  readonly download: Download;
}

export interface ComparedPackage {
  /** Normalised. */
  readonly name: string;
  readonly difference: Difference;
  /** What each target gets, in the order of `targets`; null where it gets none. */
  readonly on: readonly (ComparedFile | null)[];
  /**
   * Where some targets have no such package: who asks for it on the others, in which words. Where
   * versions differ: which of them do not run on the Python of another target.
   */
  readonly because: readonly string[];
}

export interface ComparedFile {
  readonly version: string;
  readonly filename: string;
  readonly size: number | null;
}

/** Compares plans, one a target. */
export function comparePlans(plans: readonly Plan[]): Comparison {
  const byName = plans.map((plan) => new Map(plan.packages.map((planned) => [planned.name, planned])));
  const names = [...new Set(byName.flatMap((plan) => [...plan.keys()]))].toSorted();
  return {
    targets: plans.map((plan) => ({
      python: plan.target.python,
      platform: plan.target.platform,
      packages: plan.packages.length,
      download: downloadOf(plan.packages),
    })),
    packages: names.map((name) =>
      comparePackage(
        name,
        byName.map((plan) => plan.get(name) ?? null),
        plans.map((plan) => plan.target),
      ),
    ),
  };
}

function comparePackage(
  name: string,
  on: readonly (PlannedPackage | null)[],
  targets: readonly Target[],
): ComparedPackage {
  const difference = differenceOf(on);
  return {
    name,
    difference,
    on: on.map((planned) =>
      planned === null
        ? null
        : { version: planned.version, filename: planned.file.filename, size: planned.file.size },
    ),
    because:
      difference === 'presence' ? askers(on) : difference === 'version' ? pythonLimits(on, targets) : [],
  };
}

function differenceOf(on: readonly (PlannedPackage | null)[]): Difference {
  if (on.includes(null)) return 'presence';
  if (distinct(on.map((planned) => planned?.version)) > 1) return 'version';
  return distinct(on.map((planned) => planned?.file.filename)) > 1 ? 'file' : 'none';
}

function distinct(values: readonly unknown[]): number {
  return new Set(values).size;
}

function askers(on: readonly (PlannedPackage | null)[]): readonly string[] {
  const demands = on.flatMap((planned) => planned?.demands ?? []);
  return [...new Set(demands.map((demand) => `${demand.from ?? 'you'}: ${demand.text}`))];
}

function pythonLimits(on: readonly (PlannedPackage | null)[], targets: readonly Target[]): readonly string[] {
  const limits = on.flatMap((planned) => {
    const { requiresPython = null, version = '' } = planned ?? {};
    if (requiresPython === null) return [];
    const excludes = targets.some(
      (target, index) => on[index]?.version !== version && !admits(requiresPython, target),
    );
    return excludes ? [`${version}: Python ${requiresPython}`] : [];
  });
  return [...new Set(limits)];
}

/** Judged as an install does. What can't be read, though it was planned with, is taken to admit all. */
function admits(requiresPython: string, target: Target): boolean {
  try {
    const { specifierSet } = parseIndexSpecifierSet(requiresPython);
    const python = parseVersion(target.environment.python_full_version);
    return specifierSetContains(specifierSet, python, { prereleases: true });
  } catch {
    return true;
  }
}
