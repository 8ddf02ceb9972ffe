import { InputError } from '../input-error.ts';

/** A parsed TOML table. */
export type TomlTable = Readonly<Record<string, unknown>>;

/**
 * Parses TOML. `lineOffset` is added to line numbers, for TOML inside another file.
 *
 * @throws InputError with the line of the fault.
 */
export async function parseToml(text: string, source: string, lineOffset = 0): Promise<TomlTable> {
  const { default: toml } = await import('@iarna/toml');
  try {
    return toml.parse(text);
  } catch (error) {
    const { line, column, message } = faultOf(error);
    throw new InputError(`Not valid TOML: ${message}`, {
      place: { source, line: line === null ? null : line + lineOffset, column },
      cause: error,
    });
  }
}

function faultOf(error: unknown): { line: number | null; column: number | null; message: string } {
  const text = error instanceof Error ? error.message : String(error);
  // The parser draws the line over several rows; the first says what is wrong.
  const message = (text.split('\n')[0] ?? text).replace(/ at row \d+, col \d+, pos \d+:?$/, '');
  const line = numberAt(error, 'line');
  const column = numberAt(error, 'col');
  return { line: line === null ? null : line + 1, column: column === null ? null : column + 1, message };
}

function numberAt(error: unknown, key: string): number | null {
  if (typeof error !== 'object' || error === null) return null;
  const value = Object.entries(error).find(([name]) => name === key)?.[1];
  return typeof value === 'number' ? value : null;
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The table at `path`, or null where there is none. */
export function tableAt(root: TomlTable, ...path: readonly string[]): TomlTable | null {
  let table: TomlTable = root;
  for (const key of path) {
    const next = table[key];
    if (!isTable(next)) return null;
    table = next;
  }
  return table;
}

/** Where a string is written in a TOML text: the first time it stands in quotes at or after `from`. */
export function locateString(
  text: string,
  value: string,
  from: number,
): { readonly line: number; readonly column: number; readonly end: number } | null {
  const quoted = [JSON.stringify(value), `'${value}'`, `"${value}"`];
  const places = quoted.map((form) => text.indexOf(form, from)).filter((index) => index >= 0);
  if (places.length === 0) return null;
  const index = Math.min(...places);
  const before = text.slice(0, index);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return { line, column: index - lineStart + 2, end: index + value.length };
}
