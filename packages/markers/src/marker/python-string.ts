import { Fault } from '../text/syntax-error.ts';

/** Characters after a backslash and, at the same places, what they stand for. */
const LETTERS = '\\\'"abfnrtv';
const MEANINGS = '\\\'"\x07\b\f\n\r\t\v';

/** An escape: a code in base 16 or 8, or any character; or what no string may hold. */
const ESCAPES =
  /\\(?:[xuU]((?<=x)[\da-fA-F]{2}|(?<=u)[\da-fA-F]{4}|(?<=U)[\da-fA-F]{8})|([0-7]{1,3})|([\s\S]?))|[\n\r\0\ud800-\udfff]/gu;

/**
 * The value of a Python string literal whose quotes stand at `start` and `end - 1`
 * (The Python Language Reference, "String and Bytes literals"). `\N{…}` is refused.
 */
export function readPythonString(text: string, start: number, end: number): string {
  const body = text.slice(start + 1, end - 1);
  if (!/[\\\n\r\0\ud800-\udfff]/.test(body)) return body;
  return body.replace(ESCAPES, (whole, hex?: string, octal?: string, char?: string) => {
    const point = Number.parseInt(hex ?? octal ?? '', hex === undefined ? 8 : 16);
    if (point <= 0x10ffff) return String.fromCodePoint(point);
    if (char === '\n') return '';
    const meaning = char && MEANINGS[LETTERS.indexOf(char)];
    if (meaning) return meaning;
    // Any other escape is a backslash and what follows it.
    if (char && !/[NxuU\r\0\ud800-\udfff]/u.test(char)) return whole;
    throw new Fault(`A quoted text cannot hold ${JSON.stringify(whole)}`, start, end);
  });
}
