import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Settings } from '../arguments/settings.ts';
import type { World } from './world.ts';

/** Where the cache is: `--cache-dir`, PYPLAN_CACHE_DIR, else the place that the platform has for caches. */
export function cacheDirectory(settings: Settings, world: World): string {
  const given = settings.cacheDirectory ?? present(world.env['PYPLAN_CACHE_DIR']);
  return given === null ? join(platformCaches(world), 'pyplan') : resolve(world.cwd, given);
}

function platformCaches({ env, machine }: World): string {
  switch (machine.platform) {
    case 'win32':
      return present(env['LOCALAPPDATA']) ?? join(homedir(), 'AppData', 'Local');
    case 'darwin':
      return join(homedir(), 'Library', 'Caches');
    default:
      return present(env['XDG_CACHE_HOME']) ?? join(present(env['HOME']) ?? homedir(), '.cache');
  }
}

function present(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
