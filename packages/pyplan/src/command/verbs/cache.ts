import { readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../input/input-error.ts';
import type { Context } from '../context.ts';
import { cacheDirectory } from '../process/cache-directory.ts';

/** `pyplan cache dir|clean`: where the cache is, or to be rid of it. */
export async function runCache(context: Context): Promise<number> {
  const { settings, world } = context;
  const [action, ...rest] = settings.positionals;
  const directory = cacheDirectory(settings, world);
  if (rest.length > 0 || (action !== 'dir' && action !== 'clean')) {
    throw new UsageError(
      `cache takes dir or clean${action === undefined ? '' : `; got ${settings.positionals.join(' ')}`}`,
    );
  }
  const present = statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true;
  if (action === 'dir') {
    world.stdout.write(settings.json ? `${JSON.stringify({ directory })}\n` : `${directory}\n`);
    return 0;
  }
  if (present) removeCaches(directory);
  if (settings.json) world.stdout.write(`${JSON.stringify({ directory, removed: present })}\n`);
  else context.say(present ? `Emptied ${directory}` : `There is no cache at ${directory}`);
  return 0;
}

/** Removes what pyplan keeps there, and the directory where nothing else is left in it: it may be shared. */
function removeCaches(directory: string): void {
  const entries = readdirSync(directory);
  const own = entries.filter((entry) => entry.startsWith('projects-'));
  for (const entry of own) rmSync(join(directory, entry), { recursive: true, force: true });
  if (own.length === entries.length) rmdirSync(directory);
}
