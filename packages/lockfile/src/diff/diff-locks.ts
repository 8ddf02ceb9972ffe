import { evaluateMarker, parseMarker } from '@pyplan/markers';
import type { Target } from '@pyplan/resolver';
import { parseWheelFilename, wheelRank } from '@pyplan/wheel-meta';
import {
  compareText,
  compareVersionTexts,
  type LockedFile,
  type LockedPackage,
  type LockedSet,
  type LockedTarget,
} from '../locked-set.ts';
import { type ChangeReason, changeReasons } from './reasons.ts';

/** One end of a change. */
export interface ChangeSide {
  readonly version: string | null;
  readonly marker: string | null;
  /** Bytes of the file that the target would get, or of the only file; null where that is not known. */
  readonly size: number | null;
  /** Of the newest file, ISO 8601. */
  readonly uploadTime: string | null;
  /** Null: not yanked as far as the lock knows. */
  readonly yanked: string | null;
}

export type ChangeKind =
  | 'added'
  | 'removed'
  | 'upgraded'
  | 'downgraded'
  /** The same version from elsewhere: an index, a URL, a commit. */
  | 'source'
  /** The same version with other files, or other hashes of the same. */
  | 'files'
  /** The same version for other environments. */
  | 'marker';

/** What became of one package, on all targets or on some. */
export interface LockChange {
  /** Normalised. */
  readonly name: string;
  readonly kind: ChangeKind;
  /** Null where it was added. */
  readonly from: ChangeSide | null;
  /** Null where it was removed. */
  readonly to: ChangeSide | null;
  /** The targets that see it; null: all that were compared. */
  readonly targets: readonly LockedTarget[] | null;
  readonly reasons: readonly ChangeReason[];
}

/** The difference of two locks. Changes are sorted by name. */
export interface LockDiff {
  readonly changes: readonly LockChange[];
  /** Packages that are the same in both. */
  readonly unchanged: number;
}

/** A change on one target, or without targets. */
interface Step {
  readonly name: string;
  readonly before: LockedPackage | null;
  readonly after: LockedPackage | null;
  readonly target: Target | null;
}

/**
 * What changed from one lock to another. With targets each is compared for itself, by the packages whose marker holds
 * there, and changes that are alike are told once; without, the versions of each package are.
 */
export function diffLocks(before: LockedSet, after: LockedSet, targets: readonly Target[] = []): LockDiff {
  const steps =
    targets.length === 0
      ? compareSets(before.packages, after.packages, null)
      : targets.flatMap((target) => compareSets(on(before, target), on(after, target), target));
  const groups = [...Map.groupBy(steps, stepKey).values()];
  const moved = new Set(steps.filter((step) => kindOf(step) !== null).map((step) => step.name));
  const changes = groups.flatMap((group) => {
    const [first] = group;
    const kind = first === undefined ? null : kindOf(first);
    if (first === undefined || kind === null) return [];
    const seen = group.map((step) => step.target).filter((target) => target !== null);
    return [
      {
        name: first.name,
        kind,
        from: side(first.before, first.target),
        to: side(first.after, first.target),
        targets:
          seen.length === targets.length ? null : seen.map(({ python, platform }) => ({ python, platform })),
        reasons: changeReasons(first.name, first.after === null ? before : after, moved),
      },
    ];
  });
  changes.sort((a, b) => compareText(a.name, b.name));
  const names = new Set(steps.map((step) => step.name));
  return { changes, unchanged: names.size - moved.size };
}

function on(lock: LockedSet, target: Target): readonly LockedPackage[] {
  const context = {
    extras: lock.extras,
    dependency_groups: [...lock.dependencyGroups, ...lock.defaultGroups],
  };
  return lock.packages.filter(
    ({ marker }) => marker === null || evaluateMarker(parseMarker(marker), target.environment, null, context),
  );
}

