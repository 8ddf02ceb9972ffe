import { LockWriteError } from '../errors.ts';

/** What a TOML document holds. Dates are given as text that is a valid offset or local date-time. */
export type TomlValue = string | number | bigint | boolean | Date | readonly TomlValue[] | TomlTable;

export interface TomlTable {
  readonly [key: string]: TomlValue;
}

const bareKey = /^[A-Za-z0-9_-]+$/;
/** What a literal string can't hold. */
const hasEscapes = /['\p{Cc}\p{Cs}]/u;

/** A string: literal where it has double quotes and nothing to escape, else basic (TOML 1.0, "String"). */
export function tomlString(text: string): string {
  if (text.includes('"') && !hasEscapes.test(text)) return `'${text}'`;
  let out = '"';
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) out += '\\"';
    else if (code === 0x5c) out += '\\\\';
    else if (code === 0x0a) out += '\\n';
    else if (code === 0x0d) out += '\\r';
    else if (code === 0x09) out += '\\t';
    else if (code < 0x20 || code === 0x7f) out += `\\u${code.toString(16).padStart(4, '0')}`;
    else out += text[index];
  }
  if (!text.isWellFormed()) {
    throw new LockWriteError(`${JSON.stringify(text)} has half a surrogate pair, which TOML can't hold`);
  }
  return `${out}"`;
}

/** A key, bare where it may be. */
export function tomlKey(key: string): string {
  return bareKey.test(key) ? key : tomlString(key);
}

/**
 * A date-time of at most millisecond precision, all that a TOML reader must keep.
 *
 * Takes ISO 8601 with an offset, `Z`, or neither; gives null for text that is no date-time.
 */
export function tomlDateTime(iso: string): string | null {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/i.exec(iso.trim());
  if (parts === null) return null;
  const [, date, time, fraction = '', offset = ''] = parts;
  const millis = fraction.slice(1, 4).padEnd(3, '0');
  const instant = new Date(`${date}T${time}.${millis}${offset === '' ? 'Z' : offset}`);
  if (Number.isNaN(instant.getTime())) return null;
  const text = instant.toISOString().replace('.000Z', 'Z');
  return offset === '' ? text.slice(0, -1) : text;
}

/** A value on one line: tables inline. */
export function tomlInline(value: TomlValue): string {
  if (typeof value === 'string') return tomlString(value);
  if (typeof value === 'number') return tomlNumber(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString().replace('.000', '');
  if (isList(value)) return `[${value.map(tomlInline).join(', ')}]`;
  return tomlInlinePairs(Object.entries(value).map(([key, item]) => [key, tomlInline(item)]));
}

/** An inline table of values that are already TOML. */
export function tomlInlinePairs(pairs: readonly (readonly [key: string, toml: string])[]): string {
  if (pairs.length === 0) return '{}';
  return `{ ${pairs.map(([key, toml]) => `${tomlKey(key)} = ${toml}`).join(', ')} }`;
}

/**
 * A table with its header, then its sub-tables, each with theirs; lists of tables as arrays of tables.
 *
 * `header` is the dotted name, already TOML. A table of only tables needs no header and gets none.
 */
export function tomlTable(header: string, table: TomlTable): readonly string[] {
  const scalars: string[] = [];
  const nested: string[] = [];
  for (const [key, value] of Object.entries(table)) {
    const inner = `${header}.${tomlKey(key)}`;
    if (isTable(value)) nested.push(...tomlTable(inner, value));
    else if (isTableList(value)) nested.push(...value.flatMap((item) => tomlTableItem(inner, item)));
    else scalars.push(`${tomlKey(key)} = ${tomlInline(value)}`);
  }
  if (scalars.length === 0 && nested.length > 0) return nested;
  return ['', `[${header}]`, ...scalars, ...nested];
}

/** One item of an array of tables, with its header. */
export function tomlTableItem(header: string, table: TomlTable): readonly string[] {
  const lines = tomlTable(header, table);
  const own = lines[1] === `[${header}]` ? lines.slice(2) : lines;
  return ['', `[[${header}]]`, ...own];
}

function tomlNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

function isList(value: TomlValue): value is readonly TomlValue[] {
  return Array.isArray(value);
}

function isTable(value: TomlValue): value is TomlTable {
  return typeof value === 'object' && !(value instanceof Date) && !isList(value);
}

function isTableList(value: TomlValue): value is readonly TomlTable[] {
  return isList(value) && value.length > 0 && value.every(isTable);
}
