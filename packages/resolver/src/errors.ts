/** Why the world failed a source. */
export type SourceFailure = 'unreachable' | 'corrupt' | 'refused' | 'offline';

/**
 * The index could not be reached or did not keep its word: no network, an HTTP error, a truncated
 * page, a wrong hash, or something that an offline run lacks.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly kind: SourceFailure;
  /** What was asked for, without credentials. */
  readonly url: string;

  constructor(message: string, details: { kind: SourceFailure; url: string; cause?: unknown }) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.url = details.url;
  }
}

/** A target named in a way that no interpreter or platform has. */
export class InvalidTargetError extends Error {
  override readonly name = 'InvalidTargetError';
  /** What the user wrote, and names that there are, from which a hint can be made; empty where there is none. */
  readonly given: string;
  readonly known: readonly string[];

  constructor(
    message: string,
    details: { given: string; known: readonly string[] } = { given: '', known: [] },
  ) {
    super(message);
    this.given = details.given;
    this.known = details.known;
  }
}

/** How far a search came with one project. */
export interface SearchEffort {
  readonly project: string;
  /** Versions that were tried. */
  readonly tried: number;
  /** Versions that might have been. */
  readonly candidates: number;
}

/** The search took more steps than the caller allows. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
  /** How many it took. */
  readonly steps: number;
  /** What a step is: the search by versions decides, the Boolean one meets conflicts. */
  readonly unit: 'decisions' | 'conflicts of versions';
  /** Conflicts of the search by versions. */
  readonly conflicts: number;
  /** Projects of which several versions were tried, the most tried first. */
  readonly tried: readonly SearchEffort[];

  constructor(
    message: string,
    state: {
      readonly steps: number;
      readonly unit: BudgetError['unit'];
      readonly conflicts?: number;
      readonly tried?: readonly SearchEffort[];
    },
  ) {
    super(message);
    this.steps = state.steps;
    this.unit = state.unit;
    this.conflicts = state.conflicts ?? 0;
    this.tried = state.tried ?? [];
  }
}
