import { isPylockName } from '@pyplan/lockfile';
import { normalizeName } from '@pyplan/markers';
import { InputError } from '../input-error.ts';
import type { InputFiles } from '../input-files.ts';
import { readRequirements } from '../requirements/requirements-file.ts';

/**
 * The versions that an existing lock pins, by normalised name, to be kept where they are still allowed.
 * A package that the lock has at several versions keeps none. Empty where there is no such file.
 *
 * @throws InputError where the file is no lock that pyplan writes.
 */
export async function lockPreferences(path: string, files: InputFiles): Promise<ReadonlyMap<string, string>> {
  if (files.kindOf(path) !== 'file') return new Map();
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const pins = name.endsWith('.json')
    ? jsonPins(new TextDecoder().decode(files.read(path)), path)
    : isPylockName(name) || name.endsWith('.toml')
      ? await pylockPins(new TextDecoder().decode(files.read(path)), path)
      : requirementPins(path, files);
  const versions = Map.groupBy(pins, (pin) => pin.name);
  return new Map(
    [...versions].flatMap(([pinned, all]) => {
      const [first] = all;
      return first !== undefined && all.every((pin) => pin.version === first.version)
        ? [[pinned, first.version]]
        : [];
    }),
  );
}

interface Pin {
  readonly name: string;
  readonly version: string;
}

async function pylockPins(text: string, source: string): Promise<readonly Pin[]> {
  const { readPylock } = await import('./pylock.ts');
  return readPylock(text, source).requirements.flatMap(({ requirement }) => pinOf(requirement));
}

function requirementPins(path: string, files: InputFiles): readonly Pin[] {
  return readRequirements(path, files).requirements.flatMap(({ requirement }) => pinOf(requirement));
}

function pinOf(requirement: {
  readonly name: string;
  readonly specifier: { readonly text: string };
}): readonly Pin[] {
  const version = /^\s*==\s*([^*,\s]+)\s*$/.exec(requirement.specifier.text)?.[1];
  return version === undefined ? [] : [{ name: normalizeName(requirement.name), version }];
}

function jsonPins(text: string, source: string): readonly Pin[] {
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch (error) {
    throw new InputError('Not valid JSON', { place: { source }, cause: error });
  }
  return listAt(lock, 'targets').flatMap((target) =>
    listAt(target, 'packages').flatMap((entry) => {
      const [name, version] = [valueAt(entry, 'name'), valueAt(entry, 'version')];
      return typeof name === 'string' && typeof version === 'string'
        ? [{ name: normalizeName(name), version }]
        : [];
    }),
  );
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
