import { dirname, isAbsolute, join } from 'node:path';
import { normalizeName } from '@pyplan/markers';
import { localPath } from '../source/local/local-files.ts';
import {
  type IndexSetting,
  indexStrategy,
  type PartialSettings,
  SettingsError,
  simpleIndex,
} from './index-settings.ts';

/** The value of a TOML table, as a TOML reader gives it. */
type Table = Readonly<Record<string, unknown>>;

/**
 * Reads what uv's settings say of indexes: a `uv.toml`, or the table `tool.uv` of a `pyproject.toml`.
 *
 * @throws {SettingsError} naming the file and the key.
 */
export function uvConfig(table: Table, path: string): PartialSettings {
  const { index, pip: pipTable, sources } = table;
  const pip = isTable(pipTable) ? pipTable : {};
  const read = (key: string): string | null => stringAt(table, key, path) ?? stringAt(pip, key, path);
  const list = (key: string): readonly string[] => [
    ...stringsAt(table, key, path),
    ...stringsAt(pip, key, path),
  ];
  const entries = readIndexes(index, path);
  const legacy = read('index-url');
  const defaultIndex =
    entries.find((entry) => entry.isDefault)?.setting ?? (legacy === null ? null : simpleIndex(legacy));
  const strategy = read('index-strategy');
  const keyring = read('keyring-provider');
  const { 'no-index': noIndex } = table;
  return {
    ...(defaultIndex === null ? {} : { defaultIndex }),
    indexes: [
      ...entries.filter((entry) => !entry.isDefault).map((entry) => entry.setting),
      ...list('extra-index-url').map((url) => simpleIndex(url)),
    ],
    noIndex: noIndex === true,
    findLinks: list('find-links').map((location) => besideFile(location, path)),
    ...(strategy === null ? {} : { strategy: indexStrategy(strategy, `${path}: index-strategy`) }),
    ...(keyring === null ? {} : { keyring: keyring === 'subprocess' }),
    insecureHosts: list('allow-insecure-host'),
    pins: readPins(sources),
    origins: [path],
  };
}

interface IndexEntry {
  readonly setting: IndexSetting;
  readonly isDefault: boolean;
}

function readIndexes(value: unknown, path: string): readonly IndexEntry[] {
  if (value === undefined) return [];
  if (!Array.isArray(value))
    throw new SettingsError(`${path}: index: expected an array of tables, [[index]]`);
  return value.map((entry: unknown): IndexEntry => {
    if (!isTable(entry)) throw new SettingsError(`${path}: index: expected a table with a url`);
    const { url, name, explicit, format, default: isDefault } = entry;
    if (typeof url !== 'string') throw new SettingsError(`${path}: index: expected a url`);
    return {
      setting: {
        name: typeof name === 'string' ? name : null,
        url: besideFile(url, path),
        format: format === 'flat' ? 'flat' : 'simple',
        explicit: explicit === true,
      },
      isDefault: isDefault === true,
    };
  });
}

/** `tool.uv.sources`: the packages that name an index. */
function readPins(sources: unknown): ReadonlyMap<string, string> {
  const pins = new Map<string, string>();
  if (!isTable(sources)) return pins;
  for (const [name, source] of Object.entries(sources)) {
    const entries: readonly unknown[] = Array.isArray(source) ? source : [source];
    for (const entry of entries) {
      if (!isTable(entry)) continue;
      const { index } = entry;
      if (typeof index === 'string' && !pins.has(normalizeName(name))) pins.set(normalizeName(name), index);
    }
  }
  return pins;
}

/** A path is relative to the file that names it. */
function besideFile(location: string, path: string): string {
  return localPath(location) === location && !isAbsolute(location) ? join(dirname(path), location) : location;
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringAt(table: Table, key: string, path: string): string | null {
  const value = table[key];
  if (value === undefined) return null;
  if (typeof value !== 'string') throw new SettingsError(`${path}: ${key}: expected a string`);
  return value;
}

function stringsAt(table: Table, key: string, path: string): readonly string[] {
  const value = table[key];
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new SettingsError(`${path}: ${key}: expected an array of strings`);
  }
  return value;
}
