import { compareVersions, tryParseVersion } from '@pyplan/markers';
import type { Demand, Hashes } from '@pyplan/resolver';
import type { LockPart } from './read/part-markers.ts';

/** The formats that a lock, or a list of what is installed, comes in. */
export type LockFormat =
  | 'resolution'
  | 'pylock'
  | 'requirements'
  | 'uv-lock'
  | 'poetry-lock'
  | 'pdm-lock'
  | 'pipfile-lock'
  | 'pip-freeze'
  | 'pip-list'
  | 'conda-list';

/** Where a locked package comes from. */
export type LockedSource =
  /** An index, by its URL without credentials; null where the lock does not say which. */
  | { readonly kind: 'index'; readonly index: string | null }
  /** One archive at a URL, or at a path relative to the lock. */
  | { readonly kind: 'archive'; readonly location: LockedLocation; readonly subdirectory: string | null }
  | {
      readonly kind: 'vcs';
      readonly type: string;
      readonly location: LockedLocation;
      readonly commit: string | null;
      readonly requestedRevision: string | null;
      readonly subdirectory: string | null;
    }
  | {
      readonly kind: 'directory';
      readonly path: string;
      readonly editable: boolean;
      readonly subdirectory: string | null;
    }
  /** A conda channel: what is there was not made by pip, and can't be installed by it. */
  | { readonly kind: 'conda'; readonly channel: string | null };

export type LockedLocation =
  | { readonly kind: 'url'; readonly url: string }
  /** POSIX style, relative to the lock file. */
  | { readonly kind: 'path'; readonly path: string };

/** A wheel or an sdist that a lock names. */
export interface LockedFile {
  readonly kind: 'wheel' | 'sdist';
  readonly filename: string;
  /** Null where the lock names the file only. */
  readonly location: LockedLocation | null;
  /** Bytes; null where the lock does not say. */
  readonly size: number | null;
  /** ISO 8601; null where the lock does not say. */
  readonly uploadTime: string | null;
  readonly hashes: Hashes;
  /** Null: not yanked, or not known. Otherwise the reason, empty where none was given. */
  readonly yanked: string | null;
}

/** An edge of the dependency graph. */
export interface LockedDependency {
  /** Normalised. */
  readonly name: string;
  /** Which of several locked versions of it; null where there is one only, or the lock does not say. */
  readonly version: string | null;
  /** Normalised and sorted. */
  readonly extras: readonly string[];
  /** When the edge counts; null: always. */
  readonly marker: string | null;
  /** The requirement as the metadata has it; null where the lock does not keep it. */
  readonly text: string | null;
}

/** One version of a package, with the part of the environments that gets it. */
export interface LockedPackage {
  /** Normalised. */
  readonly name: string;
  /** Normalised text; null where the lock names none (a directory, a VCS reference). */
  readonly version: string | null;
  /** Null: everywhere. May name `extras` and `dependency_groups` (PEP 751). */
  readonly marker: string | null;
  readonly requiresPython: string | null;
  /** Extras in force, normalised and sorted. */
  readonly extras: readonly string[];
  readonly source: LockedSource;
  /** Sorted by filename, the sdist last. */
  readonly files: readonly LockedFile[];
  /** `algorithm:hex` of files that the lock does not name (requirements.txt, Pipfile.lock). Sorted. */
  readonly hashes: readonly string[];
  /** Sorted by name; null where the format has no graph. */
  readonly dependencies: readonly LockedDependency[] | null;
  /** Who asked for it; empty where not known. */
  readonly demands: readonly Demand[];
}

/** An interpreter and platform that a lock was made for, as the user named them. */
export interface LockedTarget {
  readonly python: string;
  readonly platform: string;
}

/** What any lock file or list of installed packages says, in one shape. Packages are sorted by name and version. */
export interface LockedSet {
  readonly format: LockFormat;
  /** The file as the caller named it; null for what was never a file. */
  readonly file: string | null;
  readonly createdBy: string | null;
  /** Markers; the lock is for the environments that satisfy one of them. Empty: not restricted. */
  readonly environments: readonly string[];
  readonly requiresPython: string | null;
  readonly extras: readonly string[];
  readonly dependencyGroups: readonly string[];
  readonly defaultGroups: readonly string[];
  /** Extras and groups of which at most one is installed at a time; where it says none, it knows of none. */
  readonly conflicts?: readonly (readonly LockPart[])[];
  /** The targets that it was made for, where it says. */
  readonly targets: readonly LockedTarget[];
  /** Digest of the inputs that it was made from (`sha256:` and hex); null where it has none. */
  readonly inputsDigest: string | null;
  /** What was assumed, not asked for, when it was made: a sentence each. */
  readonly assumed: readonly string[];
  readonly packages: readonly LockedPackage[];
}

/** Orders packages by name, then by version, then by marker. */
export function comparePackages(a: LockedPackage, b: LockedPackage): number {
  return (
    compareText(a.name, b.name) ||
    compareVersionTexts(a.version ?? '', b.version ?? '') ||
    compareText(a.marker ?? '', b.marker ?? '')
  );
}

/** Orders versions; what is no version (conda has such) comes after those that are, by its text. */
export function compareVersionTexts(a: string, b: string): number {
  const [left, right] = [tryParseVersion(a), tryParseVersion(b)];
  if (left !== null && right !== null) return compareVersions(left, right) || compareText(a, b);
  if (left === null && right === null) return compareText(a, b);
  return left === null ? 1 : -1;
}

/** Orders text by code unit: the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Wheels by name, then the sdist. */
export function compareFiles(a: LockedFile, b: LockedFile): number {
  if (a.kind !== b.kind) return a.kind === 'wheel' ? -1 : 1;
  return compareText(a.filename, b.filename);
}
