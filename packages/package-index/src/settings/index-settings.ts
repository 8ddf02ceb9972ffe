import type { ScopedCredentials } from '../auth/credentials.ts';

/** One index that the user named. */
export interface IndexSetting {
  /** By which packages are pinned to it; null for one that has none. */
  readonly name: string | null;
  /** As written, perhaps with credentials. A `flat` index is a directory or page of files (find-links). */
  readonly url: string;
  readonly format: 'simple' | 'flat';
  /** Serves only the packages that are pinned to it. */
  readonly explicit: boolean;
}

/** How several indexes are looked through (as uv's `--index-strategy`). */
export type IndexStrategy = 'first-index' | 'unsafe-first-match' | 'unsafe-best-match';

/** What the user's settings say of indexes. Null and empty where they say nothing. */
export interface IndexSettings {
  /** In place of the default repository; the last that is looked at. */
  readonly defaultIndex: IndexSetting | null;
  /** Looked at before it, in this order. */
  readonly indexes: readonly IndexSetting[];
  readonly noIndex: boolean;
  /** Directories, pages or archives. */
  readonly findLinks: readonly string[];
  readonly strategy: IndexStrategy | null;
  /** By normalised package name: the name of the index that alone may serve it. */
  readonly pins: ReadonlyMap<string, string>;
  readonly credentials: readonly ScopedCredentials[];
  /** Whether the `keyring` command may be asked. */
  readonly keyring: boolean;
  /** Files in PEM. */
  readonly caFile: string | null;
  readonly clientCertFile: string | null;
  /** Hosts, or hosts with a port, whose certificates are not verified. */
  readonly insecureHosts: readonly string[];
  /** For all schemes; the usual variables apply where this is null. */
  readonly proxy: string | null;
  /** Where each part came from, for messages. */
  readonly origins: readonly string[];
}

export const noSettings: IndexSettings = {
  defaultIndex: null,
  indexes: [],
  noIndex: false,
  findLinks: [],
  strategy: null,
  pins: new Map(),
  credentials: [],
  keyring: false,
  caFile: null,
  clientCertFile: null,
  insecureHosts: [],
  proxy: null,
  origins: [],
};

/** Settings as one place has them. */
export type PartialSettings = Partial<IndexSettings>;

/** Joins settings, the strongest first: single values from the first that has one, lists one after the other. */
export function mergeSettings(parts: readonly PartialSettings[]): IndexSettings {
  const first = <K extends keyof IndexSettings>(key: K): IndexSettings[K] =>
    parts.map((part) => part[key]).find((value) => value !== undefined && value !== null) ?? noSettings[key];
  const all = <T>(select: (part: PartialSettings) => readonly T[] | undefined): readonly T[] =>
    parts.flatMap((part) => select(part) ?? []);
  const pins = new Map<string, string>();
  for (const part of parts) {
    for (const [name, index] of part.pins ?? []) if (!pins.has(name)) pins.set(name, index);
  }
  return {
    defaultIndex: first('defaultIndex'),
    indexes: all((part) => part.indexes),
    noIndex: parts.some((part) => part.noIndex === true),
    findLinks: all((part) => part.findLinks),
    strategy: first('strategy'),
    pins,
    credentials: all((part) => part.credentials),
    keyring: first('keyring'),
    caFile: first('caFile'),
    clientCertFile: first('clientCertFile'),
    insecureHosts: all((part) => part.insecureHosts),
    proxy: first('proxy'),
    origins: all((part) => part.origins),
  };
}

/** An index of the Simple API that is looked at for every package. */
export function simpleIndex(url: string, name: string | null = null): IndexSetting {
  return { name, url, format: 'simple', explicit: false };
}

/** Settings that can't be read; the message names the file or variable and what was expected. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** @throws {SettingsError} */
export function indexStrategy(value: string, origin: string): IndexStrategy {
  switch (value) {
    case 'first-index':
    case 'unsafe-first-match':
    case 'unsafe-best-match':
      return value;
    default:
      throw new SettingsError(
        `${origin}: ${JSON.stringify(value)} is no index strategy; expected first-index, unsafe-first-match or unsafe-best-match`,
      );
  }
}
