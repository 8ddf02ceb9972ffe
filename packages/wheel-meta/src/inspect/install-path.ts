/** Where an installer puts files of a wheel (Binary distribution format, "The .data directory"). */
export type Scheme = 'purelib' | 'platlib' | 'headers' | 'scripts' | 'data';

/** A place below the directory of a scheme. */
export interface InstallPath {
  readonly scheme: Scheme;
  /** With forward slashes, relative to the directory of the scheme. */
  readonly target: string;
}

const schemes: ReadonlySet<string> = new Set(['purelib', 'platlib', 'headers', 'scripts', 'data']);

/**
 * Where the member `path` of a wheel goes: what lies in `{name}-{version}.data/{scheme}/` to that scheme,
 * the rest to the root's. Null for a scheme that there is not, which installers refuse.
 */
export function installPathOf(path: string, rootScheme: 'purelib' | 'platlib'): InstallPath | null {
  const [top = '', scheme = '', ...rest] = path.split('/');
  if (!top.endsWith('.data') || scheme === '') return { scheme: rootScheme, target: path };
  if (!isScheme(scheme) || rest.length === 0) return null;
  return { scheme, target: rest.join('/') };
}

function isScheme(name: string): name is Scheme {
  return schemes.has(name);
}

/** Whether the path stays where it belongs, and if not, how it gets away. */
export function escapeOf(path: string): 'absolute' | 'drive' | 'parent' | 'backslash' | null {
  if (/^[/\\]/.test(path)) return 'absolute';
  if (/^[a-z]:/i.test(path)) return 'drive';
  if (path.split(/[/\\]/).includes('..')) return 'parent';
  return path.includes('\\') ? 'backslash' : null;
}
