import {
  createMarkerAlgebra,
  evaluateMarker,
  type MarkerAlgebra,
  MarkerBudgetError,
  type MarkerSet,
  parseMarker,
  parseSpecifierSet,
  parseVersion,
  platformFacts,
  specifierSetContains,
} from '@pyplan/markers';
import type { Target } from '@pyplan/resolver';
import { parseWheelFilename, wheelRank } from '@pyplan/wheel-meta';
import type { LockedPackage, LockedSet } from '../locked-set.ts';
import { pythonMarker } from '../read/python-marker.ts';
import { packageHashes } from '../requirements/format-requirements.ts';
import { type Finding, finding, label } from './finding.ts';
import { holdsOn } from './holds-on.ts';

/** What is wrong with a lock by what it says itself, for the targets if there are any. */
export function againstItself(lock: LockedSet, targets: readonly Target[]): readonly Finding[] {
  return [
    ...checkMarkers(lock),
    ...targets.flatMap((target) => checkTarget(lock, target)),
    ...lock.packages.flatMap(checkHashes),
  ];
}

/** Markers that never hold, and entries of a name that hold together. */
function checkMarkers(lock: LockedSet): readonly Finding[] {
  const algebra = createMarkerAlgebra({ theory: platformFacts() });
  try {
    const universe = universeOf(lock, algebra);
    const sets = new Map(
      lock.packages.map((item) => [item, algebra.and(universe, setOf(algebra, item.marker))]),
    );
    const never = lock.packages
      .filter((item) => algebra.isEmpty(sets.get(item) ?? algebra.full))
      .map((item) => {
        const message = `${label(item)}: no environment that the lock is for satisfies its marker, ${item.marker ?? 'none'}`;
        return finding('marker-never-holds', item, message);
      });
    const twins = [...Map.groupBy(lock.packages, ({ name }) => name).values()].flatMap((group) =>
      overlaps(group, sets, algebra),
    );
    return [...never, ...twins];
  } catch (error) {
    // A question that is too large to answer is no finding.
    if (error instanceof MarkerBudgetError) return [];
    throw error;
  }
}

function overlaps(
  group: readonly LockedPackage[],
  sets: ReadonlyMap<LockedPackage, MarkerSet>,
  algebra: MarkerAlgebra,
): readonly Finding[] {
  return group.flatMap((item, index) =>
    group.slice(index + 1).flatMap((other) => {
      const [left, right] = [sets.get(item) ?? algebra.full, sets.get(other) ?? algebra.full];
      if (algebra.areDisjoint(left, right)) return [];
      return [
        finding('ambiguous-package', item, `${label(item)} and ${label(other)} hold in the same environment`),
      ];
    }),
  );
}

function universeOf(lock: LockedSet, algebra: MarkerAlgebra): MarkerSet {
  const declared =
    lock.environments.length === 0
      ? algebra.full
      : algebra.or(...lock.environments.map((marker) => setOf(algebra, marker)));
  return algebra.and(declared, setOf(algebra, pythonMarker(lock.requiresPython)));
}

function setOf(algebra: MarkerAlgebra, marker: string | null): MarkerSet {
  return algebra.of(marker === null ? null : parseMarker(marker));
}

function checkTarget(lock: LockedSet, target: Target): readonly Finding[] {
  const name = `Python ${target.python} on ${target.platform}`;
  const isCovered =
    lock.environments.length === 0 ||
    lock.environments.some((marker) => evaluateMarker(parseMarker(marker), target.environment));
  if (!isCovered) return [finding('target-not-covered', null, `the lock is not for ${name}`)];
  if (!allowsPython(lock.requiresPython, target)) {
    const message = `the lock requires Python ${lock.requiresPython}, which ${name} is not`;
    return [finding('target-not-covered', null, message)];
  }
  return lock.packages
    .filter((item) => holdsOn(lock, item, target))
    .flatMap((item) => {
      if (!allowsPython(item.requiresPython, target)) {
        const message = `${label(item)} requires Python ${item.requiresPython}, which ${name} is not`;
        return [finding('python-not-allowed', item, message)];
      }
      if (
        item.files.length === 0 ||
        item.files.some((file) => file.kind === 'sdist' || fits(file.filename, target))
      ) {
        return [];
      }
      return [
        finding(
          'no-file-for-target',
          item,
          `${label(item)}: none of its wheels fits ${name}, and there is no sdist`,
        ),
      ];
    });
}

function fits(filename: string, target: Target): boolean {
  return wheelRank(target.tags, parseWheelFilename(filename)) >= 0;
}

function allowsPython(requires: string | null, target: Target): boolean {
  if (requires === null) return true;
  return specifierSetContains(
    parseSpecifierSet(requires),
    parseVersion(target.environment.python_full_version),
  );
}

/** Directories and VCS references have none; lists of what is installed never do. */
function checkHashes(item: LockedPackage): readonly Finding[] {
  if (item.source.kind !== 'index' && item.source.kind !== 'archive') return [];
  const bare = item.files
    .filter((file) => Object.keys(file.hashes).length === 0)
    .map((file) => file.filename);
  if (bare.length > 0)
    return [finding('hash-missing', item, `${label(item)}: no hash of ${bare.join(', ')}`)];
  const hashes = packageHashes(item);
  if (hashes.length === 0) return [finding('hash-missing', item, `${label(item)} has no hash`)];
  const weak =
    item.files.length > 0 ? item.files.map((file) => Object.keys(file.hashes)) : [hashes.map(algorithmOf)];
  if (weak.every((algorithms) => algorithms.some((algorithm) => !/^(md5|sha1)$/.test(algorithm)))) return [];
  return [finding('hash-weak', item, `${label(item)} has no hash stronger than SHA-1`)];
}

function algorithmOf(hash: string): string {
  return hash.slice(0, hash.indexOf(':'));
}
