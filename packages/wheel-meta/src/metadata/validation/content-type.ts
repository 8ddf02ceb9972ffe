/** A `Content-Type` as Python's `email` reads it. */
export interface ContentType {
  /** What stands before the parameters, in lower case. */
  readonly type: string;
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const blank = /^(?:[ \t]|\()/;
const tokenText = /^[^()<>@,:;\\"[\]/?= \t]+/;
const attributeText = /^[^()<>@,:;\\"[\]/?=*'% \t]+/;
const valueText = /^[^()<>@,:;\\"[\]/?=*' \t]+/;
const unprintable = /[\0-\x20\x7f]/;

/** A position in the text that is being read; null results of the readers below mean "not well-formed". */
interface Cursor {
  rest: string;
}

/**
 * Reads a content type and its parameters (RFC 2045, with comments and quoted strings).
 *
 * Null where `email.message.EmailMessage` finds a defect. Parameters in the form of RFC 2231
 * (`charset*=…`), which no metadata uses, count as one.
 */
export function parseContentType(value: string): ContentType | null {
  const cursor: Cursor = { rest: value };
  if (token(cursor, tokenText) === null || !take(cursor, '/') || token(cursor, tokenText) === null)
    return null;
  const type = value.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const parameters = new Map<string, string>();
  while (cursor.rest !== '') {
    if (!take(cursor, ';')) return null;
    const before = cursor.rest;
    if (!skipBlanks(cursor)) return null;
    if (cursor.rest === '') break;
    cursor.rest = before;
    const parameter = readParameter(cursor);
    // Spelt alike twice is a defect; of spellings that differ in case, the last counts.
    if (parameter === null || parameters.has(parameter.name)) return null;
    parameters.set(parameter.name, parameter.value);
  }
  return { type, parameters: new Map([...parameters].map(([name, text]) => [name.toLowerCase(), text])) };
}

function readParameter(cursor: Cursor): { readonly name: string; readonly value: string } | null {
  const name = token(cursor, attributeText);
  if (name === null || !take(cursor, '=')) return null;
  if (!skipBlanks(cursor)) return null;
  const value = cursor.rest.startsWith('"') ? quotedString(cursor) : token(cursor, valueText);
  return value === null ? null : { name, value };
}

/** Text that matches `pattern`, with white space and comments around it. */
function token(cursor: Cursor, pattern: RegExp): string | null {
  if (!skipBlanks(cursor)) return null;
  const text = pattern.exec(cursor.rest)?.[0];
  if (text === undefined || unprintable.test(text)) return null;
  cursor.rest = cursor.rest.slice(text.length);
  return skipBlanks(cursor) ? text : null;
}

function quotedString(cursor: Cursor): string | null {
  let text = '';
  for (let at = 1; at < cursor.rest.length; at++) {
    const character = cursor.rest.charAt(at);
    if (character === '"') {
      cursor.rest = cursor.rest.slice(at + 1);
      return skipBlanks(cursor) ? text : null;
    }
    if (character === '\\') at++;
    const literal = cursor.rest.charAt(at);
    if (literal !== ' ' && literal !== '\t' && unprintable.test(literal)) return null;
    text += literal;
  }
  return null;
}

/** Passes over white space and comments; false where a comment is not closed. */
function skipBlanks(cursor: Cursor): boolean {
  while (blank.test(cursor.rest)) {
    if (!cursor.rest.startsWith('(')) {
      cursor.rest = cursor.rest.replace(/^[ \t]+/, '');
      continue;
    }
    let depth = 0;
    let at = 0;
    do {
      if (at >= cursor.rest.length) return false;
      const character = cursor.rest.charAt(at);
      if (character === '(') depth++;
      else if (character === ')') depth--;
      else if (character === '\\') at++;
      at++;
    } while (depth > 0);
    cursor.rest = cursor.rest.slice(at);
  }
  return true;
}

function take(cursor: Cursor, character: string): boolean {
  if (!cursor.rest.startsWith(character)) return false;
  cursor.rest = cursor.rest.slice(1);
  return true;
}
