import { MarkersSyntaxError } from '@pyplan/markers';
import { InputError, UsageError } from '../../input/input-error.ts';
import type { Context } from '../context.ts';
import { diskFiles } from '../process/disk-files.ts';

/** What an existing lock asks of the one that is to replace it. */
export interface KeptVersions {
  /** The versions to keep where they are allowed, by normalised name. */
  readonly preferences: ReadonlyMap<string, string>;
  /** Requirements that limit an upgrade (`-P "name<3"`). */
  readonly upgradeLimits: readonly string[];
}

/** The versions of the lock that is about to be replaced, but for those to be upgraded. */
export async function keptVersions(context: Context): Promise<KeptVersions> {
  const { output, upgrade, upgradePackages } = context.settings;
  const upgrades = new Map(upgradePackages.map(upgradeOf));
  const upgradeLimits = upgrades.size === 0 ? [] : await limitsOf(upgrades);
  if (output === null || output === '-' || upgrade) return { preferences: new Map(), upgradeLimits };
  const { lockPreferences } = await import('../../input/locked/lock-preferences.ts');
  try {
    return { preferences: await lockPreferences(output, diskFiles(context), upgrades), upgradeLimits };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    context.warn(`${output} is no lock whose versions could be kept: ${error.message}`);
    return { preferences: new Map(), upgradeLimits };
  }
}

async function limitsOf(upgrades: ReadonlyMap<string, string | null>): Promise<readonly string[]> {
  const { upgradeConstraints } = await import('@pyplan/lockfile');
  try {
    return upgradeConstraints(upgrades);
  } catch (error) {
    if (!(error instanceof MarkersSyntaxError)) throw error;
    throw new UsageError(`-P can't read its bounds: ${error.message}`, { cause: error });
  }
}

function upgradeOf(text: string): readonly [string, string | null] {
  const match = /^\s*([A-Za-z0-9][\w.-]*)\s*(.*)$/.exec(text);
  if (match?.[1] === undefined) {
    throw new UsageError(`-P takes the name of a package, perhaps with bounds; got ${JSON.stringify(text)}`, {
      hint: '-P flask, or -P "flask<4"',
    });
  }
  return [match[1], match[2] === undefined || match[2] === '' ? null : match[2]];
}
