import { normalizeName, tryParseVersion } from '@pyplan/markers';
import type { RequirementScope } from '@pyplan/resolver';
import { InputError } from '../input-error.ts';
import { isTable, type TomlTable } from './toml.ts';

/** A list of texts of which some are for the requirements of one package alone. */
export interface ScopedList {
  readonly everywhere: readonly string[];
  readonly scoped: readonly {
    readonly scope: RequirementScope;
    readonly dependencies: readonly string[];
  }[];
}

/**
 * A list of `tool.uv` whose entries are texts, or tables `{ package = { name = "bar", version = "1" }, dependencies = ["…"] }`;
 * `version` may be left out.
 *
 * @throws InputError naming the key and what was expected.
 */
export function scopedListAt(table: TomlTable, key: string, source: string): ScopedList {
  const value = table[key];
  const fault = (problem: string): InputError =>
    new InputError(`tool.uv.${key} ${problem}`, {
      place: { source },
      hint: `Expected ${key} = ["…"], or for one package alone { package = { name = "…" }, dependencies = ["…"] }`,
    });
  if (value === undefined) return { everywhere: [], scoped: [] };
  if (!Array.isArray(value)) throw fault('is not a list');
  const entries: readonly unknown[] = value;
  return {
    everywhere: entries.filter((entry) => typeof entry === 'string'),
    scoped: entries.filter((entry) => typeof entry !== 'string').map((entry) => scopedEntry(entry, fault)),
  };
}

function scopedEntry(entry: unknown, fault: (problem: string) => InputError): ScopedList['scoped'][number] {
  const problem = `holds ${JSON.stringify(entry)}`;
  if (!isTable(entry) || !hasOnly(entry, ['package', 'dependencies'])) throw fault(problem);
  const { package: target, dependencies } = entry;
  if (!isTable(target) || !hasOnly(target, ['name', 'version'])) throw fault(problem);
  const { name, version = null } = target;
  if (typeof name !== 'string' || !isVersion(version)) throw fault(problem);
  if (!Array.isArray(dependencies)) throw fault(problem);
  const texts: readonly unknown[] = dependencies;
  if (!texts.every((text) => typeof text === 'string')) throw fault(problem);
  return { scope: { package: normalizeName(name), version }, dependencies: texts };
}

function isVersion(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && tryParseVersion(value) !== null);
}

function hasOnly(table: TomlTable, keys: readonly string[]): boolean {
  return Object.keys(table).every((key) => keys.includes(key));
}
