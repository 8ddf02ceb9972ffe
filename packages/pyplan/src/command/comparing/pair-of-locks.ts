import { InputError } from '../../input/input-error.ts';
import type { InputFiles } from '../../input/input-files.ts';
import { readLockText } from '../../input/locked/read-lock-file.ts';
import type { Settings } from '../arguments/settings.ts';

const lockNames = /^(pylock(\..+)?\.toml|uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock)$/;

/**
 * Whether the inputs are two locks to be held against each other: two files that are locks by their names, or
 * requirements files in which everything is pinned. Together they could not be installed anyway.
 */
export function isPairOfLocks(
  { positionals, requirementFiles }: Pick<Settings, 'positionals' | 'requirementFiles'>,
  files: InputFiles,
): boolean {
  return (
    positionals.length === 2 &&
    requirementFiles.length === 0 &&
    positionals.every((path) => isLock(path, files))
  );
}

function isLock(path: string, files: InputFiles): boolean {
  if (files.kindOf(path) !== 'file') return false;
  const name = path.split(/[/\\]/).at(-1) ?? '';
  return lockNames.test(name) || (name.endsWith('.txt') && isPinned(path, files));
}

function isPinned(path: string, files: InputFiles): boolean {
  try {
    const { packages } = readLockText(new TextDecoder().decode(files.read(path)), path);
    return packages.length > 0 && packages.every(({ version }) => version !== null);
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
