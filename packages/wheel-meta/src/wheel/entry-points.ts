import { strip } from '../bytes/text.ts';

/** One entry point (Entry points specification). */
export interface EntryPoint {
  /** As `console_scripts`. */
  readonly group: string;
  readonly name: string;
  /** What stands after the equals sign. */
  readonly value: string;
  /** Null where the value is not an object reference. */
  readonly module: string | null;
  /** Dotted; null where the reference is to the module itself. */
  readonly attribute: string | null;
  readonly extras: readonly string[];
}

const reference = /^([\p{L}\p{N}_.]+)\s*(?::\s*([\p{L}\p{N}_.]+)\s*)?(?:\[(.*)\]\s*)?$/u;

/** Reads `entry_points.txt`, as `importlib.metadata` does. Never throws: what is no entry point is passed over. */
export function parseEntryPoints(text: string): readonly EntryPoint[] {
  const entryPoints: EntryPoint[] = [];
  let group: string | null = null;
  for (const raw of text.split(/\r\n|[\r\n]/)) {
    const line = strip(raw);
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('[') && line.endsWith(']')) {
      group = line.replace(/^[[\]]+|[[\]]+$/g, '');
      continue;
    }
    const equals = line.indexOf('=');
    if (group === null || equals === -1) continue;
    const value = strip(line.slice(equals + 1));
    const match = reference.exec(value);
    entryPoints.push({
      group,
      name: strip(line.slice(0, equals)),
      value,
      module: match?.[1] ?? null,
      attribute: match?.[2] ?? null,
      extras: match?.[3]?.match(/[\p{L}\p{N}_]+/gu) ?? [],
    });
  }
  return entryPoints;
}

/** Reads `top_level.txt`: the names that setuptools expects to be imported. */
export function parseTopLevel(text: string): readonly string[] {
  return text
    .split(/\r\n|[\r\n]/)
    .map(strip)
    .filter((line) => line !== '');
}
