import {
  type ComparedSide,
  differencesOf,
  type Note,
  type Plan,
  type PlannedPackage,
  type Refusal,
  resolve,
  type Target,
} from '@pyplan/resolver';
import { completeRequest, type PlanRequest } from '../../request.ts';
import { tryCompareVersions } from '../version-order.ts';
import { causeText } from './cause-text.ts';
import {
  type ComparedFile,
  comparedFile,
  inOrderOf,
  type RefusedSide,
  sidesOf,
  type TargetResult,
  type ToldCause,
  targetResult,
} from './comparison.ts';

/** What is different in the plans of two requests for the same targets. */
export interface PlanChanges {
  readonly targets: readonly ChangedTarget[];
  /** Sorted by name. */
  readonly packages: readonly PlanChange[];
  /** Packages that are the same in both, on every target. */
  readonly unchanged: number;
}

export interface ChangedTarget {
  readonly python: string;
  readonly platform: string;
  readonly before: TargetResult;
  readonly after: TargetResult;
}

/** A change of one package, on all the targets that see it alike. */
export interface PlanChange {
  /** Normalised. */
  readonly name: string;
  /** `file`: another file of the same version. */
  readonly kind: 'added' | 'removed' | 'upgraded' | 'downgraded' | 'file';
  /** Null where it was added. */
  readonly from: ChangedVersion | null;
  /** Null where it was removed. */
  readonly to: ChangedVersion | null;
  /** Places in `targets`. */
  readonly targets: readonly number[];
  /** What each of them gets, in their order. */
  readonly files: readonly { readonly from: ComparedFile | null; readonly to: ComparedFile | null }[];
  /** What parts the two; of `sides`, 0 is before and 1 after. */
  readonly because: readonly ToldCause[];
}

export interface ChangedVersion {
  readonly version: string;
  /** Of the file that the first of the targets gets, ISO 8601; null where the index does not say. */
  readonly uploadTime: string | null;
}

export type ChangesResult =
  | {
      readonly status: 'resolved';
      readonly changes: PlanChanges;
      /** Those before, then those after, each in the order of the targets. */
      readonly plans: readonly Plan[];
      readonly notes: readonly Note[];
    }
  | {
      readonly status: 'no-solution';
      /** On the targets that have a plan in both; the others stand in it with their refusals. */
      readonly changes: PlanChanges;
      readonly plans: readonly Plan[];
      /** Those of the one that is refused. */
      readonly refusals: readonly Refusal[];
      /** Which of the two has no plan on some target; the first, where both. */
      readonly refused: 'before' | 'after';
      readonly notes: readonly Note[];
    };

/**
 * What changes from one request to another, and why: two sets of inputs, two times (`options.excludeNewer`), two
 * sets of options. Both are for the targets of the first. Given the same source, nothing is read or parsed twice.
 *
 * Throws as `lock` does.
 */
export async function compareRequests(before: PlanRequest, after: PlanRequest): Promise<ChangesResult> {
  const { request: first, assumed } = completeRequest(before);
  const { request: second } = completeRequest({ ...after, targets: first.targets });
  const old = await resolve(first);
  const now = await resolve(second);
  const answer = {
    changes: changesBetween(first.targets, sidesOf(first, old), sidesOf(second, now)),
    plans: [...old.plans, ...now.plans],
    notes: distinctNotes([...assumed, ...old.notes, ...now.notes]),
  };
  if (old.status === 'no-solution') {
    return { ...answer, status: 'no-solution', refusals: old.refusals, refused: 'before' };
  }
  if (now.status === 'no-solution') {
    return { ...answer, status: 'no-solution', refusals: now.refusals, refused: 'after' };
  }
  return { ...answer, status: 'resolved' };
}

function distinctNotes(notes: readonly Note[]): readonly Note[] {
  return [...new Map(notes.map((note) => [`${note.kind} ${note.text}`, note])).values()];
}

function changesBetween(
  targets: readonly Target[],
  old: readonly (ComparedSide | RefusedSide)[],
  now: readonly (ComparedSide | RefusedSide)[],
): PlanChanges {
  const before = inOrderOf(targets, old);
  const after = inOrderOf(targets, now);
  const pairs = before.flatMap((first, index) => {
    const second = after[index];
    return second !== undefined && 'plan' in first && 'plan' in second ? [{ first, second, index }] : [];
  });
  const steps = pairs.flatMap(({ first, second, index }) => stepsOn(first, second, index));
  const alike = Map.groupBy(steps, ({ name, from, to }) =>
    JSON.stringify([name, from?.version, to?.version]),
  );
  const packages = [...alike.values()]
    .flatMap((group) => {
      const [step] = group;
      if (step === undefined) return [];
      const targets = group.flatMap((each) => each.targets);
      const because = new Map(group.flatMap((each) => each.because.map((cause) => [cause.told, cause])));
      const files = group.flatMap((each) => each.files);
      return [{ ...step, targets, files, because: [...because.values()] }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const plans = pairs.flatMap(({ first, second }) => [first.plan, second.plan]);
  const names = new Set(plans.flatMap((plan) => plan.packages.map(({ name }) => name)));
  return {
    targets: targets.map(({ python, platform }, index) => ({
      python,
      platform,
      before: resultAt(before, index),
      after: resultAt(after, index),
    })),
    packages,
    unchanged: names.size - new Set(packages.map(({ name }) => name)).size,
  };
}

function resultAt(sides: readonly (ComparedSide | RefusedSide)[], index: number): TargetResult {
  const side = sides[index];
  if (side === undefined) throw new Error('invariant: a target without an answer');
  return targetResult(side);
}

function stepsOn(before: ComparedSide, after: ComparedSide, target: number): readonly PlanChange[] {
  const [old, now] = [packagesOf(before.plan), packagesOf(after.plan)];
  return differencesOf([before, after]).map(({ name, causes }) => {
    const [from, to] = [old.get(name), now.get(name)];
    return {
      name,
      kind: kindOf(from, to),
      from: changedVersion(from),
      to: changedVersion(to),
      targets: [target],
      files: [{ from: comparedFile(from), to: comparedFile(to) }],
      because: causes.map((cause) => ({ ...cause, told: causeText(cause, name, []) })),
    };
  });
}

function packagesOf({ packages }: Plan): ReadonlyMap<string, PlannedPackage> {
  return new Map(packages.map((planned) => [planned.name, planned]));
}

function kindOf(from: PlannedPackage | undefined, to: PlannedPackage | undefined): PlanChange['kind'] {
  if (from === undefined) return 'added';
  if (to === undefined) return 'removed';
  const order = tryCompareVersions(from.version, to.version) ?? 0;
  return order === 0 ? 'file' : order < 0 ? 'upgraded' : 'downgraded';
}

function changedVersion(planned: PlannedPackage | undefined): ChangedVersion | null {
  return planned === undefined ? null : { version: planned.version, uploadTime: planned.file.uploadTime };
}
