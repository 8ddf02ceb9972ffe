import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface RequirementSet {
  readonly name: string;
  readonly path: string;
}

/** The requirement sets of a directory (`<name>.in`), all or those named. */
export function requirementSets(directory: string, names: readonly string[]): readonly RequirementSet[] {
  const sets = readdirSync(directory)
    .filter((file) => file.endsWith('.in'))
    .sort()
    .map((file) => ({ name: basename(file, '.in'), path: join(directory, file) }));
  const unknown = names.find((name) => !sets.some((set) => set.name === name));
  if (unknown !== undefined) throw new Error(`${directory} holds no ${unknown}.in`);
  return names.length === 0 ? sets : sets.filter(({ name }) => names.includes(name));
}
