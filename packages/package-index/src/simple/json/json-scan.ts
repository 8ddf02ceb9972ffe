/** A character that breaks the grammar of JSON (RFC 8259), and where. */
export class JsonScanError extends Error {
  readonly offset: number;

  constructor(expected: string, offset: number) {
    super(`not JSON: expected ${expected} at character ${offset}`);
    this.name = 'JsonScanError';
    this.offset = offset;
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Deeper nesting than any index serves; a bound on recursion. */
const MAX_DEPTH = 64;

/** Text to scan, and what is known of all of it. */
export interface JsonText {
  readonly text: string;
  /** No backslash and no control character anywhere: a string ends at the next quote. Looked for when first asked. */
  readonly plain: boolean;
}

export function jsonText(text: string): JsonText {
  let plain: boolean | null = null;
  return {
    text,
    get plain() {
      plain ??= !text.includes('\\') && !CONTROL.test(text);
      return plain;
    },
  };
}

/** A character below the space. */
const CONTROL = /[^ -\uffff]/;

/** The offset of the first character at or after `at` that is not white space. */
export function skipSpace(json: JsonText, at: number): number {
  let i = at;
  for (;;) {
    const code = json.text.charCodeAt(i);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return i;
    i++;
  }
}

/** Strings up to this length are walked; for longer ones the search for the quote is faster. */
const SHORT = 12;

/** The offset after the string whose opening quote is at `at`. */
export function skipString(json: JsonText, at: number): number {
  const { text } = json;
  if (text.charCodeAt(at) !== QUOTE) throw new JsonScanError('a string', at);
  let i = at + 1;
  const short = i + SHORT;
  while (i < short || !json.plain) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i + 1;
    if (!(code >= 0x20)) throw new JsonScanError('the end of a string', i);
    i = code === BACKSLASH ? skipEscape(json, i) : i + 1;
  }
  const quote = text.indexOf('"', i);
  if (quote < 0) throw new JsonScanError('the end of a string', text.length);
  return quote + 1;
}

function skipEscape(json: JsonText, at: number): number {
  switch (json.text.charCodeAt(at + 1)) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return at + 2;
    case 0x75:
      for (let i = at + 2; i < at + 6; i++) {
        if (!isHexDigit(json.text.charCodeAt(i))) throw new JsonScanError('four hex digits', i);
      }
      return at + 6;
    default:
      throw new JsonScanError('an escape', at + 1);
  }
}

function isHexDigit(code: number): boolean {
  return (code >= ZERO && code <= NINE) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function skipDigits(json: JsonText, at: number): number {
  if (!isDigit(json.text.charCodeAt(at))) throw new JsonScanError('a digit', at);
  let i = at + 1;
  while (isDigit(json.text.charCodeAt(i))) i++;
  return i;
}

function skipNumber(json: JsonText, at: number): number {
  let i = json.text.charCodeAt(at) === MINUS ? at + 1 : at;
  i = json.text.charCodeAt(i) === ZERO ? i + 1 : skipDigits(json, i);
  if (json.text.charCodeAt(i) === DOT) i = skipDigits(json, i + 1);
  if (json.text.charCodeAt(i) === 0x65 || json.text.charCodeAt(i) === 0x45) {
    const sign = json.text.charCodeAt(i + 1);
    i = skipDigits(json, sign === MINUS || sign === 0x2b ? i + 2 : i + 1);
  }
  return i;
}

function skipWord(json: JsonText, at: number, word: string): number {
  for (let i = 0; i < word.length; i++) {
    if (json.text.charCodeAt(at + i) !== word.charCodeAt(i)) throw new JsonScanError(word, at);
  }
  return at + word.length;
}

/** The offset after the value that starts at `at` (no leading white space). */
export function skipValue(json: JsonText, at: number, depth = 0): number {
  switch (json.text.charCodeAt(at)) {
    case QUOTE:
      return skipString(json, at);
    case OPEN_BRACE:
      return scanObject(json, at, noMember, depth);
    case OPEN_BRACKET:
      return scanArray(json, at, noElement, depth);
    case 0x74:
      return skipWord(json, at, 'true');
    case 0x66:
      return skipWord(json, at, 'false');
    case 0x6e:
      return skipWord(json, at, 'null');
    default:
      return skipNumber(json, at);
  }
}

/** What to do with a member: told where key (quotes included) and value start; gives the value's end, or -1 to skip it. */
export type MemberVisitor = (keyStart: number, keyEnd: number, valueStart: number) => number;

const noMember: MemberVisitor = () => -1;

/** Walks the object at `at` and gives the offset after it. */
export function scanObject(json: JsonText, at: number, visit: MemberVisitor, depth = 0): number {
  if (depth > MAX_DEPTH) throw new JsonScanError('less nesting', at);
  if (json.text.charCodeAt(at) !== OPEN_BRACE) throw new JsonScanError('an object', at);
  let i = skipSpace(json, at + 1);
  if (json.text.charCodeAt(i) === CLOSE_BRACE) return i + 1;
  for (;;) {
    const keyStart = i;
    const keyEnd = skipString(json, keyStart);
    i = skipSpace(json, keyEnd);
    if (json.text.charCodeAt(i) !== COLON) throw new JsonScanError('a colon', i);
    i = skipSpace(json, i + 1);
    const end = visit(keyStart, keyEnd, i);
    i = skipSpace(json, end < 0 ? skipValue(json, i, depth + 1) : end);
    if (json.text.charCodeAt(i) === CLOSE_BRACE) return i + 1;
    if (json.text.charCodeAt(i) !== COMMA) throw new JsonScanError('a comma or a closing brace', i);
    i = skipSpace(json, i + 1);
  }
}

/** What to do with an element: told where it starts; gives its end, or -1 to skip it. */
export type ElementVisitor = (start: number) => number;

const noElement: ElementVisitor = () => -1;

/** Walks the array at `at` and gives the offset after it. */
export function scanArray(json: JsonText, at: number, visit: ElementVisitor, depth = 0): number {
  if (depth > MAX_DEPTH) throw new JsonScanError('less nesting', at);
  if (json.text.charCodeAt(at) !== OPEN_BRACKET) throw new JsonScanError('an array', at);
  let i = skipSpace(json, at + 1);
  if (json.text.charCodeAt(i) === CLOSE_BRACKET) return i + 1;
  for (;;) {
    const end = visit(i);
    i = skipSpace(json, end < 0 ? skipValue(json, i, depth + 1) : end);
    if (json.text.charCodeAt(i) === CLOSE_BRACKET) return i + 1;
    if (json.text.charCodeAt(i) !== COMMA) throw new JsonScanError('a comma or a closing bracket', i);
    i = skipSpace(json, i + 1);
  }
}
