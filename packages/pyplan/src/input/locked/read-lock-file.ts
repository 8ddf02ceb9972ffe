import { type LockedSet, LockFormatError, readLock } from '@pyplan/lockfile';
import { InputError } from '../input-error.ts';
import { type InputFiles, standardInput } from '../input-files.ts';

/**
 * Reads a lock of any format that pyplan knows, `-` from standard input.
 *
 * @throws InputError where there is no such file, or it is no lock.
 */
export async function readLockFile(path: string, files: InputFiles): Promise<LockedSet> {
  const isStdin = path === '-';
  const text = isStdin ? await files.readStdin() : new TextDecoder().decode(files.read(path));
  return readLockText(text, isStdin ? standardInput : path);
}

/**
 * Reads the text of a lock of any format that pyplan knows.
 *
 * @throws InputError where it is no lock.
 */
export function readLockText(text: string, source: string): LockedSet {
  if (text.trim() === '') {
    throw new InputError('The lock is empty', {
      place: { source },
      hint: 'Expected what a lock has: packages',
    });
  }
  try {
    return readLock(text, source);
  } catch (error) {
    if (!(error instanceof LockFormatError)) throw error;
    throw new InputError(error.message, {
      cause: error,
      hint: 'Expected pylock.toml, requirements.txt, uv.lock, poetry.lock, pdm.lock, Pipfile.lock or a list of pip',
    });
  }
}
