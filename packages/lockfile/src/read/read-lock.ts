import { readJson } from '../document/json-read.ts';
import { LockFormatError } from '../errors.ts';
import type { LockedSet, LockFormat } from '../locked-set.ts';
import { readPylock } from '../pylock/from-pylock.ts';
import { isPylockName } from '../pylock/pylock.ts';
import { readRequirementsLock } from '../requirements/read-requirements.ts';
import { readCondaList, readPipList } from './installed-lists.ts';
import { readPdmLock } from './pdm-lock.ts';
import { readPipfileLock } from './pipfile-lock.ts';
import { readPoetryLock } from './poetry-lock.ts';
import { readUvLock } from './uv-lock.ts';

/** The formats that can be read. */
export type ReadableFormat = Exclude<LockFormat, 'resolution'>;

/**
 * A lock, or a list of installed packages, of any format that pyplan reads. The format is told by the file's name,
 * else by what the text looks like.
 *
 * @throws LockFormatError
 */
export function readLock(text: string, file: string, format: ReadableFormat | null = null): LockedSet {
  const found = format ?? lockFormat(text, file);
  switch (found) {
    case 'pylock':
      return readPylock(text, file);
    case 'uv-lock':
      return readUvLock(text, file);
    case 'poetry-lock':
      return readPoetryLock(text, file);
    case 'pdm-lock':
      return readPdmLock(text, file);
    case 'pipfile-lock':
      return readPipfileLock(text, file);
    case 'pip-list':
      return readPipList(text, file);
    case 'conda-list':
      return readCondaList(text, file);
    case 'requirements':
    case 'pip-freeze':
      return { ...readRequirementsLock(text, file), format: found };
    default:
      return found satisfies never;
  }
}

const byName: ReadonlyMap<string, ReadableFormat> = new Map([
  ['uv.lock', 'uv-lock'],
  ['poetry.lock', 'poetry-lock'],
  ['pdm.lock', 'pdm-lock'],
  ['Pipfile.lock', 'pipfile-lock'],
]);

/** Which format a file is in, by its name, else by its text. @throws LockFormatError for JSON of no known shape. */
export function lockFormat(text: string, file: string): ReadableFormat {
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'), file.lastIndexOf(':')) + 1);
  const named = byName.get(base) ?? (isPylockName(base) ? 'pylock' : undefined);
  if (named !== undefined) return named;
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('[') && /^\[\s*(\{|\]\s*$)/.test(start)) return jsonList(text, file);
  if (start.startsWith('{')) return jsonTable(text, file);
  if (/^\[\[package\]\]/m.test(text)) return /^lock_version\s*=/m.test(text) ? 'pdm-lock' : tomlLock(text);
  return /^lock-version\s*=/m.test(text) && /^created-by\s*=/m.test(text) ? 'pylock' : 'requirements';
}

function tomlLock(text: string): ReadableFormat {
  return /^\[metadata\]/m.test(text) ? 'poetry-lock' : 'uv-lock';
}

function jsonList(text: string, file: string): ReadableFormat {
  const value = readJson(file, text);
  const first: unknown = Array.isArray(value) ? value[0] : null;
  return typeof first === 'object' && first !== null && 'dist_name' in first ? 'conda-list' : 'pip-list';
}

function jsonTable(text: string, file: string): ReadableFormat {
  const value = readJson(file, text);
  if (typeof value === 'object' && value !== null && '_meta' in value) return 'pipfile-lock';
  throw new LockFormatError(
    file,
    null,
    'is JSON of a shape that pyplan does not know; expected Pipfile.lock, pip list --format json or conda list --json',
  );
}
