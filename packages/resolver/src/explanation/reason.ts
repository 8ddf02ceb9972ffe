import type { NearMiss } from './near-misses/near-misses.ts';

/** A fact that a conflict rests on, besides that the user's lines are written; `text` is the same in words. */
export type Reason =
  /** Versions of a package ask for others. */
  | {
      readonly kind: 'dependency';
      /** Normalised, with the extra under which it asks, if any: `uvicorn[standard]`. */
      readonly package: string;
      /** Ranges of its versions, as `>=1.2,<=1.4`; an empty text stands for every version. */
      readonly versions: readonly string[];
      /** What they ask for; several specifiers of one package are those of different versions. */
      readonly asks: readonly { readonly package: string; readonly specifiers: readonly string[] }[];
      readonly text: string;
    }
  /** Versions that would have done but for one thing, and what admits them. */
  | ({ readonly kind: 'near-miss'; readonly cause: NearMiss['kind'] } & Omit<NearMiss, 'kind'>)
  /** No version meets what is asked of a project, or there is no such project. */
  | { readonly kind: 'absent'; readonly project: string; readonly text: string }
  /** What is asked of a project can be met together, but by none of its versions. */
  | { readonly kind: 'gap'; readonly project: string; readonly text: string };

/**
 * A step of a proof that there is no plan. The last step of a derivation is the one that leaves nothing.
 */
export interface DerivationStep {
  /** A line of the user's, a fact of the index, or what follows from the steps named. */
  readonly kind: 'line' | 'fact' | 'conclusion';
  readonly text: string;
  /** Places of the steps that it follows from, from 0, each before its own. */
  readonly because: readonly number[];
}
