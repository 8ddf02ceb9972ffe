import { type LockedSet, LockFormatError, preferencesOf, readLock, type Upgrades } from '@pyplan/lockfile';
import { normalizeName } from '@pyplan/markers';
import { InputError } from '../../input/input-error.ts';
import type { InputFiles } from '../../input/input-files.ts';

/** The file that a lock is about to replace. */
export interface ExistingLock {
  /** As it stands on the disk. */
  readonly text: string;
  /** Null where it is pyplan's own JSON, which says less than a lock. */
  readonly lock: LockedSet | null;
  /** Name, normalised, and version of what it pins, in pyplan's own JSON. */
  readonly ownPins: readonly (readonly [string, string])[];
}

/**
 * The lock at a path, in any format that pyplan reads or writes; null where there is no such file.
 *
 * @throws InputError where the file is no lock.
 */
export function readExistingLock(path: string, files: InputFiles): ExistingLock | null {
  if (files.kindOf(path) !== 'file') return null;
  const text = new TextDecoder().decode(files.read(path));
  const ownPins = pinsOfJson(text);
  if (ownPins !== null) return { text, lock: null, ownPins };
  try {
    return { text, lock: readLock(text, path), ownPins: [] };
  } catch (error) {
    if (!(error instanceof LockFormatError)) throw error;
    throw new InputError(error.message, { cause: error });
  }
}

/** The versions that a lock pins, by normalised name, but for those that `upgrades` lets move. */
export function lockPreferences(
  { lock, ownPins }: ExistingLock,
  upgrades: Exclude<Upgrades, 'all'>,
): ReadonlyMap<string, readonly string[]> {
  if (lock !== null) return preferencesOf(lock, upgrades);
  const moving = new Set([...upgrades.keys()].map(normalizeName));
  const pins = Map.groupBy(
    ownPins.filter(([name]) => !moving.has(name)),
    ([name]) => name,
  );
  // The newest last, as this JSON has them.
  return new Map([...pins].map(([name, own]) => [name, own.map(([, version]) => version).toReversed()]));
}

/** Normalised names of the packages from an index that a lock has on every target that it is for. */
export function namesEverywhere({ lock, ownPins }: ExistingLock): readonly string[] {
  if (lock === null) return ownPins.map(([name]) => name);
  return lock.packages
    .filter(({ source, marker }) => source.kind === 'index' && marker === null)
    .map(({ name }) => name);
}

/** The pins of what `--format json` writes; null for anything else. */
function pinsOfJson(text: string): readonly (readonly [string, string])[] | null {
  if (!text.trimStart().startsWith('{')) return null;
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch {
    return null;
  }
  const packages = [
    ...listAt(lock, 'targets').flatMap((target) => listAt(target, 'packages')),
    ...listAt(lock, 'packages'),
  ];
  if (packages.length === 0) return null;
  return packages.flatMap((entry) => {
    const [name, version] = [valueAt(entry, 'name'), valueAt(entry, 'version')];
    return typeof name === 'string' && typeof version === 'string'
      ? [[normalizeName(name), version] as const]
      : [];
  });
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = valueAt(value, key);
  return Array.isArray(list) ? list : [];
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}
