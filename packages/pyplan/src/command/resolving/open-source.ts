import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  diskCache,
  type HttpClient,
  httpClient,
  type IndexSetting,
  type IndexSettings,
  mergeSettings,
  namedIndex,
  openIndexes,
  type PartialSettings,
  readSettingsFrom,
  simpleIndex,
  snapshotSource,
} from '@pyplan/package-index';
import type { PackageSource } from '@pyplan/resolver';
import { InputError, UsageError } from '../../input/input-error.ts';
import { indexPackages } from '../../input/options/by-package.ts';
import { emptyFileOptions, type FileOptions } from '../../input/requirements/requirements-file.ts';
import type { Context } from '../context.ts';
import { cacheDirectory } from '../process/cache-directory.ts';
import { version } from '../version.ts';

/** A source, what it was asked for in vain, and what must be done when it is no longer needed. */
export interface OpenedSource {
  readonly source: PackageSource;
  /** For what else is to be fetched from the same places. */
  readonly client: HttpClient;
  /**
   * The indexes, directories and pages that are asked, in order: URLs without credentials, absolute paths; then the
   * packages that are of one index alone.
   */
  readonly places: readonly string[];
  /** Asks for a page that will perhaps be wanted, where an index on the network has to be asked for it. */
  readonly expect: (name: string) => void;
  /** Names of projects that the index does not have, in the order they were asked for. */
  missing(): readonly string[];
  close(): Promise<void>;
}

/**
 * Opens the indexes that the options, the input files, PYPLAN_INDEX_URL, and uv's and pip's own
 * settings name, the strongest first. With `--snapshot` no settings count but the options.
 *
 * @param directory where the project is, absolute.
 * @throws UsageError for options that contradict each other, InputError for a snapshot that is none.
 * @throws SettingsError for settings that can't be read.
 */
export async function openSource(
  context: Context,
  fileOptions: FileOptions,
  directory: string,
): Promise<OpenedSource> {
  const { settings, world } = context;
  const given = givenSettings(context, fileOptions);
  if (settings.snapshot !== null) checkPins(given, given.indexes ?? []);
  const isSnapshotAlone =
    settings.snapshot !== null && given.indexes?.length === 0 && given.findLinks?.length === 0;
  if (settings.snapshot !== null && isSnapshotAlone) {
    const client = httpClient();
    const source = snapshotSource(context.path(settings.snapshot));
    return {
      ...watched(source),
      client,
      places: [context.path(settings.snapshot)],
      expect: () => undefined,
      close: () => client.close(),
    };
  }
  const places = settingsPlaces(context, directory);
  const standing = settings.snapshot === null ? [await readSettingsFrom(places, readTextFile)] : [];
  const merged = mergeSettings([given, ...standing]);
  checkPins(given, [...merged.indexes, ...(merged.defaultIndex === null ? [] : [merged.defaultIndex])]);
  const source = await openIndexes({
    settings: merged,
    cache: settings.noCache ? null : diskCache(cacheDirectory(settings, world)),
    offline: settings.offline,
    signal: world.signal,
    userAgent: `pyplan/${version()}`,
    environment: world.env,
    home: places.home,
  });
  const { client, expect, close } = source;
  return { ...watched(source), client, places: placesOf(merged), expect, close };
}

function placesOf(settings: IndexSettings): readonly string[] {
  const { defaultIndex, indexes, findLinks, noIndex, pins } = settings;
  const asked = noIndex ? [] : [...indexes, ...(defaultIndex === null ? [] : [defaultIndex])];
  return [
    ...[...asked.map(({ url }) => url), ...findLinks].map(withoutCredentials),
    ...[...pins].map(([name, index]) => `${name} of ${index}`),
  ];
}

function withoutCredentials(place: string): string {
  const url = URL.parse(place);
  if (url === null || (url.username === '' && url.password === '')) return place;
  url.username = '';
  url.password = '';
  return url.href;
}

