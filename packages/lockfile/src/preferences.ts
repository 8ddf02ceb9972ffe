import { normalizeName, parseSpecifierSet, tryParseVersion } from '@pyplan/markers';
import type { LockedSet } from './locked-set.ts';

/** What an update may move: everything, or these packages, each within a specifier set if it has one. */
export type Upgrades = 'all' | ReadonlyMap<string, string | null>;

/**
 * The versions that a new resolution should keep where it can (`ResolveOptions.preferences`): those of the lock, but
 * for what is to be upgraded. Of a package that the lock has in several versions, the newest comes first.
 *
 * Packages that come from no index, and conda's own, prefer nothing.
 */
export function preferencesOf(
  lock: LockedSet,
  upgrades: Upgrades = new Map(),
): ReadonlyMap<string, readonly string[]> {
  if (upgrades === 'all') return new Map();
  const moving = new Set([...upgrades.keys()].map(normalizeName));
  const preferred = new Map<string, string[]>();
  for (const { name, source, version } of lock.packages.toReversed()) {
    if (source.kind !== 'index' || version === null || tryParseVersion(version) === null) continue;
    if (moving.has(name)) continue;
    const versions = preferred.get(name);
    if (versions === undefined) preferred.set(name, [version]);
    else if (!versions.includes(version)) versions.push(version);
  }
  return new Map([...preferred].reverse());
}

/**
 * The constraints to resolve with, one for each package that may move only within bounds (`-P 'NAME<3'`).
 *
 * @throws InvalidSpecifierError
 */
export function upgradeConstraints(upgrades: Upgrades): readonly string[] {
  if (upgrades === 'all') return [];
  return [...upgrades].flatMap(([name, specifier]) => {
    if (specifier === null || specifier === '') return [];
    return [`${normalizeName(name)}${parseSpecifierSet(specifier).text}`];
  });
}
