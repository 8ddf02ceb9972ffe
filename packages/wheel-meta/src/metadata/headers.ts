import { decodeLatin1, decodeUtf8 } from '../bytes/text.ts';

/** One header: its name as written, its value with inner line breaks kept. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** An e-mail style document: headers, then a body. */
export interface HeaderDocument {
  readonly headers: readonly Header[];
  readonly body: string;
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
  const lines: string[] = [];
  let position = 0;
  while (position < text.length) {
    const end = lineEnd(text, position);
    const line = text.slice(position, end);
    if (!isHeaderLine(line)) {
      if (isBlank(line)) position = end;
      break;
    }
    lines.push(line);
    position = end;
  }
  const { headers, returned } = joinLines(lines);
  return { headers, body: returned + text.slice(position) };
}

/** The index after the line break that ends the line at `start`, or the end of the text. */
function lineEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) return at + 1;
    if (code === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  }
  return text.length;
}

function isHeaderLine(line: string): boolean {
  return /^(?:From |[!-9;-~]*:|[\t ])/.test(line);
}

function isBlank(line: string): boolean {
  return line === '\n' || line === '\r\n' || line === '\r';
}

/**
 * Joins continuations to their header. An envelope line (`From …`, of mailboxes) is no header; where
 * it is the last of several lines it is given back as the first one of the body.
 */
function joinLines(lines: readonly string[]): {
  readonly headers: readonly Header[];
  readonly returned: string;
} {
  const headers: Header[] = [];
  let name = '';
  let value = '';
  const flush = (): void => {
    if (name !== '') headers.push({ name, value: value.replace(/[\r\n]+$/, '') });
    name = '';
  };
  for (const [index, line] of lines.entries()) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (name !== '') value += line;
      continue;
    }
    flush();
    if (line.startsWith('From ')) {
      if (index > 0 && index === lines.length - 1) return { headers, returned: line };
      continue;
    }
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    name = line.slice(0, colon);
    value = line.slice(colon + 1).replace(/^[ \t]+/, '');
  }
  flush();
  return { headers, returned: '' };
}

/** The values of each header, by its name in lower case, and those that could not be decoded. */
export interface HeaderFields {
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Names of which a value is not UTF-8: their values stand as Latin-1. */
  readonly undecodable: ReadonlySet<string>;
  readonly body: string;
  /** False: the body is not UTF-8 and stands as Latin-1. */
  readonly bodyDecodable: boolean;
}

/** Reads headers of text, or of bytes in UTF-8; a value in another encoding is kept as Latin-1 and named. */
export function readHeaderFields(input: string | Uint8Array): HeaderFields {
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  if (text !== null) {
    const { headers, body } = parseHeaders(text);
    return { values: groupByName(headers), undecodable: new Set(), body, bodyDecodable: true };
  }
  const { headers, body } = parseHeaders(decodeLatin1(input as Uint8Array));
  const undecodable = new Set<string>();
  const decoded = headers.map(({ name, value }) => {
    const utf8 = decodeUtf8OfLatin1(value);
    if (utf8 === null) undecodable.add(name.toLowerCase());
    return { name, value: utf8 ?? value };
  });
  const utf8Body = decodeUtf8OfLatin1(body);
  return {
    values: groupByName(decoded),
    undecodable,
    body: utf8Body ?? body,
    bodyDecodable: utf8Body !== null,
  };
}

function groupByName(headers: readonly Header[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    const list = values.get(key);
    if (list === undefined) values.set(key, [value]);
    else list.push(value);
  }
  return values;
}

function decodeUtf8OfLatin1(latin1: string): string | null {
  return decodeUtf8(Uint8Array.from(latin1, (character) => character.charCodeAt(0)));
}
