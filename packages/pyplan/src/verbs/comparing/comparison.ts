import {
  type ComparedSide,
  type DifferenceCause,
  type DifferenceKind,
  differencesOf,
  type Plan,
  type PlannedPackage,
  type Refusal,
  type Resolution,
  type Target,
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

export type ComparedTarget = { readonly python: string; readonly platform: string } & TargetResult;

/** How large the plan of a target is, or why it has none. */
export type TargetResult =
  | { readonly packages: number; readonly download: Download; readonly refusal: null }
  | { readonly packages: null; readonly download: null; readonly refusal: Refusal };

/** A target without a plan, in the place that it has among what is compared. */
export interface RefusedSide {
  readonly refusal: Refusal;
}

export interface ComparedPackage {
  /** Normalised. */
  readonly name: string;
  readonly difference: ComparedDifference;
  /** What each target gets, in the order of `targets`; null where it gets none, or has no plan. */
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

/** Compares plans, each with the request that it answers; no source is asked. What has no plan differs in nothing. */
export function comparePlans(sides: readonly (ComparedSide | RefusedSide)[]): Comparison {
  const targets = sides.map((side) => {
    const { python, platform } = targetOf(side);
    return { python, platform, ...targetResult(side) };
  });
  const planned = sides.flatMap((side, place) => ('plan' in side ? [{ side, place }] : []));
  const byName = sides.map(
    (side) => new Map('plan' in side ? side.plan.packages.map((each) => [each.name, each]) : []),
  );
  const names = [...new Set(byName.flatMap((plan) => [...plan.keys()]))].toSorted();
  const found = differencesOf(planned.map(({ side }) => side));
  const differences = new Map(found.map((difference) => [difference.name, difference]));
  const inTargets = (cause: DifferenceCause): DifferenceCause => ({
    ...cause,
    sides: cause.sides.flatMap((index) => planned[index]?.place ?? []),
  });
  return {
    targets,
    packages: names.map((name) => {
      const { kind = 'none', causes = [] } = differences.get(name) ?? {};
      return {
        name,
        difference: kind,
        on: byName.map((plan) => comparedFile(plan.get(name))),
        because: causes.map(inTargets).map((cause) => ({ ...cause, told: causeText(cause, name, targets) })),
      };
    }),
  };
}

export function targetResult(side: { readonly plan: Plan } | RefusedSide): TargetResult {
  if ('refusal' in side) return { packages: null, download: null, refusal: side.refusal };
  const { packages } = side.plan;
  return { packages: packages.length, download: downloadOf(packages), refusal: null };
}

/** The answers of a request, each as a side to compare. */
export function sidesOf(
  request: ComparedSide['request'],
  resolution: Resolution,
): readonly (ComparedSide | RefusedSide)[] {
  return [
    ...resolution.plans.map((plan) => ({ request, plan })),
    ...(resolution.status === 'no-solution' ? resolution.refusals.map((refusal) => ({ refusal })) : []),
  ];
}

/** What is compared, each in its place among the targets. */
export function inOrderOf<Side extends { readonly plan: Plan } | RefusedSide>(
  targets: readonly Target[],
  sides: readonly Side[],
): readonly Side[] {
  const byTarget = new Map(sides.map((side) => [targetKey(targetOf(side)), side]));
  return targets.flatMap((target) => byTarget.get(targetKey(target)) ?? []);
}

function targetOf(side: { readonly plan: Plan } | RefusedSide): Target {
  return 'plan' in side ? side.plan.target : side.refusal.target;
}

function targetKey({ python, platform, environment }: Target): string {
  return JSON.stringify([python, platform, environment]);
}

export function comparedFile(planned: PlannedPackage | undefined): ComparedFile | null {
  if (planned === undefined) return null;
  const { version, file } = planned;
  return { version, filename: file.filename, size: file.size };
}
