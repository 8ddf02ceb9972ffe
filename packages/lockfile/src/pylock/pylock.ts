import type { Hashes } from '@pyplan/resolver';
import type { TomlTable } from '../document/toml-write.ts';

/**
 * A `pylock.toml` as its specification has it (PEP 751, "File format").
 *
 * Markers and specifier sets are text, checked on reading. Lists are empty where the file has none.
 */
export interface Pylock {
  readonly lockVersion: string;
  readonly environments: readonly string[];
  readonly requiresPython: string | null;
  readonly extras: readonly string[];
  readonly dependencyGroups: readonly string[];
  readonly defaultGroups: readonly string[];
  readonly createdBy: string;
  readonly packages: readonly PylockPackage[];
  readonly tool: TomlTable | null;
}

/** An entry of `packages`. Exactly one of vcs, directory, archive is set, or else sdist or wheels are. */
export interface PylockPackage {
  /** Normalised. */
  readonly name: string;
  readonly version: string | null;
  readonly marker: string | null;
  readonly requiresPython: string | null;
  /** Tables that tell one other entry each, by as many of its keys as that takes. */
  readonly dependencies: readonly TomlTable[];
  readonly vcs: PylockVcs | null;
  readonly directory: PylockDirectory | null;
  readonly archive: PylockArchive | null;
  readonly index: string | null;
  readonly sdist: PylockFile | null;
  readonly wheels: readonly PylockFile[];
  readonly attestationIdentities: readonly TomlTable[];
  readonly tool: TomlTable | null;
}

export interface PylockVcs {
  readonly type: string;
  readonly url: string | null;
  readonly path: string | null;
  readonly requestedRevision: string | null;
  readonly commitId: string;
  readonly subdirectory: string | null;
}

export interface PylockDirectory {
  readonly path: string;
  readonly editable: boolean;
  readonly subdirectory: string | null;
}

export interface PylockArchive {
  readonly url: string | null;
  readonly path: string | null;
  /** Bytes. */
  readonly size: number | null;
  readonly uploadTime: string | null;
  readonly hashes: Hashes;
  readonly subdirectory: string | null;
}

/** A wheel or the sdist. */
export interface PylockFile {
  /** As given, or the last component of the path or the URL. */
  readonly filename: string;
  readonly uploadTime: string | null;
  readonly url: string | null;
  readonly path: string | null;
  /** Bytes. */
  readonly size: number | null;
  readonly hashes: Hashes;
}

/** The version of the format that is written. */
export const pylockVersion = '1.0';

/** Whether a file of this name is a lock by the specification's rule: `pylock.toml` or `pylock.NAME.toml`. */
export function isPylockName(filename: string): boolean {
  return filename === 'pylock.toml' || /^pylock\.[^.]+\.toml$/.test(filename);
}

/** The last component of the path, or of the URL decoded: what a file is called where no name is given. */
export function locationName(path: string | null, url: string | null): string | null {
  if (path !== null && path !== '')
    return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (url === null || url === '') return null;
  const end = url.search(/[?#]/);
  const bare = end === -1 ? url : url.slice(0, end);
  const last = bare.slice(bare.lastIndexOf('/') + 1);
  if (!last.includes('%')) return last;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
