/** A byte that breaks the grammar of JSON (RFC 8259), and where. */
export class JsonScanError extends Error {
  readonly offset: number;

  constructor(expected: string, offset: number) {
    super(`not JSON: expected ${expected} at byte ${offset}`);
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

/** The offset of the first byte at or after `at` that is not white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at;
  for (;;) {
    const byte = bytes[i];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return i;
    i++;
  }
}

/** The offset after the string whose opening quote is at `at`. */
export function skipString(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) throw new JsonScanError('a string', at);
  let i = at + 1;
  for (;;) {
    const byte = bytes[i];
    if (byte === undefined || byte < 0x20) throw new JsonScanError('the end of a string', i);
    if (byte === QUOTE) return i + 1;
    i = byte === BACKSLASH ? skipEscape(bytes, i) : i + 1;
  }
}

function skipEscape(bytes: Uint8Array, at: number): number {
  switch (bytes[at + 1]) {
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
        if (!isHexDigit(bytes[i])) throw new JsonScanError('four hex digits', i);
      }
      return at + 6;
    default:
      throw new JsonScanError('an escape', at + 1);
  }
}

function isHexDigit(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= ZERO && byte <= NINE) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function skipDigits(bytes: Uint8Array, at: number): number {
  if (!isDigit(bytes[at])) throw new JsonScanError('a digit', at);
  let i = at + 1;
  while (isDigit(bytes[i])) i++;
  return i;
}

function skipNumber(bytes: Uint8Array, at: number): number {
  let i = bytes[at] === MINUS ? at + 1 : at;
  i = bytes[i] === ZERO ? i + 1 : skipDigits(bytes, i);
  if (bytes[i] === DOT) i = skipDigits(bytes, i + 1);
  if (bytes[i] === 0x65 || bytes[i] === 0x45) {
    const sign = bytes[i + 1];
    i = skipDigits(bytes, sign === MINUS || sign === 0x2b ? i + 2 : i + 1);
  }
  return i;
}

function skipWord(bytes: Uint8Array, at: number, word: string): number {
  for (let i = 0; i < word.length; i++) {
    if (bytes[at + i] !== word.charCodeAt(i)) throw new JsonScanError(word, at);
  }
  return at + word.length;
}

/** The offset after the value that starts at `at` (no leading white space). */
export function skipValue(bytes: Uint8Array, at: number, depth = 0): number {
  switch (bytes[at]) {
    case QUOTE:
      return skipString(bytes, at);
    case OPEN_BRACE:
      return scanObject(bytes, at, noMember, depth);
    case OPEN_BRACKET:
      return scanArray(bytes, at, noElement, depth);
    case 0x74:
      return skipWord(bytes, at, 'true');
    case 0x66:
      return skipWord(bytes, at, 'false');
    case 0x6e:
      return skipWord(bytes, at, 'null');
    default:
      return skipNumber(bytes, at);
  }
}

/** What to do with a member: told where key (quotes included) and value start; gives the value's end, or -1 to skip it. */
export type MemberVisitor = (keyStart: number, keyEnd: number, valueStart: number) => number;

const noMember: MemberVisitor = () => -1;

/** Walks the object at `at` and gives the offset after it. */
export function scanObject(bytes: Uint8Array, at: number, visit: MemberVisitor, depth = 0): number {
  if (depth > MAX_DEPTH) throw new JsonScanError('less nesting', at);
  if (bytes[at] !== OPEN_BRACE) throw new JsonScanError('an object', at);
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === CLOSE_BRACE) return i + 1;
  for (;;) {
    const keyStart = i;
    const keyEnd = skipString(bytes, keyStart);
    i = skipSpace(bytes, keyEnd);
    if (bytes[i] !== COLON) throw new JsonScanError('a colon', i);
    i = skipSpace(bytes, i + 1);
    const end = visit(keyStart, keyEnd, i);
    i = skipSpace(bytes, end < 0 ? skipValue(bytes, i, depth + 1) : end);
    if (bytes[i] === CLOSE_BRACE) return i + 1;
    if (bytes[i] !== COMMA) throw new JsonScanError('a comma or a closing brace', i);
    i = skipSpace(bytes, i + 1);
  }
}

/** What to do with an element: told where it starts; gives its end, or -1 to skip it. */
export type ElementVisitor = (start: number) => number;

const noElement: ElementVisitor = () => -1;

/** Walks the array at `at` and gives the offset after it. */
export function scanArray(bytes: Uint8Array, at: number, visit: ElementVisitor, depth = 0): number {
  if (depth > MAX_DEPTH) throw new JsonScanError('less nesting', at);
  if (bytes[at] !== OPEN_BRACKET) throw new JsonScanError('an array', at);
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === CLOSE_BRACKET) return i + 1;
  for (;;) {
    const end = visit(i);
    i = skipSpace(bytes, end < 0 ? skipValue(bytes, i, depth + 1) : end);
    if (bytes[i] === CLOSE_BRACKET) return i + 1;
    if (bytes[i] !== COMMA) throw new JsonScanError('a comma or a closing bracket', i);
    i = skipSpace(bytes, i + 1);
  }
}
