import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A file that a run of cases needs and cannot use. */
export class CaseFileError extends Error {
  override readonly name = 'CaseFileError';
}

/** The text of `path`, or of `path.gz`; null where neither exists. */
export function readMaybeGzipped(path: string): string | null {
  return readBytesMaybeGzipped(path)?.toString('utf8') ?? null;
}

/** The bytes of `path`, or those that `path.gz` holds; null where neither exists. */
export function readBytesMaybeGzipped(path: string): Buffer | null {
  for (const candidate of [path, `${path}.gz`]) {
    if (existsSync(candidate)) return readBytes(candidate);
  }
  return null;
}

/** The text of a file, inflated if its name ends in `.gz`. */
export function readText(path: string): string {
  return readBytes(path).toString('utf8');
}

function readBytes(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** One line of a case file with its number, from 1. */
export interface Line<T> {
  readonly line: number;
  readonly value: T;
}

/**
 * The objects of a file with one JSON object a line.
 *
 * The shape is the caller's word: case files are data of ours, not input from outside.
 *
 * @throws CaseFileError naming file and line where a line is not JSON.
 */
export function* jsonLines<T>(path: string): Generator<Line<T>> {
  let line = 0;
  for (const text of readText(path).split('\n')) {
    line += 1;
    if (text.trim() === '') continue;
    try {
      yield { line, value: JSON.parse(text) };
    } catch (cause) {
      throw new CaseFileError(`${path}:${line} is not a JSON object`, { cause });
    }
  }
}

/**
 * The case files of a directory whose names end in `.jsonl` or `.jsonl.gz`, sorted; or `path` itself
 * where it is a file.
 *
 * @throws CaseFileError where there are none.
 */
export function caseFiles(path: string): readonly string[] {
  if (!existsSync(path)) {
    throw new CaseFileError(`${path} does not exist; name the directory of case files with --data`);
  }
  if (statSync(path).isFile()) return [path];
  const names = readdirSync(path).filter((name) => /\.jsonl(?:\.gz)?$/.test(name));
  if (names.length === 0) throw new CaseFileError(`${path} holds no .jsonl or .jsonl.gz file`);
  return names.sort().map((name) => join(path, name));
}

/** `vectors/versions.jsonl.gz` is `versions`. */
export function caseFileStem(path: string): string {
  return basename(path).replace(/\.jsonl(?:\.gz)?$/, '');
}
