import type { Hashes } from '@pyplan/resolver';
import { LockFormatError } from '../errors.ts';

/** A table of a document (TOML or JSON) with its place, so that every complaint says where. */
export interface Fields {
  readonly file: string;
  /** Keys and positions from the root: `packages[3]`; empty for the root. */
  readonly path: string;
  readonly table: Readonly<Record<string, unknown>>;
}

/** @throws LockFormatError where the value is no table. */
export function fieldsOf(file: string, path: string, value: unknown): Fields {
  if (!isTable(value))
    throw new LockFormatError(file, path || null, `expected a table, found ${kindOf(value)}`);
  return { file, path, table: value };
}

/** The error for a key of the table. */
export function badField(fields: Fields, key: string | null, problem: string): LockFormatError {
  const place = key === null ? fields.path : joinPath(fields.path, key);
  return new LockFormatError(fields.file, place === '' ? null : place, problem);
}

/** Whether the table has the key. */
export function hasField(fields: Fields, key: string): boolean {
  return fields.table[key] !== undefined;
}

/** Whether the key has a string, where a format allows a string or a table. */
export function isText(fields: Fields, key: string): boolean {
  return typeof fields.table[key] === 'string';
}

/** A string, or null where there is none. */
export function optionalText(fields: Fields, key: string): string | null {
  const value = fields.table[key];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw badField(fields, key, `expected a string, found ${kindOf(value)}`);
  return value;
}

export function requiredText(fields: Fields, key: string): string {
  const value = optionalText(fields, key);
  if (value === null) throw badField(fields, key, 'missing, and required');
  return value;
}

/** A whole number that is not negative, or null where there is none. */
export function optionalSize(fields: Fields, key: string): number | null {
  const value = fields.table[key];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw badField(fields, key, `expected a whole number of bytes, found ${kindOf(value)}`);
  }
  return value;
}

/** False where there is none. */
export function flag(fields: Fields, key: string): boolean {
  const value = fields.table[key];
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean')
    throw badField(fields, key, `expected true or false, found ${kindOf(value)}`);
  return value;
}

/** A TOML date-time as ISO 8601, to the millisecond; null where there is none. */
export function optionalTime(fields: Fields, key: string): string | null {
  const value = fields.table[key];
  if (value === undefined || value === null) return null;
  if (!(value instanceof Date) || 'isDate' in value || 'isTime' in value) {
    throw badField(fields, key, `expected a date and time, found ${kindOf(value)}`);
  }
  return value.toISOString().replace(/\.000(?=Z?$)/, '');
}

/** A list of strings; empty where there is none. */
export function texts(fields: Fields, key: string): readonly string[] {
  return listOf(fields, key).map((item, index) => {
    if (typeof item !== 'string') {
      throw badField(fields, `${key}[${index}]`, `expected a string, found ${kindOf(item)}`);
    }
    return item;
  });
}

/** A table; null where there is none. */
export function optionalTable(fields: Fields, key: string): Fields | null {
  const value = fields.table[key];
  if (value === undefined || value === null) return null;
  return fieldsOf(fields.file, joinPath(fields.path, key), value);
}

/** A list of tables; empty where there is none. One that has a name shows it in its path. */
export function tables(fields: Fields, key: string): readonly Fields[] {
  return listOf(fields, key).map((item, index) => {
    const label = isTable(item) ? nameLabel(item) : '';
    return fieldsOf(fields.file, `${joinPath(fields.path, key)}[${index}]${label}`, item);
  });
}

/** The tables under a table, by their keys. */
export function namedTables(fields: Fields): readonly (readonly [name: string, fields: Fields])[] {
  return Object.entries(fields.table).map(([name, value]) => [
    name,
    fieldsOf(fields.file, joinPath(fields.path, name), value),
  ]);
}

/** Digests by algorithm: at least one, all strings. */
export function requiredHashes(fields: Fields, key: string): Hashes {
  const table = optionalTable(fields, key);
  if (table === null) throw badField(fields, key, 'missing, and required');
  const entries = Object.keys(table.table).map(
    (algorithm) => [algorithm, requiredText(table, algorithm)] as const,
  );
  if (entries.length === 0) throw badField(fields, key, 'expected at least one hash');
  return Object.fromEntries(entries);
}

/** `parse` applied to a text, with its complaint told in place. */
export function parsed<T>(fields: Fields, key: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    throw badField(fields, key, error instanceof Error ? error.message : String(error));
  }
}

function listOf(fields: Fields, key: string): readonly unknown[] {
  const value = fields.table[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badField(fields, key, `expected a list, found ${kindOf(value)}`);
  return value;
}

function joinPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function nameLabel({ name }: { readonly name?: unknown }): string {
  return typeof name === 'string' ? ` (${name})` : '';
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a date or time';
  switch (typeof value) {
    case 'string':
      return `the string ${JSON.stringify(value)}`;
    case 'object':
      return 'a table';
    default:
      return `${typeof value === 'boolean' ? '' : 'the number '}${String(value)}`;
  }
}
