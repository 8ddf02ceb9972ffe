import type { Version } from '@pyplan/markers';
import type { PassedOverFile, ProjectStatus } from '@pyplan/resolver';

/**
 * A project's page as it is kept, in memory and in the cache: files are slices of JSON (each the
 * objects of a PEP 691 `files` array, joined by commas) that nobody has decoded yet.
 */
export interface PageRecord {
  /** Normalised. */
  readonly name: string;
  /** Ascending, distinct under PEP 440 equality. */
  readonly versions: readonly Version[];
  /** The slice of `versions[index]`. */
  slice(index: number): string;
  passedOver(): readonly PassedOverFile[];
  readonly status: ProjectStatus;
  /** Pages of the same project on other indexes: what it tracks, and its alternate locations (PEP 708). */
  readonly related: readonly string[];
  /** What relative file URLs start from: the page's own URL, or its base href. Without credentials. */
  readonly base: string;
  /** The index it came from, without credentials. */
  readonly index: string | null;
  /** Lower-case hex sha256 of the page as received. */
  readonly digest: string | null;
}

/** A record whose files may come to be kept elsewhere. */
export interface MovableRecord extends PageRecord {
  /** Bytes in memory for its files. */
  readonly held: number;
  /** From now on files are read there, and what held them is let go. */
  moveTo(elsewhere: Pick<PageRecord, 'slice' | 'passedOver'>): void;
}

/** @param size bytes that the record holds in memory */
export function movableRecord(record: PageRecord, size: number): MovableRecord {
  const { name, versions, status, related, base, index, digest } = record;
  let files: Pick<PageRecord, 'slice' | 'passedOver'> = record;
  let held = size;
  return {
    ...{ name, versions, status, related, base, index, digest },
    get held() {
      return held;
    },
    slice: (position) => files.slice(position),
    passedOver: () => files.passedOver(),
    moveTo: (elsewhere) => {
      files = elsewhere;
      held = 0;
    },
  };
}

/** What is known of a page beside its bytes. */
export interface PageOrigin {
  /** Normalised name that was asked for. */
  readonly name: string;
  /** Where it was read from, after redirects, without credentials. */
  readonly url: string;
  readonly index: string | null;
  readonly digest: string | null;
}
