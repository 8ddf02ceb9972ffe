import type { CacheInfo, Removed } from '@pyplan/package-index';
import { cacheInfo, cleanCache, pruneCache } from '@pyplan/package-index';
import { UsageError } from '../../input/input-error.ts';
import { count, formatBytes } from '../../render/quantities.ts';
import type { Context } from '../context.ts';
import { emitJson } from '../output/emit.ts';
import { cacheDirectory } from '../process/cache-directory.ts';

/** `pyplan cache dir|info|prune|clean [NAME…]`: where the cache is, what it holds, and to be rid of it. */
export async function runCache(context: Context): Promise<number> {
  const { settings, world } = context;
  const [action, ...names] = settings.positionals;
  const directory = cacheDirectory(settings, world);
  if (names.length > 0 && action !== 'clean') {
    throw new UsageError(`cache ${action} takes nothing more; got ${names.join(' ')}`, {
      hint: 'Only cache clean takes names of projects',
    });
  }
  switch (action) {
    case 'dir':
      world.stdout.write(settings.json ? `${JSON.stringify({ directory })}\n` : `${directory}\n`);
      return 0;
    case 'info':
      return await tellInfo(context, cacheInfo(directory, world.now()));
    case 'prune':
      return await tellRemoved(context, directory, pruneCache(directory, undefined, world.now()));
    case 'clean':
      return await tellRemoved(context, directory, cleanCache(directory, names.length === 0 ? null : names));
    default:
      throw new UsageError(
        `cache takes dir, info, prune or clean${action === undefined ? '' : `; got ${settings.positionals.join(' ')}`}`,
      );
  }
}

async function tellInfo(context: Context, info: CacheInfo): Promise<number> {
  if (context.settings.json) {
    await emitJson(context, info);
    return 0;
  }
  const lines = [
    `${info.directory}: ${formatBytes(info.size)}`,
    ...info.indexes.map(
      ({ url, projects, size }) => `  ${url}: ${count(projects, 'project')}, ${formatBytes(size)}`,
    ),
    ...(info.documents === 0 ? [] : [`  ${count(info.documents, 'answer')} of other services`]),
    ...(info.stale === 0 ? [] : [`  ${count(info.stale, 'file')} that nobody reads: pyplan cache prune`]),
  ];
  context.world.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

async function tellRemoved(context: Context, directory: string, { files, bytes }: Removed): Promise<number> {
  if (context.settings.json) await emitJson(context, { directory, files, bytes });
  else if (files === 0) context.say(`Nothing to remove in ${directory}`);
  else context.say(`Removed ${count(files, 'file')}, ${formatBytes(bytes)}, from ${directory}`);
  return 0;
}
