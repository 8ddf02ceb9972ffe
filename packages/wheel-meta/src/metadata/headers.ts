import { decodeLatin1, decodeUtf8 } from '../bytes/text.ts';
import { splitHeaders } from './split-headers.ts';

/** An e-mail style document: the values of each header, by its name in lower case, and the body. */
export interface HeaderDocument {
  readonly values: Map<string, string[]>;
  readonly body: string;
}

/** Headers read from text or bytes. */
export interface HeaderFields extends HeaderDocument {
  /** Names of which a value is not UTF-8: their values stand as Latin-1. */
  readonly undecodable: ReadonlySet<string>;
  /** False: the body is not UTF-8 and stands as Latin-1. */
  readonly bodyDecodable: boolean;
}

const lineFeed = 10;
const carriageReturn = 13;
const none: ReadonlySet<string> = new Set();

/** Reads headers of text, or of bytes in UTF-8; a value in another encoding is kept as Latin-1 and named. */
export function readHeaderFields(input: string | Uint8Array): HeaderFields {
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  if (text !== null) return { ...parseHeaders(text), undecodable: none, bodyDecodable: true };
  const { values, body } = parseHeaders(decodeLatin1(input as Uint8Array));
  const undecodable = new Set<string>();
  for (const [name, list] of values) {
    for (const [index, value] of list.entries()) {
      const utf8 = decodeUtf8OfLatin1(value);
      if (utf8 === null) undecodable.add(name);
      else list[index] = utf8;
    }
  }
  const utf8Body = decodeUtf8OfLatin1(body);
  return { values, undecodable, body: utf8Body ?? body, bodyDecodable: utf8Body !== null };
}

function decodeUtf8OfLatin1(latin1: string): string | null {
  return decodeUtf8(Uint8Array.from(latin1, (character) => character.charCodeAt(0)));
}

/**
 * Splits text into headers and body as Python's `email.parser` does under its `compat32` policy, which
 * is how METADATA, PKG-INFO and WHEEL are read by every installer.
 *
 * A line ends at CR, LF or both. The first line that is neither a header nor a continuation ends the
 * headers and, unless empty, belongs to the body. A line beginning with a space or tab continues the
 * header before it.
 */
export function parseHeaders(text: string): HeaderDocument {
  const values = new Map<string, string[]>();
  const listOf = (name: string): string[] => {
    let list = values.get(name);
    if (list === undefined) {
      list = [];
      values.set(name, list);
    }
    return list;
  };
  // Most headers have the name of the one before them: classifiers, requirements.
  let lastName = '';
  let lastList: string[] = [];
  const bodyStart = scanHeaders(text, (start, colon, valueStart, valueEnd) => {
    if (colon - start !== lastName.length || !text.startsWith(lastName, start)) {
      const { written, lower } = spellingOf(text, start, colon);
      lastName = written;
      lastList = listOf(lower);
    }
    lastList.push(text.slice(valueStart, valueEnd));
  });
  if (bodyStart !== null) return { values, body: text.slice(bodyStart) };
  values.clear();
  const { headers, body } = splitHeaders(text);
  for (const { name, value } of headers) listOf(name.toLowerCase()).push(value);
  return { values, body };
}

/** Takes a header: where its name begins and ends, where its value begins and ends. */
export type HeaderVisitor = (
  nameStart: number,
  nameEnd: number,
  valueStart: number,
  valueEnd: number,
) => void;

/**
 * Goes through the headers of a text and returns where its body begins; null where it has something that
 * only `splitHeaders` treats right: a line ended by CR alone, or an envelope line. Then what was visited
 * does not count.
 */
export function scanHeaders(text: string, visit: HeaderVisitor): number | null {
  let position = 0;
  let carriage = text.indexOf('\r');
  let name = -1;
  let colon = -1;
  const flush = (end: number): void => {
    if (name === -1) return;
    let start = colon + 1;
    while (start < end && isBlank(text.charCodeAt(start))) start++;
    let last = end;
    while (last > start && isBreak(text.charCodeAt(last - 1))) last--;
    visit(name, colon, start, last);
    name = -1;
  };
  while (position < text.length) {
    const feed = text.indexOf('\n', position);
    const next = feed === -1 ? text.length : feed + 1;
    if (carriage !== -1 && carriage < position) carriage = text.indexOf('\r', position);
    if (carriage !== -1 && carriage < next && carriage !== feed - 1) return null;
    const first = text.charCodeAt(position);
    if (isBlank(first)) {
      position = next;
      continue;
    }
    flush(position);
    if (first === lineFeed || first === carriageReturn) return next;
    colon = headerColon(text, position);
    if (colon === -1) return text.startsWith('From ', position) ? null : position;
    // A line that begins with a colon is a header without a name, which nobody can ask for.
    name = colon === position ? -1 : position;
    position = next;
  }
  flush(text.length);
  return text.length;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function isBreak(code: number): boolean {
  return code === lineFeed || code === carriageReturn;
}

/** Where the name of a header at `start` ends, -1 where the line is no header: a name is printable ASCII. */
function headerColon(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 58) return at;
    if (code < 33 || code > 126) return -1;
  }
  return -1;
}

interface Spelling {
  readonly written: string;
  readonly lower: string;
}

/**
 * The usual spellings of names by their length: most headers are recognised by comparing in place, and no
 * string is made and hashed for each.
 */
const spellings: readonly (readonly Spelling[])[] = (() => {
  const written = (
    'Classifier Requires-Dist Provides-Extra Project-URL License-File Dynamic Platform Keywords Name Version ' +
    'Metadata-Version Summary Description Description-Content-Type Requires-Python Home-page Download-URL ' +
    'Author Author-email Maintainer Maintainer-email License License-Expression'
  ).split(' ');
  const longest = Math.max(...written.map((name) => name.length));
  return Array.from({ length: longest + 1 }, (_, length) =>
    written
      .filter((name) => name.length === length)
      .map((name) => ({ written: name, lower: name.toLowerCase() })),
  );
})();

/** The name between `start` and `end`, as written and in lower case. */
function spellingOf(text: string, start: number, end: number): Spelling {
  for (const spelling of spellings[end - start] ?? []) {
    if (text.startsWith(spelling.written, start)) return spelling;
  }
  const written = text.slice(start, end);
  return { written, lower: written.toLowerCase() };
}
