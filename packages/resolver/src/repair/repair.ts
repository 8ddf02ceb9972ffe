import type { RootRequirement } from '../resolution.ts';

/** Lines of the user's that a repair changes. */
interface ChangedLines {
  readonly lines: readonly RootRequirement[];
  /** What each of them becomes, in the same order; null: it is left out. */
  readonly becomes: readonly (string | null)[];
}

/** A change to the user's inputs under which there is a plan: it was tried. */
export type Repair =
  /**
   * Lines without their version specifiers; `versions` are what they get then, in the same order; empty where parts
   * of a universe get different ones.
   */
  | (ChangedLines & { readonly kind: 'loosen'; readonly versions: readonly string[]; readonly text: string })
  /** Lines of which some, or all, are left out altogether and the others loosened. */
  | (ChangedLines & { readonly kind: 'drop'; readonly text: string })
  /** Lines of which some pin a yanked version, and the others are loosened. */
  | (ChangedLines & { readonly kind: 'yanked'; readonly versions: readonly string[]; readonly text: string })
  /** Lines with another project's name: those they have are not on the index. */
  | (ChangedLines & { readonly kind: 'spelling'; readonly names: readonly string[]; readonly text: string })
  /** The same lines on another Python; for a universe, those that a specifier set admits. */
  | { readonly kind: 'python'; readonly python: string; readonly text: string }
  /** A universe without these of the platforms that are named. */
  | { readonly kind: 'platforms'; readonly platforms: readonly string[]; readonly text: string }
  /** A universe that is not limited to, or does not require, these environments (markers). */
  | { readonly kind: 'environments'; readonly environments: readonly string[]; readonly text: string }
  /** An option that admits more files. */
  | { readonly kind: 'prereleases' | 'sdists' | 'newer-files'; readonly text: string };
