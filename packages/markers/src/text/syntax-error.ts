/** Half-open range of UTF-16 indices in the parsed text. */
export type Span = readonly [start: number, end: number];

const WINDOW = 100;

/** Draws the offending part of `text` under the text: `~~~^`. Long texts are cut around the place. */
export function drawCaret(text: string, [start, end]: Span): string {
  const from = Math.max(0, start - WINDOW);
  const to = end + WINDOW;
  const shown = text.slice(from, to).replace(/\s/g, ' ');
  const head = from > 0 ? '…' : '';
  const pointer = ' '.repeat(head.length + start - from) + '^'.repeat(Math.max(1, end - start));
  return `    ${head}${shown}${to < text.length ? '…' : ''}\n    ${pointer}`;
}

/** A text breaks the grammar. `message` says what was expected and draws a caret under the place. */
export class MarkersSyntaxError extends Error {
  override readonly name: string = 'MarkersSyntaxError';
  /** The whole text that was parsed. */
  declare readonly text: string;
  /** Where in it the fault lies. */
  declare readonly span: Span;
  /** The fault in a sentence, without the drawing. */
  declare readonly reason: string;

  constructor(reason: string, text: string, span: Span) {
    super(`${reason}\n${drawCaret(text, span)}`);
    this.text = text;
    this.span = span;
    this.reason = reason;
  }
}

/** Not a version (Version specifiers, "Public version identifiers"). */
export class InvalidVersionError extends MarkersSyntaxError {
  override readonly name = 'InvalidVersionError';
}

/** Not a version specifier or a comma-separated set of them. */
export class InvalidSpecifierError extends MarkersSyntaxError {
  override readonly name = 'InvalidSpecifierError';
}

/** Not a dependency specifier (PEP 508). */
export class InvalidRequirementError extends MarkersSyntaxError {
  override readonly name = 'InvalidRequirementError';
}

/** Not an environment marker (PEP 508). */
export class InvalidMarkerError extends MarkersSyntaxError {
  override readonly name = 'InvalidMarkerError';
}

/** What the scanners throw inside; `reading` turns it into one of the errors above. */
export class Fault extends Error {
  declare readonly span: Span;

  /** Without `end`, one character is at fault. */
  constructor(reason: string, start: number, end: number = start + 1) {
    super(reason);
    this.span = [start, end];
  }
}

/** Throws a Fault that says what was expected there; without `end`, one character is at fault. */
export function expected(what: string, start: number, end?: number): never {
  throw new Fault(`Expected ${what}`, start, end);
}

/** What the scanner makes of the text; its Faults become errors of the kind. */
export function reading<T>(
  text: string,
  scan: (text: string) => T,
  Kind: new (reason: string, text: string, span: Span) => MarkersSyntaxError,
): T {
  try {
    return scan(text);
  } catch (error) {
    if (error instanceof Fault) throw new Kind(error.message, text, error.span);
    throw error;
  }
}

/** What is read, or null where the text breaks the grammar. */
export function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault || error instanceof MarkersSyntaxError) return null;
    throw error;
  }
}
