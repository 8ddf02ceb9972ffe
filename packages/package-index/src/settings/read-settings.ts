import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type IndexSettings, mergeSettings, type PartialSettings, SettingsError } from './index-settings.ts';
import { type Places, pipConfig, pipConfigFiles } from './pip-config.ts';
import { uvConfig } from './uv-config.ts';
import { indexCredentials, pipVariables, uvVariables } from './variables.ts';

/** Gives the text of a file; null where there is none. */
export type ReadText = (path: string) => string | null;

/** The settings of the machine and the project in `directory`. */
export function readSettings(directory: string = process.cwd()): Promise<IndexSettings> {
  return readSettingsFrom(
    { environment: process.env, home: homedir(), directory: resolve(directory), platform: process.platform },
    readTextFile,
  );
}

/**
 * Reads what uv's and pip's settings say of indexes: uv's variables, pip's variables, uv's files (the
 * project's `uv.toml` or `tool.uv`, then the user's and the system's), pip's files; the first that says
 * something is right.
 *
 * @throws {SettingsError} naming the file and the place.
 */
export async function readSettingsFrom(places: Places, readText: ReadText): Promise<IndexSettings> {
  const { environment } = places;
  const parts: PartialSettings[] = [uvVariables(environment), pipVariables(environment)];
  for (const { table, path } of await readUvTables(places, readText)) parts.push(uvConfig(table, path));
  for (const path of pipConfigFiles(places)) {
    const text = readText(path);
    if (text !== null) parts.push(pipConfig(text, path));
  }
  const merged = mergeSettings(parts);
  const named = [...merged.indexes, ...(merged.defaultIndex === null ? [] : [merged.defaultIndex])];
  return { ...merged, credentials: [...merged.credentials, ...indexCredentials(named, environment)] };
}

/** One of uv's files of settings: a `uv.toml`, or the table `tool.uv` of a `pyproject.toml`. */
export interface UvTable {
  readonly path: string;
  readonly table: Readonly<Record<string, unknown>>;
}

/**
 * uv's files of settings that count in a directory, the strongest first: the project's `uv.toml` or `tool.uv`, then
 * the user's and the system's; the one that `UV_CONFIG_FILE` names alone; none with `UV_NO_CONFIG`.
 *
 * @throws {SettingsError}
 */
export async function readUvTables(places: Places, readText: ReadText): Promise<readonly UvTable[]> {
  const { environment, home, platform } = places;
  const { UV_NO_CONFIG: without, UV_CONFIG_FILE: only } = environment;
  if (without !== undefined && without !== '') return [];
  if (only !== undefined) {
    const text = readText(only);
    if (text === null) throw new SettingsError(`${only}, which UV_CONFIG_FILE names, is not there`);
    return [{ table: await parseToml(text, only), path: only }];
  }
  const found: UvTable[] = [];
  const project = await projectUvTable(places.directory, readText);
  if (project !== null) found.push(project);
  const { XDG_CONFIG_HOME: xdg, XDG_CONFIG_DIRS: xdgDirs, APPDATA: roaming } = environment;
  const user =
    platform === 'win32' ? (roaming ?? join(home, 'AppData', 'Roaming')) : (xdg ?? join(home, '.config'));
  const system = (xdgDirs ?? '/etc/xdg').split(':').map((directory) => join(directory, 'uv', 'uv.toml'));
  for (const path of [join(user, 'uv', 'uv.toml'), ...system, '/etc/uv/uv.toml']) {
    const text = readText(path);
    if (text !== null) found.push({ table: await parseToml(text, path), path });
  }
  return found;
}

/** The nearest `uv.toml` or `pyproject.toml` with `tool.uv`, upwards; a `uv.toml` counts before its neighbour. */
async function projectUvTable(directory: string, readText: ReadText): Promise<UvTable | null> {
  for (let at = directory; ; at = dirname(at)) {
    const ownPath = join(at, 'uv.toml');
    const own = readText(ownPath);
    if (own !== null) return { table: await parseToml(own, ownPath), path: ownPath };
    const path = join(at, 'pyproject.toml');
    const text = readText(path);
    if (text?.includes('tool.uv')) {
      const { tool } = await parseToml(text, path);
      const uv = typeof tool === 'object' && tool !== null && 'uv' in tool ? tool.uv : null;
      if (typeof uv === 'object' && uv !== null)
        return { table: uv as Readonly<Record<string, unknown>>, path };
    }
    if (dirname(at) === at) return null;
  }
}

/** The TOML reader is loaded where there is something to read. */
async function parseToml(text: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  const { default: toml } = await import('@iarna/toml');
  try {
    return toml.parse(text);
  } catch (cause) {
    throw new SettingsError(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Not there, or not for us to read: by the system's rights, or by the permissions that Node runs with. */
const unreadable: ReadonlySet<string> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EACCES',
  'EPERM',
  'ERR_ACCESS_DENIED',
]);

export function readTextFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (unreadable.has(code)) return null;
    throw error;
  }
}
