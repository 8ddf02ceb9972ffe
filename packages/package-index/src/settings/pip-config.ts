import { join } from 'node:path';
import { type PartialSettings, SettingsError, simpleIndex } from './index-settings.ts';
import { type Environment, isTrue, words } from './variables.ts';

/** Where settings are looked for. */
export interface Places {
  readonly environment: Environment;
  /** The user's home directory. */
  readonly home: string;
  /** Where the project is. */
  readonly directory: string;
  /** `process.platform`. */
  readonly platform: string;
}

/** pip's configuration files, the strongest first ("pip config", Loading order). */
export function pipConfigFiles(places: Places): readonly string[] {
  const { environment, home, platform } = places;
  const {
    PIP_CONFIG_FILE: own,
    VIRTUAL_ENV: venv,
    XDG_CONFIG_HOME: xdg,
    XDG_CONFIG_DIRS: xdgDirs,
  } = environment;
  if (own === '/dev/null' || own?.toLowerCase() === 'nul') return [];
  const name = platform === 'win32' ? 'pip.ini' : 'pip.conf';
  const site = venv === undefined ? [] : [join(venv, name)];
  const given = own === undefined ? [] : [own];
  if (platform === 'win32') {
    const { APPDATA: roaming, ProgramData: shared } = environment;
    return [
      ...given,
      ...site,
      join(roaming ?? join(home, 'AppData', 'Roaming'), 'pip', name),
      join(home, 'pip', name),
      join(shared ?? 'C:\\ProgramData', 'pip', name),
    ];
  }
  const user = [join(xdg ?? join(home, '.config'), 'pip', name), join(home, '.pip', name)];
  if (platform === 'darwin') {
    const support = join('Library', 'Application Support', 'pip', name);
    return [...given, ...site, join(home, support), ...user, join('/', support)];
  }
  const system = (xdgDirs ?? '/etc/xdg').split(':').map((directory) => join(directory, 'pip', name));
  return [...given, ...site, ...user, join('/etc', name), ...system];
}

/**
 * Reads what a pip configuration file says of indexes, `[install]` before `[global]`.
 *
 * @throws {SettingsError}
 */
export function pipConfig(text: string, path: string): PartialSettings {
  const sections = parseIni(text, path);
  const read = (key: string): string | null => {
    for (const section of ['install', 'global']) {
      const value = sections.get(section)?.get(key);
      if (value !== undefined && value.trim() !== '') return value.trim();
    }
    return null;
  };
  const url = read('index-url');
  const authority = read('cert');
  const client = read('client-cert');
  const proxy = read('proxy');
  const provider = read('keyring-provider');
  return {
    ...(url === null ? {} : { defaultIndex: simpleIndex(url) }),
    indexes: words(read('extra-index-url')).map((extra) => simpleIndex(extra)),
    noIndex: isTrue(read('no-index')),
    findLinks: words(read('find-links')),
    insecureHosts: words(read('trusted-host')),
    ...(authority === null ? {} : { caFile: authority }),
    ...(client === null ? {} : { clientCertFile: client }),
    ...(proxy === null ? {} : { proxy }),
    ...(provider === null ? {} : { keyring: provider === 'subprocess' }),
    origins: [path],
  };
}

/** Sections of a file as Python's `configparser` reads them: continuation lines are indented, keys in lower case. */
export function parseIni(text: string, path: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | null = null;
  let key: string | null = null;
  text.split(/\r?\n/).forEach((line, index) => {
    const content = line.trim();
    if (content === '' || content.startsWith('#') || content.startsWith(';')) return;
    if (/^\s/.test(line) && key !== null && section !== null) {
      section.set(key, `${section.get(key) ?? ''}\n${content}`);
      return;
    }
    const heading = /^\[([^\]]+)\]$/.exec(content)?.[1];
    if (heading !== undefined) {
      section = sections.get(heading) ?? new Map<string, string>();
      sections.set(heading, section);
      key = null;
      return;
    }
    const match = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(content);
    if (match?.[1] === undefined || section === null) {
      throw new SettingsError(`${path}, line ${index + 1}: expected "[section]" or "key = value"`);
    }
    key = match[1].toLowerCase().replaceAll('_', '-');
    section.set(key, match[2] ?? '');
  });
  return sections;
}
