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
  const { UV_NO_CONFIG: withoutUv, UV_CONFIG_FILE: onlyUv } = environment;
  if (withoutUv === undefined || withoutUv === '') {
    for (const settings of await uvFiles(places, onlyUv ?? null, readText)) parts.push(settings);
  }
  for (const path of pipConfigFiles(places)) {
    const text = readText(path);
    if (text !== null) parts.push(pipConfig(text, path));
  }
  const merged = mergeSettings(parts);
  const named = [...merged.indexes, ...(merged.defaultIndex === null ? [] : [merged.defaultIndex])];
  return { ...merged, credentials: [...merged.credentials, ...indexCredentials(named, environment)] };
}

async function uvFiles(
  places: Places,
  only: string | null,
  readText: ReadText,
): Promise<readonly PartialSettings[]> {
  if (only !== null) {
    const text = readText(only);
    if (text === null) throw new SettingsError(`${only}, which UV_CONFIG_FILE names, is not there`);
    return [uvConfig(await parseToml(text, only), only)];
  }
  const found: PartialSettings[] = [];
  const project = await projectUvSettings(places.directory, readText);
  if (project !== null) found.push(project);
  const { environment, home, platform } = places;
  const { XDG_CONFIG_HOME: xdg, XDG_CONFIG_DIRS: xdgDirs, APPDATA: roaming } = environment;
  const user =
    platform === 'win32' ? (roaming ?? join(home, 'AppData', 'Roaming')) : (xdg ?? join(home, '.config'));
  const system = (xdgDirs ?? '/etc/xdg').split(':').map((directory) => join(directory, 'uv', 'uv.toml'));
  for (const path of [join(user, 'uv', 'uv.toml'), ...system, '/etc/uv/uv.toml']) {
    const text = readText(path);
    if (text !== null) found.push(uvConfig(await parseToml(text, path), path));
  }
  return found;
}

/** The nearest `uv.toml` or `pyproject.toml` with `tool.uv`, upwards; a `uv.toml` counts before its neighbour. */
async function projectUvSettings(directory: string, readText: ReadText): Promise<PartialSettings | null> {
  for (let at = directory; ; at = dirname(at)) {
    const own = readText(join(at, 'uv.toml'));
    if (own !== null) return uvConfig(await parseToml(own, join(at, 'uv.toml')), join(at, 'uv.toml'));
    const path = join(at, 'pyproject.toml');
    const text = readText(path);
    if (text?.includes('tool.uv')) {
      const { tool } = await parseToml(text, path);
      const uv = typeof tool === 'object' && tool !== null && 'uv' in tool ? tool.uv : null;
      if (typeof uv === 'object' && uv !== null)
        return uvConfig(uv as Readonly<Record<string, unknown>>, path);
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
