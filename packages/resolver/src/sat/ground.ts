import type { Dependency } from '../solver/world.ts';
import type { Literal } from './literal.ts';

/** A fact of the world that clauses were made of. */
export interface EncodedFact {
  /** The project of which a version asks; null for the user. */
  readonly project: string | null;
  /** The extra under which it asks. */
  readonly extra: string | null;
  /** What it asks for; null where the version turned out to be no candidate. */
  readonly dependency: Dependency | null;
}

/** A clause that was learnt, with what it follows from. */
export interface Lemma {
  readonly literals: readonly Literal[];
  readonly from: readonly Ground[];
}

/** What a clause rests on. */
export type Ground = EncodedFact | Lemma;
