import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type PackageSource, SourceError } from '@pyplan/resolver';
import { type CredentialStore, type Credentials, credentialStore } from '../auth/credentials.ts';
import { askKeyring } from '../auth/keyring.ts';
import { type Netrc, parseNetrc } from '../auth/netrc.ts';
import type { DiskCache } from '../cache/disk-cache.ts';
import { type HttpClient, type HttpStats, httpClient } from '../http/client.ts';
import { proxySettings } from '../http/proxy.ts';
import type { TlsSettings } from '../http/transport.ts';
import { defaultIndexUrl } from '../settings/default-index.ts';
import {
  type IndexSetting,
  type IndexSettings,
  SettingsError,
  simpleIndex,
} from '../settings/index-settings.ts';
import { readTextFile } from '../settings/read-settings.ts';
import type { Environment } from '../settings/variables.ts';
import { type HttpSource, httpSource } from './http-source.ts';
import { findLinksSource } from './local/find-links-source.ts';
import { localPath } from './local/local-files.ts';
import { type IndexEntry, severalIndexes } from './several-indexes.ts';
import { snapshotSource } from './snapshot-source.ts';

export interface OpenIndexesOptions {
  readonly settings: IndexSettings;
  readonly cache?: DiskCache | null;
  readonly offline?: boolean;
  readonly signal?: AbortSignal;
  readonly userAgent?: string;
  /** Requests under way at once to one host. */
  readonly concurrency?: number;
  /** Proxies, netrc and certificates are looked for here; by default the process's own. */
  readonly environment?: Environment;
  readonly home?: string;
}

/** A source over all that the settings name. */
export interface IndexesSource extends PackageSource {
  readonly stats: HttpStats;
  /** URLs of the indexes in the order in which they are looked through, without credentials. */
  readonly indexes: readonly string[];
  /** For services beside the index that need the same connections and credentials. */
  readonly client: HttpClient;
  /**
   * Asks for a page that will perhaps be wanted where looking the project up would begin, if that is an index on the
   * network (`HttpSource.expect`). Nothing comes of it but that a later `page` need not wait as long.
   */
  expect(name: string): void;
  close(): Promise<void>;
}

/**
 * Opens the indexes, directories and pages that settings name, with the credentials, proxies and
 * certificates that go with them.
 *
 * @throws {SettingsError | SourceError}
 */
export async function openIndexes(options: OpenIndexesOptions): Promise<IndexesSource> {
  const { settings } = options;
  const client = clientFor(options);
  const given = { client, cache: options.cache ?? null, offline: options.offline ?? false };
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const entries: IndexEntry[] = [];
  const sources: HttpSource[] = [];
  const locations = [...settings.findLinks];
  for (const index of await indexesOf(settings)) {
    const path = localPath(index.url);
    if (index.format === 'flat') {
      if (index.explicit)
        entries.push({ ...index, url: null, source: findLinksSource({ ...given, locations: [index.url] }) });
      else locations.push(index.url);
    } else if (path !== null) {
      entries.push({ ...index, url: null, source: snapshotSource(snapshotRoot(path)) });
    } else {
      const source = httpSource({ indexUrl: index.url, ...given, ...signal });
      sources.push(source);
      entries.push({ ...index, url: source.index, source });
    }
  }
  const close = async (): Promise<void> => {
    for (const source of sources) await source.close();
    await client.close();
  };
  const expect = (name: string): void => {
    const pin = settings.pins.get(name);
    const first = entries.find((entry) => (pin === undefined ? !entry.explicit : entry.name === pin));
    sources.find(({ index }) => index === first?.url)?.expect(name);
  };
  const indexes = entries.map((entry) => entry.url ?? entry.name ?? 'a directory');
  const [only] = entries;
  const isOne = entries.length === 1 && only !== undefined && !only.explicit && settings.pins.size === 0;
  const source =
    isOne && locations.length === 0
      ? only.source
      : severalIndexes({
          indexes: entries,
          links: findLinksSource({ ...given, locations }),
          strategy: settings.strategy ?? 'first-index',
          pins: settings.pins,
        });
  return {
    page: source.page,
    metadata: source.metadata,
    direct: source.direct,
    stats: client.stats,
    indexes,
    client,
    expect,
    close,
  };
}

async function indexesOf(settings: IndexSettings): Promise<readonly IndexSetting[]> {
  if (settings.noIndex) return [];
  const last = settings.defaultIndex ?? simpleIndex(await defaultIndexUrl(settings));
  return [...settings.indexes, last];
}

/** The directory above `simple`. */
function snapshotRoot(path: string): string {
  const trimmed = path.replace(/[/\\]+$/, '');
  if (basename(trimmed) !== 'simple') {
    throw new SourceError(
      `${path}: an index on disk is a directory named \`simple\`; for loose files use --find-links`,
      {
        kind: 'refused',
        url: path,
      },
    );
  }
  return dirname(trimmed);
}

function clientFor(options: OpenIndexesOptions): HttpClient {
  const { settings, environment = process.env } = options;
  const proxies = proxySettings(
    settings.proxy === null
      ? environment
      : { ...environment, https_proxy: settings.proxy, http_proxy: settings.proxy },
  );
  return httpClient({
    credentials: credentialsFor(options, environment),
    proxy: proxies,
    tls: tlsSettings(settings),
    ...(options.userAgent === undefined ? {} : { userAgent: options.userAgent }),
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
  });
}

function credentialsFor(options: OpenIndexesOptions, environment: Environment): CredentialStore {
  const { settings, home = homedir() } = options;
  let netrc: Netrc | null = null;
  return credentialStore({
    netrc: (host): Credentials | null => {
      netrc ??= readNetrc(environment, home);
      return netrc.find(host);
    },
    ...(settings.keyring
      ? { keyring: (url: URL, username: string | null) => askKeyring(url, username) }
      : {}),
    known: settings.credentials.filter(({ url }) => localPath(url) === null),
  });
}

function readNetrc(environment: Environment, home: string): Netrc {
  const { NETRC: named } = environment;
  const text =
    named === undefined
      ? (readTextFile(join(home, '.netrc')) ?? readTextFile(join(home, '_netrc')))
      : readTextFile(named);
  return parseNetrc(text ?? '');
}

function tlsSettings(settings: IndexSettings): TlsSettings {
  const read = (path: string, what: string): string => {
    const text = readTextFile(path);
    if (text === null) throw new SettingsError(`${path}, the ${what}, can't be read`);
    return text;
  };
  const { insecureHosts } = settings;
  const ca = {
    insecureHosts,
    ...(settings.caFile === null ? {} : { ca: read(settings.caFile, 'file of certificate authorities') }),
  };
  if (settings.clientCertFile === null) return ca;
  const pem = read(settings.clientCertFile, 'client certificate');
  return { ...ca, cert: pem, key: pem };
}
