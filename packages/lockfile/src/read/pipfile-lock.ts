import { normalizeName } from '@pyplan/markers';
import {
  type Fields,
  fieldsOf,
  flag,
  namedTables,
  optionalTable,
  optionalText,
  tables,
  texts,
} from '../document/fields.ts';
import { readJson } from '../document/json-read.ts';
import { compareText, type LockedPackage, type LockedSet, type LockedSource } from '../locked-set.ts';
import { newLockedPackage, newLockedSet, withoutCredentials } from './new-set.ts';
import { combineParts, type LockPart } from './part-markers.ts';

/**
 * A `Pipfile.lock` (format 6). `default` is what is always installed; `develop` becomes the group `dev`, which any
 * other category becomes under its own name.
 *
 * @throws LockFormatError
 */
export function readPipfileLock(text: string, file = 'Pipfile.lock'): LockedSet {
  const root = fieldsOf(file, '', readJson(file, text));
  const meta = optionalTable(root, '_meta');
  const indexes = indexesByName(meta);
  const parts = new Map<string, { item: LockedPackage; parts: [LockPart, string | null][] }>();
  const groups: string[] = [];
  for (const [category, section] of namedTables(root)) {
    if (category === '_meta') continue;
    const part: LockPart =
      category === 'default' ? { kind: 'base' } : { kind: 'group', name: groupName(category) };
    if (part.kind === 'group') groups.push(part.name);
    for (const [name, fields] of namedTables(section)) {
      const item = readEntry(name, fields, indexes);
      const key = `${item.name} ${item.version} ${JSON.stringify(item.source)}`;
      const known = parts.get(key) ?? { item, parts: [] };
      known.parts.push([part, optionalText(fields, 'markers')]);
      parts.set(key, known);
    }
  }
  const python = meta === null ? null : optionalTable(meta, 'requires');
  return newLockedSet(
    'pipfile-lock',
    file,
    [...parts.values()].map(({ item, parts: found }) => ({ ...item, marker: combineParts(found) })),
    { dependencyGroups: groups.sort(compareText), requiresPython: pythonRange(python), createdBy: 'pipenv' },
  );
}

function readEntry(name: string, fields: Fields, indexes: ReadonlyMap<string, string>): LockedPackage {
  const pinned = optionalText(fields, 'version');
  const version = pinned === null || pinned === '*' ? null : pinned.replace(/^={2,3}\s*/, '');
  return newLockedPackage(name, version, {
    source: readSource(fields, indexes),
    extras: texts(fields, 'extras').map(normalizeName).sort(compareText),
    hashes: [...texts(fields, 'hashes')].sort(compareText),
  });
}

function readSource(fields: Fields, indexes: ReadonlyMap<string, string>): LockedSource {
  const subdirectory = optionalText(fields, 'subdirectory');
  for (const type of ['git', 'hg', 'svn', 'bzr']) {
    const url = optionalText(fields, type);
    if (url === null) continue;
    const location = { kind: 'url', url: withoutCredentials(url) } as const;
    return {
      kind: 'vcs',
      type,
      location,
      commit: optionalText(fields, 'ref'),
      requestedRevision: null,
      subdirectory,
    };
  }
  const path = optionalText(fields, 'path');
  if (path !== null) return { kind: 'directory', path, editable: flag(fields, 'editable'), subdirectory };
  const url = optionalText(fields, 'file');
  if (url !== null)
    return { kind: 'archive', location: { kind: 'url', url: withoutCredentials(url) }, subdirectory };
  const index = optionalText(fields, 'index');
  return { kind: 'index', index: index === null ? null : (indexes.get(index) ?? null) };
}

function indexesByName(meta: Fields | null): ReadonlyMap<string, string> {
  const sources = meta === null ? [] : tables(meta, 'sources');
  return new Map(
    sources.map((source) => [
      optionalText(source, 'name') ?? '',
      withoutCredentials(optionalText(source, 'url') ?? ''),
    ]),
  );
}

/** `python_full_version` pins the patch level, `python_version` the minor one. */
function pythonRange(requires: Fields | null): string | null {
  if (requires === null) return null;
  const full = optionalText(requires, 'python_full_version');
  if (full !== null) return `==${full}`;
  const minor = optionalText(requires, 'python_version');
  return minor === null ? null : `==${minor}.*`;
}

function groupName(category: string): string {
  return category === 'develop' ? 'dev' : normalizeName(category);
}
