import type { Ground } from './ground.ts';
import type { Literal } from './literal.ts';

/** Literals of which one must hold. The first two are watched; a reason's first is what it implied. */
export interface Clause {
  readonly literals: Literal[];
  /** Distinct levels when it was learnt: the fewer, the more it is worth. */
  readonly spread: number;
  /** What it rests on; null for what holds by itself, and where that is not traced. */
  readonly ground: Ground | null;
}