/** Versions that both have stay together; what is left is paired in order. */
function compareSets(
  before: readonly LockedPackage[],
  after: readonly LockedPackage[],
  target: Target | null,
): readonly Step[] {
  const [old, now] = [Map.groupBy(before, ({ name }) => name), Map.groupBy(after, ({ name }) => name)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((name) => {
    const [left, right] = [old.get(name) ?? [], now.get(name) ?? []];
    const kept = left.flatMap((item) => {
      const same = right.find((other) => other.version === item.version);
      return same === undefined ? [] : [{ name, before: item, after: same, target }];
    });
    const gone = left.filter((item) => !kept.some((step) => step.before === item));
    const come = right.filter((item) => !kept.some((step) => step.after === item));
    const count = Math.max(gone.length, come.length);
    const rest = Array.from({ length: count }, (_, index) => ({
      name,
      before: gone[index] ?? null,
      after: come[index] ?? null,
      target,
    }));
    return [...kept, ...rest];
  });
}

function stepKey({ name, before, after, target }: Step): string {
  const marks = target === null ? [before?.marker, after?.marker] : [];
  return JSON.stringify([name, before?.version, after?.version, ...marks]);
}

function kindOf({ before, after, target }: Step): ChangeKind | null {
  if (before === null) return after === null ? null : 'added';
  if (after === null) return 'removed';
  const order = versionOrder(before.version, after.version);
  if (order !== 0) return order < 0 ? 'upgraded' : 'downgraded';
  if (sourceKey(before) !== sourceKey(after)) return 'source';
  if (filesDiffer(before, after)) return 'files';
  if (target === null && before.marker !== after.marker) return 'marker';
  return null;
}

/** A version that one of the locks does not tell is no difference. */
function versionOrder(before: string | null, after: string | null): number {
  return before === null || after === null ? 0 : compareVersionTexts(before, after);
}

/** An index that one of the locks does not name is no difference. */
function sourceKey({ source }: LockedPackage): string {
  return source.kind === 'index' ? 'index' : JSON.stringify(source);
}

/** Whether the locks contradict each other: a file with other hashes, or no hash of one known to the other. */
function filesDiffer(before: LockedPackage, after: LockedPackage): boolean {
  const later = new Map(after.files.map((file) => [file.filename, file]));
  const shared = before.files.filter((file) => later.has(file.filename));
  if (shared.some((file) => hashesDiffer(file, later.get(file.filename) ?? file))) return true;
  const [old, now] = [allHashes(before), allHashes(after)];
  return old.size > 0 && now.size > 0 && ![...old].some((hash) => now.has(hash));
}

function hashesDiffer(a: LockedFile, b: LockedFile): boolean {
  return Object.entries(a.hashes).some(([algorithm, hex]) => {
    const other = b.hashes[algorithm];
    return other !== undefined && other !== hex;
  });
}

function allHashes(item: LockedPackage): ReadonlySet<string> {
  const ofFiles = item.files.flatMap((file) => Object.entries(file.hashes).map((pair) => pair.join(':')));
  return new Set([...ofFiles, ...item.hashes]);
}

function side(item: LockedPackage | null, target: Target | null): ChangeSide | null {
  if (item === null) return null;
  const times = item.files.map((file) => file.uploadTime).filter((time) => time !== null);
  const yanked = item.files.map((file) => file.yanked).filter((reason) => reason !== null);
  return {
    version: item.version,
    marker: item.marker,
    size: fileFor(item, target)?.size ?? null,
    uploadTime: times.sort(compareText).at(-1) ?? null,
    yanked: item.files.length > 0 && yanked.length === item.files.length ? (yanked[0] ?? null) : null,
  };
}

function fileFor(item: LockedPackage, target: Target | null): LockedFile | null {
  const [only = null, ...others] = item.files;
  if (others.length === 0 || target === null) return others.length === 0 ? only : null;
  let best: LockedFile | null = item.files.find((file) => file.kind === 'sdist') ?? null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const file of item.files.filter(({ kind }) => kind === 'wheel')) {
    const rank = wheelRank(target.tags, parseWheelFilename(file.filename));
    if (rank >= 0 && rank < bestRank) [best, bestRank] = [file, rank];
  }
  return best;
}
