import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageSource } from '@pyplan/resolver';
import { InputError, UsageError } from '../../input/input-error.ts';
import type { FileOptions } from '../../input/requirements/requirements-file.ts';
import type { Context } from '../context.ts';
import { cacheDirectory } from '../process/cache-directory.ts';
import { version } from '../version.ts';

/** A source, what it was asked for in vain, and what must be done when it is no longer needed. */
export interface OpenedSource {
  readonly source: PackageSource;
  /** Names of projects that the index does not have, in the order they were asked for. */
  missing(): readonly string[];
  close(): Promise<void>;
}

/**
 * Opens the index that the options, the input files or the environment name, in that order.
 *
 * @throws UsageError for options that contradict each other; InputError where no index is named.
 */
export async function openSource(context: Context, fileOptions: FileOptions): Promise<OpenedSource> {
  const { settings } = context;
  refuseUnbuilt(context, fileOptions);
  if (settings.snapshot !== null) {
    if (settings.indexUrl !== null) {
      throw new UsageError('--snapshot and --index-url name two sources', { hint: 'Give one of them' });
    }
    const directory = context.path(settings.snapshot);
    if (statSync(join(directory, 'simple'), { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new InputError(`--snapshot ${settings.snapshot} is no snapshot of an index`, {
        hint: 'Expected a directory that holds simple/NAME/index.json and files/NAME/FILE.metadata',
      });
    }
    const { snapshotSource } = await import('@pyplan/package-index');
    const source = snapshotSource(directory);
    return watched(source, async () => undefined);
  }
  const { diskCache, httpSource } = await import('@pyplan/package-index');
  const source = httpSource({
    indexUrl: indexUrlOf(context, fileOptions),
    cache: settings.noCache ? null : diskCache(cacheDirectory(settings, context.world)),
    offline: settings.offline,
    signal: context.world.signal,
    userAgent: `pyplan/${version()}`,
  });
  return watched(source, () => source.close());
}

function refuseUnbuilt({ settings }: Context, fileOptions: FileOptions): void {
  const further = [...settings.extraIndexUrls, ...fileOptions.extraIndexUrls];
  const links = [...settings.findLinks, ...fileOptions.findLinks];
  const asked = further.length > 0 ? '--extra-index-url' : links.length > 0 ? '--find-links' : null;
  if (asked === null) return;
  throw new UsageError(`${asked} is not built yet`, {
    hint: 'This version takes one --index-url or --snapshot',
  });
}

/** Notes which projects the source does not have. */
function watched(inner: PackageSource, close: () => Promise<void>): OpenedSource {
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
  return { source, missing: () => [...missing], close };
}

/** Where pip and uv users have the URL of their index, after pyplan's own. */
const indexVariables = ['PYPLAN_INDEX_URL', 'UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'PIP_INDEX_URL'] as const;

function indexUrlOf(context: Context, fileOptions: FileOptions): string {
  const { settings, world } = context;
  const fromEnvironment = indexVariables.map((name) => world.env[name]).find((value) => (value ?? '') !== '');
  const text = settings.indexUrl ?? fileOptions.indexUrl ?? fromEnvironment;
  if (text === undefined) {
    throw new InputError('No index is named', {
      hint: `Give --index-url URL or --snapshot DIR, or set ${indexVariables[0]}`,
    });
  }
  return checkedUrl(text, settings.indexUrl === text ? '--index-url' : 'The index URL');
}

function checkedUrl(text: string, what: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InputError(`${what} is not a URL of an index: ${text}`, {
    hint: 'Expected http:// or https://; for a directory use --snapshot DIR',
  });
}
