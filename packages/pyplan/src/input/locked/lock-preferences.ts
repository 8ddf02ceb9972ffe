import { LockFormatError, preferencesOf, readLock, type Upgrades } from '@pyplan/lockfile';
import { normalizeName } from '@pyplan/markers';
import { InputError } from '../input-error.ts';
import type { InputFiles } from '../input-files.ts';

/**
 * The versions that an existing lock pins, by normalised name, but for those that `upgrades` lets move.
 * Empty where there is no such file. Reads every format that pyplan writes, and other tools' locks.
 *
 * @throws InputError where the file is no lock.
 */
export async function lockPreferences(
  path: string,
  files: InputFiles,
  upgrades: Exclude<Upgrades, 'all'>,
): Promise<ReadonlyMap<string, string>> {
  if (files.kindOf(path) !== 'file') return new Map();
  const text = new TextDecoder().decode(files.read(path));
  const own = ownJson(text);
  if (own !== null) {
    const moving = new Set([...upgrades.keys()].map(normalizeName));
    return new Map(own.filter(([name]) => !moving.has(name)));
  }
  try {
    return preferencesOf(readLock(text, path), upgrades);
  } catch (error) {
    if (!(error instanceof LockFormatError)) throw error;
    throw new InputError(error.message, { cause: error });
  }
}

/** The pins of what `--format json` writes; null for anything else. */
function ownJson(text: string): readonly (readonly [string, string])[] | null {
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
