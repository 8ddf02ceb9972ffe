import { MarkersSyntaxError } from '@pyplan/markers';
import { InputError, UsageError } from '../../input/input-error.ts';
import { classifyInput } from '../../input/source-kind.ts';
import type { Context } from '../context.ts';
import { diskFiles } from '../process/disk-files.ts';

/** What an existing lock asks of the one that is to replace it. */
export interface KeptVersions {
  /** The versions to keep where they are allowed, by normalised name. */
  readonly preferences: ReadonlyMap<string, readonly string[]>;
  /** Normalised names of packages that the lock which is replaced has on every target. */
  readonly locked: readonly string[];
  /** Requirements that limit an upgrade (`-P "name<3"`). */
  readonly upgradeLimits: readonly string[];
  /** Of the lock that may stay as it is; null where it has none, or something is to be upgraded. */
  readonly inputsDigest: string | null;
}

/**
 * The versions of the lock that is about to be replaced, but for those to be upgraded; behind them those of the
 * locks that `--prefer` names.
 *
 * @throws InputError where a lock that `--prefer` names can't be read.
 */
export async function keptVersions(context: Context): Promise<KeptVersions> {
  const { output, prefer, upgrade, upgradePackages, verb } = context.settings;
  const upgrades = new Map([...(await groupUpgrades(context)), ...upgradePackages.map(upgradeOf)]);
  const upgradeLimits = upgrades.size === 0 ? [] : await limitsOf(upgrades);
  // What other verbs write to -o is no lock.
  const isFile = verb === 'lock' && output !== null && output !== '-';
  if (!isFile && prefer.length === 0)
    return { preferences: new Map(), locked: [], upgradeLimits, inputsDigest: null };
  const { lockPreferences, namesEverywhere, readExistingLock } = await import('./existing-lock.ts');
  const files = diskFiles(context);
  const existing = isFile && !upgrade ? readReplaced(output, context, readExistingLock) : null;
  const others = prefer.map((path) => {
    const other = readExistingLock(path, files);
    if (other !== null) return other;
    throw new InputError(`There is no lock ${path} to prefer the versions of`, {
      hint: '--prefer takes a pylock.toml, requirements.txt, uv.lock, poetry.lock, pdm.lock or Pipfile.lock',
    });
  });
  const locks = [...(existing === null ? [] : [existing]), ...others];
  const pins = Map.groupBy(
    locks.flatMap((lock) => [...lockPreferences(lock, upgrades)]),
    ([name]) => name,
  );
  return {
    // Where a version of the first lock may not be, that of the next one counts.
    preferences: new Map([...pins].map(([name, own]) => [name, own.flatMap(([, versions]) => versions)])),
    locked: existing === null ? [] : namesEverywhere(existing).filter((name) => pins.has(name)),
    upgradeLimits,
    inputsDigest: upgrades.size === 0 ? (existing?.lock?.inputsDigest ?? null) : null,
  };
}

function readReplaced(
  path: string,
  context: Context,
  read: typeof import('./existing-lock.ts').readExistingLock,
): ReturnType<typeof read> {
  try {
    return read(path, diskFiles(context));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    context.warn(`${path} is no lock whose versions could be kept: ${error.message}`);
    return null;
  }
}

/** What the groups given by `--upgrade-group` ask for, each free to move (as in uv). */
async function groupUpgrades(context: Context): Promise<readonly (readonly [string, null])[]> {
  const { upgradeGroups, positionals, requirementFiles } = context.settings;
  if (upgradeGroups.length === 0) return [];
  const files = diskFiles(context);
  const projects = [...positionals, ...requirementFiles]
    .map((argument) => classifyInput(argument, files))
    .flatMap((source) => (source.kind === 'pyproject' ? [source.path] : []));
  const [project] = projects;
  if (project === undefined) {
    throw new UsageError('--upgrade-group needs a pyproject.toml among the inputs', {
      hint: 'Name the pyproject.toml that has the group, or the packages with -P',
    });
  }
  const { namesInGroup } = await import('../../input/project/pyproject.ts');
  const text = new TextDecoder().decode(files.read(project));
  const names = await Promise.all(upgradeGroups.map((group) => namesInGroup(text, project, group)));
  return names.flat().map((name) => [name, null] as const);
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
