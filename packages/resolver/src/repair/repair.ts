import type { RootRequirement } from '../resolution.ts';

/** A change to the user's inputs under which there is a plan: it was tried. */
export type Repair =
  /** Lines without their version specifiers; `versions` are what they get then, in the same order. */
  | {
      readonly kind: 'loosen';
      readonly lines: readonly RootRequirement[];
      readonly versions: readonly string[];
      readonly text: string;
    }
  /** Lines of which some, or all, are left out altogether and the others loosened. */
  | { readonly kind: 'drop'; readonly lines: readonly RootRequirement[]; readonly text: string }
  /** A line that pins a yanked version. */
  | {
      readonly kind: 'yanked';
      readonly lines: readonly RootRequirement[];
      readonly versions: readonly string[];
      readonly text: string;
    }
  /** Lines with another project's name: those they have are not on the index. */
  | {
      readonly kind: 'spelling';
      readonly lines: readonly RootRequirement[];
      readonly names: readonly string[];
      readonly text: string;
    }
  /** The same lines on another Python. */
  | { readonly kind: 'python'; readonly python: string; readonly text: string }
  /** An option that admits more files. */
  | { readonly kind: 'prereleases' | 'sdists' | 'newer-files'; readonly text: string };
