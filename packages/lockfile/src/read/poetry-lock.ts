import { formatMarker, normalizeName, parseMarker } from '@pyplan/markers';
import {
  badField,
  type Fields,
  fieldsOf,
  flag,
  isText,
  optionalTable,
  optionalText,
  parsed,
  requiredText,
  tables,
  texts,
} from '../document/fields.ts';
import { readToml } from '../document/toml-read.ts';
import {
  compareFiles,
  compareText,
  type LockedDependency,
  type LockedFile,
  type LockedPackage,
  type LockedSet,
  type LockedSource,
} from '../locked-set.ts';
import { withPartExtras } from './extra-markers.ts';
import { nameOf, newLockedPackage, newLockedSet, withoutCredentials } from './new-set.ts';
import { combineParts, type LockPart } from './part-markers.ts';
import { poetryConstraint } from './poetry-constraint.ts';

/**
 * A `poetry.lock` (formats 1.0 to 2.1). The group `main` is what is always installed; an `extra == …` of its markers
 * becomes an extra of the lock, and any other group a dependency group.
 *
 * Up to format 1.2 the file does not say which groups want a package: each is taken as wanted by all.
 *
 * @throws LockFormatError
 */
export function readPoetryLock(text: string, file = 'poetry.lock'): LockedSet {
  const root = fieldsOf(file, '', readToml(file, text));
  const metadata = optionalTable(root, 'metadata');
  if (metadata === null) throw badField(root, 'metadata', 'missing, and required in a poetry.lock');
  const extras = optionalTable(root, 'extras');
  const entries = tables(root, 'package');
  const legacyFiles = optionalTable(metadata, 'files');
  return newLockedSet(
    'poetry-lock',
    file,
    entries.map((fields) => readPackage(fields, legacyFiles)),
    {
      createdBy: 'poetry',
      requiresPython: poetryConstraint(optionalText(metadata, 'python-versions')),
      extras: Object.keys(extras?.table ?? {})
        .map(normalizeName)
        .sort(compareText),
      dependencyGroups: groupsOf(entries),
    },
  );
}

function groupsOf(entries: readonly Fields[]): readonly string[] {
  const all = entries.flatMap((fields) => texts(fields, 'groups'));
  return [...new Set(all)].filter((group) => group !== 'main').sort(compareText);
}

function readPackage(fields: Fields, legacyFiles: Fields | null): LockedPackage {
  const name = nameOf(fields);
  const own = tables(fields, 'files');
  const files =
    own.length > 0 || legacyFiles === null ? own : tables(legacyFiles, requiredText(fields, 'name'));
  return newLockedPackage(name, requiredText(fields, 'version'), {
    marker: packageMarker(fields),
    requiresPython: poetryConstraint(optionalText(fields, 'python-versions')),
    source: readSource(fields),
    files: files.map(readFile).sort(compareFiles),
    dependencies: readDependencies(fields),
  });
}

/** `markers` is one text for all groups, or a table of them by group. */
function packageMarker(fields: Fields): string | null {
  const groups = texts(fields, 'groups');
  const byGroup = isText(fields, 'markers') ? null : optionalTable(fields, 'markers');
  const wants = (groups.length === 0 ? ['main'] : groups).map((group) => {
    const text = byGroup === null ? optionalText(fields, 'markers') : optionalText(byGroup, group);
    const marker = text === null ? null : parsed(fields, 'markers', text, withPartExtras);
    return [group === 'main' ? { kind: 'base' } : { kind: 'group', name: group }, marker] as [
      LockPart,
      string | null,
    ];
  });
  return combineParts(wants);
}

function readSource(fields: Fields): LockedSource {
  const source = optionalTable(fields, 'source');
  if (source === null) return { kind: 'index', index: null };
  const type = optionalText(source, 'type') ?? 'legacy';
  const url = withoutCredentials(optionalText(source, 'url') ?? '');
  const subdirectory = optionalText(source, 'subdirectory');
  switch (type) {
    case 'directory':
      return { kind: 'directory', path: url, editable: flag(fields, 'develop'), subdirectory };
    case 'file':
      return { kind: 'archive', location: { kind: 'path', path: url }, subdirectory };
    case 'url':
      return { kind: 'archive', location: { kind: 'url', url }, subdirectory };
    case 'git':
      return {
        kind: 'vcs',
        type,
        location: { kind: 'url', url },
        commit: optionalText(source, 'resolved_reference'),
        requestedRevision: optionalText(source, 'reference'),
        subdirectory,
      };
    default:
      return { kind: 'index', index: url };
  }
}

function readFile(fields: Fields): LockedFile {
  const filename = requiredText(fields, 'file');
  const [algorithm = '', hex = ''] = requiredText(fields, 'hash').split(':', 2);
  return {
    kind: filename.endsWith('.whl') ? 'wheel' : 'sdist',
    filename,
    location: optionalText(fields, 'url') === null ? null : { kind: 'url', url: requiredText(fields, 'url') },
    size: null,
    uploadTime: null,
    hashes: { [algorithm]: hex },
    yanked: null,
  };
}

/** A constraint is a text, a table with `version`, `markers`, `extras`, or a list of those for several environments. */
function readDependencies(fields: Fields): readonly LockedDependency[] {
  const table = optionalTable(fields, 'dependencies');
  if (table === null) return [];
  const edges = Object.entries(table.table).flatMap(([name, value]) => {
    const wanted: readonly unknown[] = Array.isArray(value) ? value : [value];
    return wanted.map((one, index) =>
      readDependency(table, `${name}${wanted.length > 1 ? `[${index}]` : ''}`, name, one),
    );
  });
  return edges.sort((a, b) => compareText(a.name, b.name));
}

function readDependency(table: Fields, key: string, name: string, value: unknown): LockedDependency {
  const plain = { name: normalizeName(name), version: null, extras: [], marker: null, text: null };
  if (typeof value === 'string') return plain;
  const fields = fieldsOf(table.file, `${table.path}.${key}`, value);
  const marker = optionalText(fields, 'markers');
  return {
    ...plain,
    extras: texts(fields, 'extras').map(normalizeName).sort(compareText),
    marker: marker === null ? null : formatMarker(parsed(fields, 'markers', marker, parseMarker)),
  };
}
