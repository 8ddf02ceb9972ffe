import { Fault } from '../text/syntax-error.ts';

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * The value of a Python string literal whose quotes stand at `start` and `end - 1`
 * (The Python Language Reference, "String and Bytes literals"). `\N{…}` is refused.
 */
export function readPythonString(text: string, start: number, end: number): string {
  const body = text.slice(start + 1, end - 1);
  if (!/[\\\n\r\0\ud800-\udfff]/.test(body)) return body;
  let value = '';
  for (let at = 0; at < body.length; at++) {
    const char = body.charAt(at);
    const code = body.codePointAt(at) ?? 0;
    if (char === '\n' || char === '\r' || char === '\0')
      throw fault(start, end, 'cannot hold a line break or null');
    if (code >= 0xd800 && code <= 0xdfff) throw fault(start, end, 'holds half a surrogate pair');
    if (code > 0xffff) {
      value += body.slice(at, ++at + 1);
      continue;
    }
    if (char !== '\\') {
      value += char;
      continue;
    }
    at++;
    const letter = body.charAt(at);
    const simple = SIMPLE_ESCAPES[letter];
    const hex = HEX_LENGTH[letter];
    if (letter === '' || letter === 'N') throw fault(start, end, 'has an escape that is not understood');
    if (simple !== undefined) value += simple;
    else if (hex !== undefined) {
      const digits = body.slice(at + 1, at + 1 + hex);
      const point = Number.parseInt(digits, 16);
      if (!/^[\da-fA-F]+$/.test(digits) || digits.length !== hex || point > 0x10ffff) {
        throw fault(start, end, `has an incomplete \\${letter} escape`);
      }
      value += String.fromCodePoint(point);
      at += hex;
    } else {
      const octal = /^[0-7]{1,3}/.exec(body.slice(at, at + 3))?.[0];
      // Any other escape is a backslash and what follows it.
      value += octal === undefined ? '\\' : String.fromCodePoint(Number.parseInt(octal, 8));
      at += (octal?.length ?? 0) - 1;
    }
  }
  return value;
}

function fault(start: number, end: number, what: string): Fault {
  return new Fault(`The quoted text ${what}`, start, end);
}
