/**
 * The kinds of platform that have wheel tags.
 *
 * `linux` is a Linux of unknown C library, which takes only `linux_<arch>`; `emscripten` an
 * Emscripten build that is not Pyodide's.
 */
export type PlatformKind =
  | 'manylinux'
  | 'musllinux'
  | 'linux'
  | 'macos'
  | 'windows'
  | 'ios'
  | 'android'
  | 'pyodide'
  | 'emscripten'
  | 'wasi'
  | 'any';

/** A platform, in the words of its wheel tags. */
export interface TagPlatform {
  readonly kind: PlatformKind;
  /**
   * As it stands in the tag: `x86_64`, `aarch64`, `arm64`; for windows the whole tag (`win_amd64`,
   * or the bare `amd64`); for iOS the multiarch (`arm64_iphoneos`); for Android the ABI (`arm64_v8a`).
   */
  readonly arch: string;
  /**
   * The newest version that runs there: of glibc, musl, macOS, iOS, Emscripten or WASI; for Android
   * `[API level, 0]`, for Pyodide `[year, patch]`. Windows and plain Linux have none.
   */
  readonly version?: readonly [number, number];
}

/** An interpreter on a platform, as far as wheel tags go. */
export interface TagTarget {
  readonly implementation: 'cpython' | 'pypy' | 'graalpy';
  /** `3.12` or a full version, of which the first two numbers count. */
  readonly python: string;
  /** CPython without the global interpreter lock (PEP 703, from 3.13). */
  readonly freeThreaded: boolean;
  /** CPython configured `--with-pydebug`. */
  readonly debug?: boolean;
  /** PyPy's or GraalPy's own version, which their ABI tags carry; the usual one for `python` if not given. */
  readonly implementationVersion?: readonly [number, number];
  readonly platform: TagPlatform;
}

/** A `TagTarget` that no wheel tags can be made for. */
export class InvalidTagTargetError extends Error {
  override readonly name = 'InvalidTagTargetError';
}

/**
 * The first two numbers of a Python version.
 *
 * @throws InvalidTagTargetError
 */
export function pythonVersion(python: string): readonly [number, number] {
  const match = /^(\d{1,4})\.(\d{1,4})(?![\d])/.exec(python);
  if (match === null) {
    throw new InvalidTagTargetError(`"${python}" is not a Python version: expected one like "3.12"`);
  }
  return [Number(match[1]), Number(match[2])];
}
