import {
  compareVersions,
  normalizeName,
  parseMarker,
  parseSpecifierSet,
  parseVersion,
  type Version,
} from '@pyplan/markers';
import { parseSdistFilename, parseWheelFilename } from '@pyplan/wheel-meta';
import {
  badField,
  type Fields,
  fieldsOf,
  flag,
  hasField,
  optionalSize,
  optionalTable,
  optionalText,
  optionalTime,
  parsed,
  requiredHashes,
  requiredText,
  tables,
  texts,
} from '../document/fields.ts';
import { readToml } from '../document/toml-read.ts';
import type { TomlTable } from '../document/toml-write.ts';
import {
  locationName,
  type Pylock,
  type PylockArchive,
  type PylockDirectory,
  type PylockFile,
  type PylockPackage,
  type PylockVcs,
} from './pylock.ts';

/**
 * A `pylock.toml`, whole and checked against its specification (PEP 751, "File format").
 *
 * `file` is what errors call it. A minor version newer than 1.0 is read as 1.0: see `pylockWarnings`.
 *
 * @throws LockFormatError
 */
export function parsePylock(text: string, file = 'pylock.toml'): Pylock {
  const root = fieldsOf(file, '', readToml(file, text));
  const lockVersion = requiredText(root, 'lock-version');
  const version = parsed(root, 'lock-version', lockVersion, parseVersion);
  if (compareVersions(version, parseVersion('1')) < 0 || compareVersions(version, parseVersion('2')) >= 0) {
    throw badField(root, 'lock-version', `version ${lockVersion} of the format is not supported, only 1.x`);
  }
  if (!hasField(root, 'packages')) throw badField(root, 'packages', 'missing, and required');
  return {
    lockVersion,
    environments: checkedTexts(root, 'environments', parseMarker),
    requiresPython: checkedText(root, 'requires-python', parseSpecifierSet),
    extras: checkedTexts(root, 'extras', demandNormalised),
    dependencyGroups: texts(root, 'dependency-groups'),
    defaultGroups: texts(root, 'default-groups'),
    createdBy: requiredText(root, 'created-by'),
    packages: tables(root, 'packages').map(parsePackage),
    tool: rawTable(root, 'tool'),
  };
}

/** What a reader should be told of a lock that it can read. */
export function pylockWarnings(lock: Pylock): readonly string[] {
  if (compareVersions(parseVersion(lock.lockVersion), parseVersion('1.0')) <= 0) return [];
  return [`version ${lock.lockVersion} of the format is newer than 1.0; what it adds is not understood`];
}

function parsePackage(fields: Fields): PylockPackage {
  const name = requiredText(fields, 'name');
  parsed(fields, 'name', name, demandNormalised);
  const versionText = optionalText(fields, 'version');
  const version = versionText === null ? null : parsed(fields, 'version', versionText, parseVersion);
  const sdist = optionalTable(fields, 'sdist');
  const item: PylockPackage = {
    name,
    version: versionText,
    marker: checkedText(fields, 'marker', parseMarker),
    requiresPython: checkedText(fields, 'requires-python', parseSpecifierSet),
    dependencies: rawTables(fields, 'dependencies'),
    vcs: mapped(optionalTable(fields, 'vcs'), parseVcs),
    directory: mapped(optionalTable(fields, 'directory'), parseDirectory),
    archive: mapped(optionalTable(fields, 'archive'), parseArchive),
    index: optionalText(fields, 'index'),
    sdist: mapped(sdist, (table) => parseFile(table, name, version, parseSdistFilename)),
    wheels: tables(fields, 'wheels').map((table) => parseFile(table, name, version, parseWheelFilename)),
    attestationIdentities: tables(fields, 'attestation-identities').map((table) => {
      requiredText(table, 'kind');
      return table.table as TomlTable;
    }),
    tool: rawTable(fields, 'tool'),
  };
  checkSources(fields, item);
  return item;
}

