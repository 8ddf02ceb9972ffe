import type { InstallPath } from './install-path.ts';

/** A file that the interpreter acts on whenever it starts. */
export interface StartupHook {
  readonly path: string;
  /**
   * `pth` adds to `sys.path`, or runs code; `start` calls functions (PEP 829, from Python 3.15);
   * `customize` is `sitecustomize` or `usercustomize`, imported at start.
   */
  readonly kind: 'pth' | 'start' | 'customize';
  /** Whether code is run; null where the file was not read. */
  readonly runsCode: boolean | null;
}

/** The hook that a file is once it is installed, by its place; null for an ordinary file. */
export function startupHook(
  path: string,
  place: InstallPath,
  bytes: Uint8Array | undefined,
): StartupHook | null {
  if (place.scheme !== 'purelib' && place.scheme !== 'platlib') return null;
  if (/^(?:site|user)customize(?:\.py|\.[^/]*(?:so|pyd)|\/__init__\.py)$/.test(place.target)) {
    return { path, kind: 'customize', runsCode: true };
  }
  if (place.target.includes('/')) return null;
  if (place.target.endsWith('.pth')) {
    return { path, kind: 'pth', runsCode: bytes === undefined ? null : hasImportLine(bytes) };
  }
  return place.target.endsWith('.start') ? { path, kind: 'start', runsCode: true } : null;
}

/** Whether `site` runs a line of the file: those that begin with `import` and a blank. */
function hasImportLine(bytes: Uint8Array): boolean {
  return new TextDecoder()
    .decode(bytes)
    .split(/\r\n|[\r\n]/)
    .some((line) => /^import[ \t]/.test(line));
}

/** Whether the file is a library in machine code, by its name. */
export function isNativeLibrary(path: string): boolean {
  return /\.(?:so|pyd|dll|dylib)$|\.so\.[\d.]+$/i.test(path);
}
