import type { Version } from '@pyplan/markers';

/** A value now, or a promise of it: a warm source answers at once and costs no turn of the event loop. */
export type MaybePromise<T> = T | Promise<T>;

/** Digests in lower-case hex by algorithm, as the index names them (`sha256`). */
export type Hashes = Readonly<Record<string, string>>;

/** One file of a project's page (Simple repository API, PEP 691 and PEP 700). */
export interface IndexFile {
  readonly filename: string;
  /** Absolute, without credentials, query and fragment kept. */
  readonly url: string;
  readonly hashes: Hashes;
  /** Bytes; null where the index does not say. */
  readonly size: number | null;
  /** ISO 8601, as the index gave it. */
  readonly uploadTime: string | null;
  /** As the index gave it: not yet parsed, perhaps malformed. */
  readonly requiresPython: string | null;
  /** Null: not yanked. Otherwise the reason, empty where none was given (PEP 592). */
  readonly yanked: string | null;
  /** Whether a sidecar exists (PEP 658, PEP 714), with its digests where the page gives them. */
  readonly coreMetadata: boolean | Hashes;
}

/** A file name on a page that is neither a wheel nor an sdist of the project. */
export interface PassedOverFile {
  readonly filename: string;
  readonly reason: string;
}

/** PEP 792. A page without a status is active. */
export interface ProjectStatus {
  readonly kind: 'active' | 'archived' | 'quarantined' | 'deprecated';
  readonly reason: string | null;
}

/**
 * A project's page, grouped by version.
 *
 * `versions` ascend and are distinct under PEP 440 equality; each has at least one wheel or sdist.
 * Files are decoded only when asked for.
 */
export interface ProjectPage {
  /** Normalised. */
  readonly name: string;
  readonly versions: readonly Version[];
  /** The files of `versions[index]`, in page order. The same array each time. */
  filesOf(index: number): readonly IndexFile[];
  /**
   * The Requires-Python texts of the files of `versions[index]` (some perhaps of files that are left out), where that
   * takes less than decoding them. Absent: the files say.
   */
  requiresPythonsOf?(index: number): readonly string[];
  readonly passedOver: readonly PassedOverFile[];
  readonly status: ProjectStatus;
  /** The index the page came from, without credentials; null for sources that have none. */
  readonly index: string | null;
  /** Lower-case hex sha256 of the page as received; null where there were no bytes. */
  readonly digest: string | null;
  /**
   * Where a version of an earlier group goes before any of a later one: places in `versions` as rank sets
   * (from, to, from, to, …). Absent: one group.
   */
  readonly tiers?: readonly (readonly number[])[];
}

/** The part of a file's core metadata that a resolution rests on, raw (Core metadata specification). */
export interface FileMetadata {
  readonly requiresDist: readonly string[];
  readonly requiresPython: string | null;
  readonly providesExtra: readonly string[];
  /** Lower-case hex sha256 of the metadata bytes; null where there were none. */
  readonly digest: string | null;
}

export type MetadataAnswer =
  | { readonly kind: 'metadata'; readonly metadata: FileMetadata }
  /** An sdist whose dependencies are known only by running its build (PEP 643). */
  | { readonly kind: 'dynamic'; readonly reason: string }
  /** Metadata that can't be read or belongs to another name or version. */
  | { readonly kind: 'unusable'; readonly reason: string };

/**
 * The resolver's only door to the world.
 *
 * Each method may be called again for the same thing and must then give an equal answer; a source
 * keeps what it has, so that a second call is cheap. A source throws (or rejects) only where the
 * world fails: no network, a wrong hash, a truncated page.
 */
export interface PackageSource {
  /** The page of a project by its normalised name; null where the index has no such project. */
  page(name: string, signal?: AbortSignal): MaybePromise<ProjectPage | null>;
  /** The core metadata of one file of `page`. */
  metadata(page: ProjectPage, file: IndexFile, signal?: AbortSignal): MaybePromise<MetadataAnswer>;
  /** A direct reference (`name @ url`) as a page of one version and one file. */
  direct(name: string, url: string, signal?: AbortSignal): MaybePromise<ProjectPage>;
}