/** One source: files of an index, or one of the three others (PEP 751, `packages.vcs` and the following). */
function checkSources(fields: Fields, item: PylockPackage): void {
  const direct = [item.vcs, item.directory, item.archive].filter((source) => source !== null).length;
  const hasFiles = item.sdist !== null || item.wheels.length > 0;
  if (hasFiles && direct > 0) {
    throw badField(fields, null, 'has wheels or an sdist, and beside them a vcs, directory or archive');
  }
  if (!hasFiles && direct !== 1) {
    const found = direct === 0 ? 'none of them' : 'several of them';
    throw badField(
      fields,
      null,
      `expected wheels, an sdist, or just one of vcs, directory and archive: ${found}`,
    );
  }
}

function parseVcs(fields: Fields): PylockVcs {
  return {
    type: requiredText(fields, 'type'),
    ...place(fields),
    requestedRevision: optionalText(fields, 'requested-revision'),
    commitId: requiredText(fields, 'commit-id'),
    subdirectory: optionalText(fields, 'subdirectory'),
  };
}

function parseDirectory(fields: Fields): PylockDirectory {
  return {
    path: requiredText(fields, 'path'),
    editable: flag(fields, 'editable'),
    subdirectory: optionalText(fields, 'subdirectory'),
  };
}

function parseArchive(fields: Fields): PylockArchive {
  return {
    ...place(fields),
    size: optionalSize(fields, 'size'),
    uploadTime: optionalTime(fields, 'upload-time'),
    hashes: requiredHashes(fields, 'hashes'),
    subdirectory: optionalText(fields, 'subdirectory'),
  };
}

function parseFile(
  fields: Fields,
  name: string,
  version: Version | null,
  parseName: (filename: string) => { readonly name: string; readonly version: Version },
): PylockFile {
  const where = place(fields);
  const filename = optionalText(fields, 'name') || locationName(where.path, where.url);
  if (!filename)
    throw badField(fields, 'name', 'missing, and neither the path nor the URL ends in a file name');
  const found = parsed(fields, 'name', filename, parseName);
  if (found.name !== name)
    throw badField(fields, 'name', `${filename} is a file of ${found.name}, not of ${name}`);
  if (version !== null && compareVersions(found.version, version) !== 0) {
    throw badField(fields, 'name', `${filename} is not a file of version ${version.text}`);
  }
  return {
    filename,
    uploadTime: optionalTime(fields, 'upload-time'),
    ...where,
    size: optionalSize(fields, 'size'),
    hashes: requiredHashes(fields, 'hashes'),
  };
}

function place(fields: Fields): { readonly url: string | null; readonly path: string | null } {
  const [url, path] = [optionalText(fields, 'url'), optionalText(fields, 'path')];
  if (!url && !path) throw badField(fields, null, 'expected a url or a path');
  return { url, path };
}

function checkedText(fields: Fields, key: string, check: (text: string) => unknown): string | null {
  const text = optionalText(fields, key);
  if (text !== null) parsed(fields, key, text, check);
  return text;
}

function checkedTexts(fields: Fields, key: string, check: (text: string) => unknown): readonly string[] {
  const list = texts(fields, key);
  for (const [index, text] of list.entries()) parsed(fields, `${key}[${index}]`, text, check);
  return list;
}

function demandNormalised(name: string): void {
  const normal = normalizeName(name);
  if (name !== normal || !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
    throw new Error(`the name ${JSON.stringify(name)} is not normalised: expected ${JSON.stringify(normal)}`);
  }
}

function mapped<T>(fields: Fields | null, map: (fields: Fields) => T): T | null {
  return fields === null ? null : map(fields);
}

function rawTable(fields: Fields, key: string): TomlTable | null {
  return mapped(optionalTable(fields, key), (inner) => inner.table as TomlTable);
}

function rawTables(fields: Fields, key: string): readonly TomlTable[] {
  return tables(fields, key).map((inner) => inner.table as TomlTable);
}
