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

/** The search took more steps than the caller allows. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
  readonly steps: number;

  constructor(message: string, steps: number) {
    super(message);
    this.steps = steps;
  }
}
