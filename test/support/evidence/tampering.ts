export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A place in a document: the keys and places that lead there. */
type Path = readonly (string | number)[];

/** What names a target and a line is for people; what a target is made of decides which target is spoken of. */
const unchecked = new Set(['python', 'platform', 'environment', 'tags', 'source', 'line', 'column', 'index']);

export function pathsOf(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value)
    .filter(([key, item]) => !(unchecked.has(key) && !isStepLine(path, key, item)))
    .flatMap(([key, item]) => pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** The line of a step of a proof is a number that counts. */
function isStepLine(path: Path, key: string, item: Json): boolean {
  return key === 'line' && typeof item === 'number' && path.includes('steps');
}

/** The document with one place changed by `change`; `undefined` takes it out. */
export function changed(value: Json, path: Path, change: (item: Json) => Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(value) ?? null;
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) => {
      if (index !== key) return [item];
      if (rest.length > 0) return [changed(item, rest, change)];
      const to = change(item);
      return to === undefined ? [] : [to];
    });
  }
  const entries = Object.entries(value ?? {}).flatMap(([name, item]: [string, Json]) => {
    if (name !== key) return [[name, item] as const];
    if (rest.length > 0) return [[name, changed(item, rest, change)] as const];
    const to = change(item);
    return to === undefined ? [] : [[name, to] as const];
  });
  return Object.fromEntries(entries);
}

/** Takes it out, or makes it a near or a far neighbour of the same kind. */
export function tamper(item: Json, how: number, others: readonly string[]): Json | undefined {
  if (how % 3 === 0) return undefined;
  switch (typeof item) {
    case 'number':
      return how % 2 === 0 ? item + 1 : Math.max(0, item - 1);
    case 'boolean':
      return !item;
    case 'string':
      return how % 2 === 0 ? (others[how % others.length] ?? '') : `${item}0`;
    default:
      break;
  }
  if (item === null) return how % 2 === 0 ? '1.0' : 1;
  if (Array.isArray(item)) return how % 2 === 0 ? item.toReversed() : [...item, ...item.slice(-1)];
  const entries = Object.entries(item);
  return Object.fromEntries(how % 2 === 0 ? entries.slice(1) : entries.slice(0, -1));
}

/** Every text of the document: a wrong one of the same kind is the likeliest to be believed. */
export function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap((item: Json) => textsOf(item)))];
}
