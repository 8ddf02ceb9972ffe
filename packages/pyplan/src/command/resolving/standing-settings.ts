import { statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { readUvTables } from '@pyplan/package-index';
import {
  type ChoosingSettings,
  choosingVariables,
  readChoosingSettings,
} from '../../input/options/uv-settings.ts';
import type { Inputs } from '../../input/read-inputs.ts';
import type { Context } from '../context.ts';
import { readTextFile, settingsPlaces } from './open-source.ts';

/** The nearest `pyproject.toml` in a directory or above it, as a path to show; null where there is none. */
export function projectAbove({ path, world }: Context, directory: string): string | null {
  for (let at = path(directory); ; at = dirname(at)) {
    const file = join(at, 'pyproject.toml');
    if (isFile(file)) return relative(world.cwd, file);
    if (dirname(at) === at) return null;
  }
}

/** False as well where the system, or the permissions that Node runs with, let nobody look. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

/**
 * How versions are chosen, as uv's variables, the inputs themselves and uv's files of settings say it, the strongest
 * first. A `uv.toml` stands in for the `tool.uv` of its project (as in uv); with `--snapshot` only the inputs count.
 *
 * @throws InputError, SettingsError
 */
export async function standingSettings(
  context: Context,
  { settings: own, directory }: Pick<Inputs, 'settings' | 'directory'>,
): Promise<readonly ChoosingSettings[]> {
  const { world, settings } = context;
  const { UV_NO_CONFIG: without } = world.env;
  if (without !== undefined && without !== '') return [];
  if (settings.snapshot !== null) return own;
  const tables = await readUvTables(settingsPlaces(context, context.path(directory ?? '.')), readTextFile);
  const isReplaced = tables[0] !== undefined && basename(tables[0].path) !== 'pyproject.toml';
  return [
    choosingVariables(world.env),
    ...own.filter(({ source }) => !(isReplaced && basename(source) === 'pyproject.toml')),
    ...tables.map(({ table, path }) => readChoosingSettings(table, relative(world.cwd, path))),
  ];
}
