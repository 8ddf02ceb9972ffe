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
  /** A line left out altogether. */
  | { readonly kind: 'drop'; readonly lines: readonly RootRequirement[]; readonly text: string }
  /** The same lines on another Python. */
  | { readonly kind: 'python'; readonly python: string; readonly text: string }
  /** An option that admits more files. */
  | { readonly kind: 'prereleases' | 'sdists' | 'newer-files'; readonly text: string };
