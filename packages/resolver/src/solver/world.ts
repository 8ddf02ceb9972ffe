import type { SpecifierSet } from '@pyplan/markers';
import type { RootRequirement } from '../resolution.ts';
import type { RankSet } from './rank-set.ts';

/** What the solver lacks: pages by project, metadata by project and rank. */
export interface Need {
  readonly pages: readonly string[];
  readonly metadata: readonly { readonly project: string; readonly rank: number }[];
}

export type Choice =
  | { readonly kind: 'rank'; readonly rank: number }
  /** On the way to the version to try lie some, met for the first time, that are for other Pythons. */
  | { readonly kind: 'wrong-python'; readonly ranks: readonly number[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'need'; readonly need: Need };

/** How a dependency was asked for, to be told in an explanation. */
export interface Asked {
  readonly specifier: SpecifierSet;
  readonly url: string | null;
  /** The user's line, where the user asks. */
  readonly root: RootRequirement | null;
}

/** One thing that a version, or the root, depends on. */
export interface Dependency {
  /** Normalised name of the project. */
  readonly project: string;
  /** Normalised; null for the project itself. */
  readonly extra: string | null;
  /** What its marker asks of the environment, as text; empty for nothing. */
  readonly marker: string;
  readonly ranks: RankSet;
  readonly how: 'plain' | 'pinned' | 'direct';
  /** Null where a proxy depends on what it stands for. */
  readonly asked: Asked | null;
}

export type Dependencies =
  | { readonly kind: 'dependencies'; readonly dependencies: readonly Dependency[] }
  /** The version turned out not to be a candidate; `choose` knows it from now on. */
  | { readonly kind: 'unusable' }
  | { readonly kind: 'need'; readonly need: Need };

/**
 * All that the solver knows of the world: projects with ranked versions, for one target.
 *
 * Answers are functions of what is known; where too little is known the answer says what is lacking,
 * and a later call answers.
 */
export interface SolverWorld {
  /** Active requirements of the user, in order. */
  rootDependencies(): Dependencies;
  /** The version to try first out of `ranks`. */
  choose(project: string, ranks: RankSet): Choice;
  /** What a version needs: by itself (`extra` null), or besides under an extra. */
  dependencies(project: string, rank: number, extra: string | null): Dependencies;
  /** Ranks that may be treated like `rank`: it and its neighbours that are no candidates. */
  widen(project: string, rank: number): RankSet;
  /** Ranks that constraints leave to a project whose page is known; null where none constrain it. */
  constraint(project: string): RankSet | null;
  /** Number of versions on a known page; 0 for a project that is not on the index. */
  versionCount(project: string): number;
}