/** What the command line and the input files say of indexes. */
function givenSettings(context: Context, fileOptions: FileOptions): PartialSettings {
  const { settings, world } = context;
  const ofFiles = settings.snapshot === null ? fileOptions : emptyFileOptions;
  const url = settings.indexUrl ?? ofFiles.indexUrl ?? world.env['PYPLAN_INDEX_URL'] ?? '';
  const place = (location: string): string =>
    /^[\w+.-]+:\/\//.test(location) ? location : context.path(location);
  const defaultIndex =
    settings.snapshot === null
      ? url === ''
        ? null
        : namedIndex(checkedUrl(url, context))
      : simpleIndex(snapshotPages(context, settings.snapshot));
  return {
    ...(defaultIndex === null ? {} : { defaultIndex }),
    indexes: [
      ...[...settings.extraIndexUrls, ...ofFiles.extraIndexUrls].map((further) => namedIndex(further)),
      ...settings.explicitIndexes.map(explicitIndex),
    ],
    pins: indexPackages(settings.indexPackages),
    findLinks: [...settings.findLinks, ...ofFiles.findLinks].map(place),
    noIndex: settings.noIndex || ofFiles.noIndex,
    ...(settings.indexStrategy === null ? {} : { strategy: settings.indexStrategy }),
    ...(settings.keyringProvider === null ? {} : { keyring: settings.keyringProvider === 'subprocess' }),
    ...(settings.cert === null ? {} : { caFile: context.path(settings.cert) }),
    ...(settings.clientCert === null ? {} : { clientCertFile: context.path(settings.clientCert) }),
    ...(settings.proxy === null ? {} : { proxy: checkedProxy(settings.proxy) }),
    insecureHosts: settings.trustedHosts,
  };
}

/** @throws UsageError */
function checkedProxy(text: string): string {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (url !== null && /^https?:$/.test(url.protocol)) return text;
  throw new UsageError(`--proxy is not a URL of a proxy: ${text}`, {
    hint: 'Expected http://HOST:PORT or https://HOST:PORT',
  });
}

/** @throws UsageError */
function explicitIndex(text: string): IndexSetting {
  const index = namedIndex(text);
  if (index.name !== null) return { ...index, explicit: true };
  throw new UsageError(`--explicit-index takes NAME=URL; got ${JSON.stringify(text)}`, {
    hint: '--explicit-index internal=https://example.org/simple --index-package flask=internal',
  });
}

/** @throws UsageError for a package that is given to an index of a name that none has. */
function checkPins(given: PartialSettings, indexes: readonly IndexSetting[]): void {
  const names = indexes.flatMap(({ name }) => name ?? []);
  for (const [name, index] of given.pins ?? []) {
    if (names.includes(index)) continue;
    const known = names.length === 0 ? 'none has a name' : `they are ${names.join(', ')}`;
    throw new UsageError(`--index-package gives ${name} to ${index}, which no index is called: ${known}`, {
      hint: `Name one: --index ${index}=https://example.org/simple, or --explicit-index`,
    });
  }
}

/** The directory of a snapshot's pages, absolute. */
function snapshotPages(context: Context, snapshot: string): string {
  if (context.settings.indexUrl !== null) {
    throw new UsageError('--snapshot and --index-url name two sources', { hint: 'Give one of them' });
  }
  const pages = join(context.path(snapshot), 'simple');
  if (statSync(pages, { throwIfNoEntry: false })?.isDirectory() === true) return pages;
  throw new InputError(`--snapshot ${snapshot} is no snapshot of an index`, {
    hint: 'Expected a directory that holds simple/NAME/index.json and files/NAME/FILE.metadata',
  });
}

function checkedUrl(text: string, { settings }: Context): string {
  const url = text.replace(/^[A-Za-z0-9][\w.-]*=(?=\w+:)/, '');
  if (URL.canParse(url) && /^(https?|file):$/.test(new URL(url).protocol)) return text;
  const what = settings.indexUrl === text ? '--index-url' : 'The index URL';
  throw new InputError(`${what} is not a URL of an index: ${text}`, {
    hint: 'Expected http:// or https://; for a directory use --snapshot DIR',
  });
}

/** Notes which projects the source does not have. */
function watched(inner: PackageSource): Pick<OpenedSource, 'source' | 'missing'> {
  const missing = new Set<string>();
  const note = <T>(name: string, page: T): T => {
    if (page === null) missing.add(name);
    return page;
  };
  const source: PackageSource = {
    page: (name, signal) => {
      const page = inner.page(name, signal);
      return page instanceof Promise ? page.then((answer) => note(name, answer)) : note(name, page);
    },
    metadata: (page, file, signal) => inner.metadata(page, file, signal),
    direct: (name, url, signal) => inner.direct(name, url, signal),
  };
  return { source, missing: () => [...missing] };
}

/** Where uv's and pip's settings are looked for. */
export function settingsPlaces(
  { world }: Context,
  directory: string,
): { environment: Context['world']['env']; home: string; directory: string; platform: string } {
  const home = world.env['HOME'] ?? homedir();
  return { environment: world.env, home, directory, platform: world.machine.platform };
}

/** Null where there is no such file, or none that may be read: settings are optional. */
export function readTextFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
