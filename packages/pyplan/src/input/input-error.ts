/** Where in the user's input something is wrong. */
export interface InputPlace {
  /** A file as the user named it, `standard input`, or `argument`. */
  readonly source: string;
  /** From 1. */
  readonly line?: number | null;
  /** From 1. */
  readonly column?: number | null;
}

/** What the user gave can't be used: a file, a requirement, an option's value. */
export class InputError extends Error {
  override readonly name: string = 'InputError';
  readonly place: InputPlace | null;
  /** What to do next; null where the message says it all. */
  readonly hint: string | null;

  constructor(message: string, details: { place?: InputPlace; hint?: string; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.place = details.place ?? null;
    this.hint = details.hint ?? null;
  }
}

/** The command was used wrongly: an unknown option, a missing value. */
export class UsageError extends InputError {
  override readonly name: string = 'UsageError';
}

/** `requirements.txt:3:7`, or null where the place says no more than that it was an argument. */
export function formatPlace(place: InputPlace): string | null {
  if (place.source === 'argument') return null;
  const line = place.line == null ? '' : `:${place.line}`;
  const column = place.line == null || place.column == null ? '' : `:${place.column}`;
  return `${place.source}${line}${column}`;
}
