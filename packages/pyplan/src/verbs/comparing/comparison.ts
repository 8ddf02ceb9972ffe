import {
  type ComparedSide,
  type DifferenceCause,
  type DifferenceKind,
  differencesOf,
  type PlannedPackage,
} from '@pyplan/resolver';
import { type Download, downloadOf } from '../download.ts';
import { causeText } from './cause-text.ts';

/** The least that is the same: see `DifferenceKind`; `none`: the same file everywhere. */
export type ComparedDifference = DifferenceKind | 'none';

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
  readonly difference: ComparedDifference;
  /** What each target gets, in the order of `targets`; null where it gets none. */
  readonly on: readonly (ComparedFile | null)[];
  /** What parts the targets; `sides` are places in `targets`. */
  readonly because: readonly ToldCause[];
}

/** A cause with the words for it. */
export type ToldCause = DifferenceCause & {
  /** `anyio: exceptiongroup>=1.0.2; python_version < "3.11"`, `2.1.6: Python >=3.10`. */
  readonly told: string;
};

export interface ComparedFile {
  readonly version: string;
  readonly filename: string;
  readonly size: number | null;
}

/** Compares plans, each with the request that it answers; no source is asked. */
export function comparePlans(sides: readonly ComparedSide[]): Comparison {
  const plans = sides.map(({ plan }) => plan);
  const targets = plans.map(({ target, packages }) => ({
    python: target.python,
    platform: target.platform,
    packages: packages.length,
    download: downloadOf(packages),
  }));
  const byName = plans.map(({ packages }) => new Map(packages.map((planned) => [planned.name, planned])));
  const names = [...new Set(byName.flatMap((plan) => [...plan.keys()]))].toSorted();
  const differences = new Map(differencesOf(sides).map((difference) => [difference.name, difference]));
  return {
    targets,
    packages: names.map((name) => {
      const { kind = 'none', causes = [] } = differences.get(name) ?? {};
      return {
        name,
        difference: kind,
        on: byName.map((plan) => comparedFile(plan.get(name))),
        because: causes.map((cause) => ({ ...cause, told: causeText(cause, name, targets) })),
      };
    }),
  };
}

export function comparedFile(planned: PlannedPackage | undefined): ComparedFile | null {
  if (planned === undefined) return null;
  const { version, file } = planned;
  return { version, filename: file.filename, size: file.size };
}
