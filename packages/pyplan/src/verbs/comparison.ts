import type { Plan, PlannedPackage } from '@pyplan/resolver';
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
  /** Where some targets have no such package: who asks for it on the others, in which words. */
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
      ),
    ),
  };
}

function comparePackage(name: string, on: readonly (PlannedPackage | null)[]): ComparedPackage {
  const difference = differenceOf(on);
  return {
    name,
    difference,
    on: on.map((planned) =>
      planned === null
        ? null
        : { version: planned.version, filename: planned.file.filename, size: planned.file.size },
    ),
    because: difference === 'presence' ? reasons(on) : [],
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

function reasons(on: readonly (PlannedPackage | null)[]): readonly string[] {
  const demands = on.flatMap((planned) => planned?.demands ?? []);
  return [...new Set(demands.map((demand) => `${demand.from ?? 'you'}: ${demand.text}`))];
}
