import { formatMarker, normalizeName, parseRequirement } from '@pyplan/markers';
import {
  badField,
  type Fields,
  fieldsOf,
  flag,
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
import { locationName } from '../pylock/pylock.ts';
import { nameOf, newLockedPackage, newLockedSet, withoutCredentials } from './new-set.ts';
import { combineParts, type LockPart } from './part-markers.ts';

/**
 * A `pdm.lock` (formats 4.0 to 4.5). The group `default` is what is always installed, any other a dependency group:
 * the file does not tell an extra of the project from a group. Where it was made without `inherit_metadata`, it does
 * not say what wants a package, and each is taken as always wanted.
 *
 * @throws LockFormatError
 */
export function readPdmLock(text: string, file = 'pdm.lock'): LockedSet {
  const root = fieldsOf(file, '', readToml(file, text));
  const metadata = optionalTable(root, 'metadata');
  if (metadata === null) throw badField(root, 'metadata', 'missing, and required in a pdm.lock');
  const entries = tables(root, 'package');
  const legacyFiles = optionalTable(metadata, 'files');
  const packages = Map.groupBy(entries, entryKey);
  const groups = [...texts(metadata, 'groups'), ...entries.flatMap((fields) => texts(fields, 'groups'))];
  return newLockedSet(
    'pdm-lock',
    file,
    [...packages.values()].flatMap((same) => readPackage(same, legacyFiles)),
    {
      createdBy: 'pdm',
      requiresPython: pythonRange(metadata),
      dependencyGroups: [...new Set(groups)].filter((group) => !isBase(group)).sort(compareText),
    },
  );
}

/** A package and the package with extras are entries of their own, which together are one. */
function entryKey(fields: Fields): string {
  return `${nameOf(fields)} ${optionalText(fields, 'version')} ${JSON.stringify(readSource(fields))}`;
}

function pythonRange(metadata: Fields): string | null {
  const ranges = tables(metadata, 'targets').map((target) => optionalText(target, 'requires_python'));
  const distinct = [...new Set(ranges.filter((range) => range !== null))];
  return distinct.length === 1 ? (distinct[0] ?? null) : null;
}

function readPackage(same: readonly Fields[], legacyFiles: Fields | null): readonly LockedPackage[] {
  const [first] = same;
  if (first === undefined) return [];
  const name = nameOf(first);
  const dependencies = same.flatMap((fields) => readDependencies(fields, name));
  const item = newLockedPackage(name, optionalText(first, 'version'), {
    marker: combineParts(same.flatMap(wants)),
    requiresPython: optionalText(first, 'requires_python') || null,
    extras: [...new Set(same.flatMap((fields) => texts(fields, 'extras').map(normalizeName)))].sort(
      compareText,
    ),
    source: readSource(first),
    files: distinctFiles(first, same, legacyFiles),
    dependencies: dependencies.sort((a, b) => compareText(a.name, b.name)),
  });
  return [item];
}

function wants(fields: Fields): [LockPart, string | null][] {
  const groups = texts(fields, 'groups');
  const marker = optionalText(fields, 'marker');
  return (groups.length === 0 ? ['default'] : groups).map((group) => [
    isBase(group) ? { kind: 'base' } : { kind: 'group', name: group },
    marker,
  ]);
}

function isBase(group: string): boolean {
  return group === 'default' || group === '__default__';
}

function readSource(fields: Fields): LockedSource {
  const subdirectory = optionalText(fields, 'subdirectory');
  const path = optionalText(fields, 'path');
  for (const type of ['git', 'hg', 'svn', 'bzr']) {
    const url = optionalText(fields, type);
    if (url === null) continue;
    return {
      kind: 'vcs',
      type,
      location: { kind: 'url', url: withoutCredentials(url) },
      commit: optionalText(fields, 'revision'),
      requestedRevision: optionalText(fields, 'ref'),
      subdirectory,
    };
  }
  const url = optionalText(fields, 'url');
  if (url !== null)
    return { kind: 'archive', location: { kind: 'url', url: withoutCredentials(url) }, subdirectory };
  if (path === null) return { kind: 'index', index: null };
  return /\.(whl|zip|tar\.\w+|tgz)$/.test(path)
    ? { kind: 'archive', location: { kind: 'path', path }, subdirectory }
    : { kind: 'directory', path, editable: flag(fields, 'editable'), subdirectory };
}

function distinctFiles(
  first: Fields,
  same: readonly Fields[],
  legacyFiles: Fields | null,
): readonly LockedFile[] {
  const own = same.flatMap((fields) => tables(fields, 'files'));
  const key = `${requiredText(first, 'name')} ${optionalText(first, 'version')}`;
  const found = own.length > 0 || legacyFiles === null ? own : tables(legacyFiles, key);
  const files = new Map(found.map(readFile).map((file) => [file.filename, file]));
  return [...files.values()].sort(compareFiles);
}

function readFile(fields: Fields): LockedFile {
  const url = optionalText(fields, 'url');
  const filename = optionalText(fields, 'file') ?? locationName(null, url);
  if (!filename) throw badField(fields, null, 'expected a file or a url');
  const [algorithm = '', hex = ''] = requiredText(fields, 'hash').split(':', 2);
  return {
    kind: filename.endsWith('.whl') ? 'wheel' : 'sdist',
    filename,
    location: url === null ? null : { kind: 'url', url },
    size: null,
    uploadTime: null,
    hashes: { [algorithm]: hex },
    yanked: null,
  };
}

/** `name[extra]` needs `name` itself: that edge says nothing. */
function readDependencies(fields: Fields, self: string): LockedDependency[] {
  return texts(fields, 'dependencies').flatMap((text, index) => {
    const requirement = parsed(fields, `dependencies[${index}]`, text, parseRequirement);
    const name = normalizeName(requirement.name);
    if (name === self) return [];
    const extras = requirement.extras.map(normalizeName).sort(compareText);
    return [
      {
        name,
        version: null,
        extras,
        marker: requirement.marker === null ? null : formatMarker(requirement.marker),
        text,
      },
    ];
  });
}
