import type { Hashes } from '@pyplan/resolver';
import { conflictTables } from '../apart/conflicts-table.ts';
import type { TomlTable } from '../document/toml-write.ts';
import { LockWriteError } from '../errors.ts';
import type { LockedFile, LockedLocation, LockedPackage, LockedSet } from '../locked-set.ts';
import {
  type Pylock,
  type PylockArchive,
  type PylockFile,
  type PylockPackage,
  pylockVersion,
} from './pylock.ts';
import { relativePath } from './relative-path.ts';

/** What a `pylock.toml` says beyond the lock. */
export interface ToPylockOptions {
  /**
   * Who is known to have published the files of a package (PEP 740; PEP 751, `packages.attestation-identities`): a
   * table for each, with its `kind`. Default: not said.
   */
  readonly attestationIdentitiesOf?: (item: LockedPackage) => readonly TomlTable[];
  /**
   * The directory that the lock is written to, as a `file:` URL: files of this machine are then named by their path
   * relative to it. Default: by their URL.
   */
  readonly directory?: string;
}

/**
 * A lock as a `pylock.toml` document.
 *
 * @throws LockWriteError where a package lacks what the format demands: a hash, a location, a commit.
 */
export function toPylock(lock: LockedSet, options: ToPylockOptions = {}): Pylock {
  const repeated = new Set(
    lock.packages
      .filter((item, index) => lock.packages[index - 1]?.name === item.name)
      .map((item) => item.name),
  );
  return {
    lockVersion: pylockVersion,
    environments: lock.environments,
    requiresPython: lock.requiresPython,
    extras: lock.extras,
    dependencyGroups: lock.dependencyGroups,
    defaultGroups: lock.defaultGroups,
    createdBy: 'pyplan',
    packages: lock.packages.map((item) => toPackage(item, repeated, options)),
    tool: toolTable(lock),
  };
}

function toolTable(lock: LockedSet): TomlTable | null {
  const { conflicts = [] } = lock;
  const lists = [lock.targets, lock.assumed, conflicts];
  if (lock.inputsDigest === null && lists.every((list) => list.length === 0)) return null;
  const targets = lock.targets.map(({ python, platform }) => ({ python, platform }));
  return {
    pyplan: {
      ...(lock.inputsDigest === null ? {} : { 'inputs-digest': lock.inputsDigest }),
      ...(lock.assumed.length === 0 ? {} : { assumed: lock.assumed }),
      ...(conflicts.length === 0 ? {} : { conflicts: conflictTables(conflicts) }),
      ...(targets.length === 0 ? {} : { targets }),
    },
  };
}

function toPackage(
  item: LockedPackage,
  repeated: ReadonlySet<string>,
  options: ToPylockOptions,
): PylockPackage {
  const wheels = item.files.filter((file) => file.kind === 'wheel');
  const sdist = item.files.find((file) => file.kind === 'sdist') ?? null;
  const fromIndex = item.source.kind === 'index';
  if (fromIndex && item.files.length === 0) {
    throw new LockWriteError(`${label(item)}: no file is known, and pylock.toml must name one`);
  }
  return {
    name: item.name,
    // What a source tree calls itself may change (PEP 751, `packages.version`).
    version: item.source.kind === 'directory' || item.source.kind === 'vcs' ? null : item.version,
    marker: item.marker,
    requiresPython: item.requiresPython,
    dependencies: dependencyTables(item, repeated),
    vcs: null,
    directory: null,
    archive: null,
    ...direct(item, options),
    index: item.source.kind === 'index' ? item.source.index : null,
    sdist: fromIndex && sdist !== null ? toFile(item, sdist, options) : null,
    wheels: fromIndex ? wheels.map((file) => toFile(item, file, options)) : [],
    attestationIdentities: options.attestationIdentitiesOf?.(item) ?? [],
    tool: null,
  };
}

/** One table for each package that it needs, with the version where the lock has several. */
function dependencyTables(item: LockedPackage, repeated: ReadonlySet<string>): readonly TomlTable[] {
  const tables = new Map<string, TomlTable>();
  for (const { name, version } of item.dependencies ?? []) {
    const table = version !== null && repeated.has(name) ? { name, version } : { name };
    tables.set(`${name} ${version ?? ''}`, table);
  }
  return [...tables.values()];
}

function direct(
  item: LockedPackage,
  options: ToPylockOptions,
): Partial<Pick<PylockPackage, 'vcs' | 'directory' | 'archive'>> {
  const { source } = item;
  switch (source.kind) {
    case 'index':
      return {};
    case 'archive':
      return { archive: toArchive(item, source.location, source.subdirectory, options) };
    case 'directory':
      return {
        directory: { path: source.path, editable: source.editable, subdirectory: source.subdirectory },
      };
    case 'vcs':
      if (source.commit === null) {
        throw new LockWriteError(
          `${label(item)}: a VCS reference without a commit can't be locked in pylock.toml`,
        );
      }
      return {
        vcs: {
          type: source.type,
          ...place(source.location, options),
          requestedRevision: source.requestedRevision,
          commitId: source.commit,
          subdirectory: source.subdirectory,
        },
      };
    case 'conda':
      throw new LockWriteError(`${label(item)}: a conda package has no place in pylock.toml`);
    default:
      return source satisfies never;
  }
}

function toArchive(
  item: LockedPackage,
  location: LockedLocation,
  subdirectory: string | null,
  options: ToPylockOptions,
): PylockArchive {
  const file = item.files[0];
  return {
    ...place(location, options),
    size: file?.size ?? null,
    uploadTime: file?.uploadTime ?? null,
    hashes: demandHashes(item, file?.hashes ?? {}, 'the archive'),
    subdirectory,
  };
}

function toFile(item: LockedPackage, file: LockedFile, options: ToPylockOptions): PylockFile {
  if (file.location === null) {
    throw new LockWriteError(
      `${label(item)}: where ${file.filename} is, is not known, and pylock.toml must say`,
    );
  }
  return {
    filename: file.filename,
    uploadTime: file.uploadTime,
    ...place(file.location, options),
    size: file.size,
    hashes: demandHashes(item, file.hashes, file.filename),
  };
}

function demandHashes(item: LockedPackage, hashes: Hashes, what: string): Hashes {
  if (Object.keys(hashes).length > 0) return hashes;
  throw new LockWriteError(`${label(item)}: ${what} has no hash, and pylock.toml demands one for each file`);
}

function place(
  location: LockedLocation,
  { directory }: ToPylockOptions,
): { readonly url: string | null; readonly path: string | null } {
  if (location.kind === 'path') return { url: null, path: location.path };
  const path = directory === undefined ? null : relativePath(directory, location.url);
  return path === null ? { url: location.url, path: null } : { url: null, path };
}

function label(item: LockedPackage): string {
  return item.version === null ? item.name : `${item.name} ${item.version}`;
}
