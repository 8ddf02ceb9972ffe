import TOML from '@iarna/toml';
import { LockFormatError } from '../errors.ts';
import type { TomlTable } from './toml-write.ts';

/** What the parser throws: places count from zero. */
interface ParserError extends Error {
  readonly line: number;
  readonly col: number;
  readonly pos: number;
}

/**
 * A TOML 1.0 document.
 *
 * @throws LockFormatError with line and column, where the parser tells them; where the text is TOML 1.1, the message says so.
 */
export function readToml(file: string, text: string): TomlTable {
  // The parser takes the CR of a CRLF after a comment for a control character.
  const source = (text.startsWith('\uFEFF') ? text.slice(1) : text).replaceAll('\r\n', '\n');
  try {
    return TOML.parse(source) as TomlTable;
  } catch (error) {
    // A date that no calendar has is thrown without its place.
    if (error instanceof TypeError) {
      throw new LockFormatError(file, null, 'not valid TOML: it has a date or time that does not exist');
    }
    if (!isParserError(error)) throw error;
    const place = `line ${error.line + 1}, column ${error.col + 1}`;
    const newer = newerFeature(error, source);
    throw new LockFormatError(file, place, newer ?? `not valid TOML: ${plainMessage(error)}`);
  }
}

/** Which addition of TOML 1.1 the parser tripped over, if one. */
function newerFeature(error: ParserError, source: string): string | null {
  const message = error.message;
  // The parser stands behind the character that it could not take.
  const at = source[error.pos - 1] ?? '';
  let feature: string | null = null;
  if (message.startsWith('Unterminated inline array') && /[\r\n#]/.test(at)) {
    feature = 'a line break inside an inline table';
  } else if (message.startsWith('Trailing commas in inline tables')) {
    feature = 'a trailing comma in an inline table';
  } else if (/^Unknown escape character: (101|120)\b/.test(message)) {
    feature = `the escape \\${at}`;
  } else if (/^Incomplete (date)?time/.test(message) && /\d\d:\d\d.?$/s.test(source.slice(0, error.pos))) {
    feature = 'a time without seconds';
  }
  return feature === null ? null : `${feature} is TOML 1.1; pyplan reads TOML 1.0. Write it the older way`;
}

function plainMessage(error: ParserError): string {
  const [first = ''] = error.message.split(/ at row \d+/);
  return first.replace(/(character:?) "?(\d+)"?/, (_, word, code) => {
    return `${word} ${JSON.stringify(String.fromCodePoint(Number(code)))}`;
  });
}

function isParserError(error: unknown): error is ParserError {
  return error instanceof Error && 'line' in error && 'col' in error && 'pos' in error;
}
