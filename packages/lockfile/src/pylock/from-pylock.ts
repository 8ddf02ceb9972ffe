import { normalizeName } from '@pyplan/markers';
import { readConflictTables } from '../apart/conflicts-table.ts';
import type { PartConflict } from '../apart/selections.ts';
import {
  type Fields,
  fieldsOf,
  optionalTable,
  optionalText,
  requiredText,
  tables,
  texts,
} from '../document/fields.ts';
import {
  comparePackages,
  type LockedDependency,
  type LockedFile,
  type LockedLocation,
  type LockedPackage,
  type LockedSet,
  type LockedSource,
  type LockedTarget,
} from '../locked-set.ts';
import { normalVersion } from '../read/new-set.ts';
import { parsePylock } from './parse-pylock.ts';
import type { Pylock, PylockFile, PylockPackage } from './pylock.ts';

/** A `pylock.toml` as a lock like any other. @throws LockFormatError */
export function readPylock(text: string, file = 'pylock.toml'): LockedSet {
  return fromPylock(parsePylock(text, file), file);
}

/**
 * A parsed `pylock.toml` as a lock like any other. Its `dependencies` count as the graph only where some package has
 * any: most tools write none.
 */
export function fromPylock(lock: Pylock, file: string | null = null): LockedSet {
  const hasGraph = lock.packages.some((item) => item.dependencies.length > 0);
  const own = ownTable(lock, file ?? 'pylock.toml');
  return {
    format: 'pylock',
    file,
    createdBy: lock.createdBy,
    environments: lock.environments,
    requiresPython: lock.requiresPython,
    extras: lock.extras,
    dependencyGroups: lock.dependencyGroups,
    defaultGroups: lock.defaultGroups,
    conflicts: conflictsOf(lock),
    targets: own === null ? [] : tables(own, 'targets').map(readTarget),
    inputsDigest: own === null ? null : optionalText(own, 'inputs-digest'),
    assumed: own === null ? [] : texts(own, 'assumed'),
    packages: lock.packages.map((item) => fromPackage(item, hasGraph)).sort(comparePackages),
  };
}

/** Extras and groups that are not to be installed together, as pyplan notes them. */
export function conflictsOf(lock: Pylock): readonly PartConflict[] {
  const { pyplan } = lock.tool ?? {};
  const own = new Map<string, unknown>(typeof pyplan === 'object' ? Object.entries(pyplan) : []);
  return readConflictTables(own.get('conflicts'));
}

function ownTable(lock: Pylock, file: string): Fields | null {
  return lock.tool === null ? null : optionalTable(fieldsOf(file, 'tool', lock.tool), 'pyplan');
}

function readTarget(fields: Fields): LockedTarget {
  return { python: requiredText(fields, 'python'), platform: requiredText(fields, 'platform') };
}

function fromPackage(item: PylockPackage, hasGraph: boolean): LockedPackage {
  const archive = item.archive;
  const files = [
    ...item.wheels.map((wheel) => fromFile('wheel', wheel)),
    ...(item.sdist === null ? [] : [fromFile('sdist', item.sdist)]),
  ];
  return {
    name: item.name,
    version: item.version === null ? null : normalVersion(item.version),
    marker: item.marker,
    requiresPython: item.requiresPython,
    extras: [],
    source: sourceOf(item),
    files: archive === null ? files : [fromFile('sdist', { filename: item.name, ...archive })],
    hashes: [],
    dependencies: hasGraph ? item.dependencies.flatMap(fromDependency) : null,
    demands: [],
  };
}

function sourceOf(item: PylockPackage): LockedSource {
  const { vcs, directory, archive } = item;
  if (directory !== null) return { kind: 'directory', ...directory };
  if (archive !== null) {
    return { kind: 'archive', location: locationOf(archive), subdirectory: archive.subdirectory };
  }
  if (vcs === null) return { kind: 'index', index: item.index };
  return {
    kind: 'vcs',
    type: vcs.type,
    location: locationOf(vcs),
    commit: vcs.commitId,
    requestedRevision: vcs.requestedRevision,
    subdirectory: vcs.subdirectory,
  };
}

/** The path counts before the URL, as installers have it. */
function locationOf({
  url,
  path,
}: {
  readonly url: string | null;
  readonly path: string | null;
}): LockedLocation {
  return path ? { kind: 'path', path } : { kind: 'url', url: url ?? '' };
}

function fromFile(kind: 'wheel' | 'sdist', file: PylockFile): LockedFile {
  return {
    kind: file.filename.endsWith('.whl') ? 'wheel' : kind,
    filename: file.filename,
    location: locationOf(file),
    size: file.size,
    uploadTime: file.uploadTime,
    hashes: file.hashes,
    yanked: null,
  };
}

function fromDependency(table: PylockPackage['dependencies'][number]): readonly LockedDependency[] {
  const { name, version } = table;
  if (typeof name !== 'string') return [];
  return [
    {
      name: normalizeName(name),
      version: typeof version === 'string' ? normalVersion(version) : null,
      extras: [],
      marker: null,
      text: null,
    },
  ];
}
