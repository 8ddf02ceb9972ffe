import type { Origin } from '../resolution.ts';

/** The least that is the same: not everywhere in the plans, another version, another file of one version. */
export type DifferenceKind = 'presence' | 'version' | 'file';

/** A package that is not the same in all plans, and what parts them. */
export interface Difference {
  /** Normalised. */
  readonly name: string;
  readonly kind: DifferenceKind;
  readonly causes: readonly DifferenceCause[];
}

/**
 * One thing that parts plans. `sides` are the places, in the list of what is compared, where it acts: where the
 * requirement is in force, or where the version can't be had.
 *
 * Each cause is one of two sorts. A marker, a Requires-Python, wheel tags or an upload time is an end: without it the
 * plans would agree. A requirement leads on to the package that asks, which differs itself, or to the user's own
 * lines where these differ.
 */
export type DifferenceCause = { readonly sides: readonly number[] } & (
  | ({
      /** Asked for where its marker holds, by the same version (or line) on all sides. */
      readonly kind: 'marker';
    } & AskingCause)
  | ({
      /** Asked for by a version that not all sides have, under an extra, or by a line that not all have. */
      readonly kind: 'requirement';
    } & AskingCause)
  | ({ readonly kind: 'requires-python'; readonly requiresPython: string } & VersionCause)
  /** No wheel fits; an sdist would have to be built, or there is none. */
  | ({ readonly kind: 'wheel-tag' } & VersionCause)
  /** ISO 8601: uploaded after what the sides allow. */
  | ({ readonly kind: 'upload-time'; readonly uploadTime: string | null } & VersionCause)
  /** Not to be chosen for another reason, in words (`was yanked`). */
  | ({ readonly kind: 'unavailable'; readonly reason: string } & VersionCause)
);

/** Who asks, in which words. */
export interface AskingCause {
  /** Null for the user. */
  readonly by: { readonly name: string; readonly version: string } | null;
  /** What is asked for, normalised: mostly the package that differs, else one that it needs. */
  readonly package: string;
  /** The requirement as written. */
  readonly text: string;
  /** Of the user's own lines. */
  readonly origin: Origin | null;
  /** Whether it only limits: a constraint of the user's. */
  readonly constraint: boolean;
}

export interface VersionCause {
  /** Normalised; mostly the package that differs, else one that it would need. */
  readonly package: string;
  readonly version: string;
}
