import { normalizeName } from '@pyplan/markers';
import type { PrereleaseMode, ResolutionMode } from '@pyplan/resolver';
import { InputError } from '../input-error.ts';
import { isTable, type TomlTable } from '../project/toml.ts';
import { prereleaseModes, resolutionModes } from './modes.ts';

/** How versions are to be chosen, as uv's settings say it. Null and empty where they say nothing. */
export interface ChoosingSettings {
  /** The file that says it; for messages. */
  readonly source: string;
  readonly resolution: ResolutionMode | null;
  readonly prerelease: PrereleaseMode | null;
  /** By normalised name. */
  readonly prereleasePackages: ReadonlyMap<string, PrereleaseMode>;
  /** As written: a duration counts from whenever it is used; `false` for no limit. */
  readonly excludeNewer: string | null;
  /** By normalised name, as written. */
  readonly excludeNewerPackages: ReadonlyMap<string, string>;
  /** Names, `:all:`, `:none:`, the last said last. */
  readonly onlyBinary: readonly string[];
  readonly noBinary: readonly string[];
}

export const noChoosingSettings: ChoosingSettings = {
  source: '',
  resolution: null,
  prerelease: null,
  prereleasePackages: new Map(),
  excludeNewer: null,
  excludeNewerPackages: new Map(),
  onlyBinary: [],
  noBinary: [],
};

/**
 * Reads how versions are to be chosen from a `uv.toml`, or from the table `tool.uv` of a `pyproject.toml` or a script;
 * what its table `pip` says comes first, as for `uv pip`.
 *
 * @throws InputError naming the file, the key and what was expected.
 */
export function readChoosingSettings(table: TomlTable, source: string): ChoosingSettings {
  const pip = isTable(table['pip']) ? table['pip'] : {};
  const at = (key: string): unknown => pip[key] ?? table[key];
  const reader = valueReader(source);
  const binary = (all: string, names: string, asPip: string): readonly string[] => [
    ...(reader.flag(all, table[all]) ? [':all:'] : []),
    ...reader.names(names, table[names]),
    ...reader.names(asPip, pip[asPip]),
  ];
  return {
    source,
    resolution: reader.choice('resolution', at('resolution'), resolutionModes),
    prerelease: reader.choice('prerelease', at('prerelease'), prereleaseModes),
    prereleasePackages: reader.byPackage('prerelease-package', at('prerelease-package'), (key, value) =>
      reader.choice(key, value, prereleaseModes),
    ),
    excludeNewer: reader.limit('exclude-newer', at('exclude-newer')),
    excludeNewerPackages: reader.byPackage(
      'exclude-newer-package',
      at('exclude-newer-package'),
      reader.limit,
    ),
    onlyBinary: binary('no-build', 'no-build-package', 'only-binary'),
    noBinary: binary('no-binary', 'no-binary-package', 'no-binary'),
  };
}

/** Settings joined, the strongest first. */
export function mergeChoosingSettings(all: readonly ChoosingSettings[]): ChoosingSettings {
  const first = <K extends 'resolution' | 'prerelease' | 'excludeNewer'>(key: K): ChoosingSettings[K] =>
    all.map((settings) => settings[key]).find((value) => value !== null) ?? noChoosingSettings[key];
  const weakestFirst = all.toReversed();
  return {
    source: all.find(({ excludeNewer }) => excludeNewer !== null)?.source ?? all[0]?.source ?? '',
    resolution: first('resolution'),
    prerelease: first('prerelease'),
    prereleasePackages: new Map(weakestFirst.flatMap((settings) => [...settings.prereleasePackages])),
    excludeNewer: first('excludeNewer'),
    excludeNewerPackages: new Map(weakestFirst.flatMap((settings) => [...settings.excludeNewerPackages])),
    onlyBinary: weakestFirst.flatMap((settings) => settings.onlyBinary),
    noBinary: weakestFirst.flatMap((settings) => settings.noBinary),
  };
}

/** What uv's variables say, such as `UV_EXCLUDE_NEWER`. @throws InputError */
export function choosingVariables(
  environment: Readonly<Record<string, string | undefined>>,
): ChoosingSettings {
  const given = (name: string): string | undefined => environment[name] || undefined;
  const reader = valueReader('the environment');
  return {
    ...noChoosingSettings,
    source: 'the environment',
    resolution: reader.choice('UV_RESOLUTION', given('UV_RESOLUTION'), resolutionModes),
    prerelease: reader.choice('UV_PRERELEASE', given('UV_PRERELEASE'), prereleaseModes),
    excludeNewer: given('UV_EXCLUDE_NEWER') ?? null,
  };
}

interface ValueReader {
  choice<T extends string>(key: string, value: unknown, choices: readonly T[]): T | null;
  limit(key: string, value: unknown): string | null;
  flag(key: string, value: unknown): boolean;
  names(key: string, value: unknown): readonly string[];
  byPackage<T>(
    key: string,
    value: unknown,
    read: (key: string, value: unknown) => T | null,
  ): ReadonlyMap<string, T>;
}

function valueReader(source: string): ValueReader {
  const fault = (key: string, value: unknown, expected: string): InputError =>
    new InputError(`${key} is ${JSON.stringify(value)}`, { place: { source }, hint: `Expected ${expected}` });
  return {
    choice(key, value, choices) {
      if (value === undefined) return null;
      const choice = choices.find((each) => each === value);
      if (choice === undefined) throw fault(key, value, `one of ${choices.join(', ')}`);
      return choice;
    },
    limit(key, value) {
      if (value === undefined) return null;
      if (value === false) return 'false';
      if (typeof value === 'string') return value;
      throw fault(key, value, 'a time, a date or a duration in quotes ("7 days"), or false');
    },
    // uv takes a list of names under the key of the flag, too: `no-binary = [":all:"]` in the table `pip`.
    flag(key, value) {
      if (value === undefined || Array.isArray(value)) return false;
      if (typeof value === 'boolean') return value;
      throw fault(key, value, 'true or false');
    },
    names(key, value) {
      if (value === undefined || typeof value === 'boolean') return [];
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (!values.every((each) => typeof each === 'string')) throw fault(key, value, 'a list of names');
      return values.map(String);
    },
    byPackage(key, value, read) {
      if (value === undefined) return new Map();
      if (!isTable(value)) throw fault(key, value, 'a table of packages: { flask = … }');
      return new Map(
        Object.entries(value).flatMap(([name, own]) => {
          const said = read(`${key}.${name}`, own);
          return said === null ? [] : [[normalizeName(name), said] as const];
        }),
      );
    },
  };
}
