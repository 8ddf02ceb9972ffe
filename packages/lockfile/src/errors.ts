/**
 * A lock file that can't be read: not the format it claims to be, or against its specification.
 *
 * The message names the file and the place in it (`packages[3].wheels[0].hashes`), and what was expected.
 */
export class LockFormatError extends Error {
  override readonly name = 'LockFormatError';
  /** The file as the caller named it. */
  readonly file: string;
  /** Where in the file: a line (`line 12`), a path of keys, or null for the whole file. */
  readonly place: string | null;

  constructor(file: string, place: string | null, problem: string) {
    super(place === null ? `${file}: ${problem}` : `${file}: ${place}: ${problem}`);
    this.file = file;
    this.place = place;
  }
}

/** A lock that can't be written in the wanted format without losing what an install needs. */
export class LockWriteError extends Error {
  override readonly name = 'LockWriteError';
}

/** A lock file that, read right, can't be installed in an environment (PEP 751, "Installation"). */
export class LockSelectError extends Error {
  override readonly name = 'LockSelectError';
  readonly kind:
    | 'requires-python'
    | 'environments'
    | 'package-requires-python'
    | 'ambiguous-package'
    | 'no-fitting-file'
    | 'unknown-extra'
    | 'unknown-group'
    | 'conflicting-parts';

  constructor(kind: LockSelectError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
