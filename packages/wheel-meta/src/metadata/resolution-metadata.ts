import { decodeUtf8 } from '../bytes/text.ts';
import { type Header, parseHeaders, readHeaderFields } from './headers.ts';

/** The fields of core metadata that a resolution rests on, raw. */
export interface ResolutionMetadata {
  readonly metadataVersion: string | null;
  readonly name: string | null;
  readonly version: string | null;
  readonly requiresDist: readonly string[];
  readonly requiresPython: string | null;
  readonly providesExtra: readonly string[];
  readonly dynamic: readonly string[];
}

type ResolutionField = keyof ResolutionMetadata;

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Reads only what resolving needs, without looking at the description. Never throws.
 *
 * Equal to `parseMetadata` but for a field that may stand once and is repeated: here the first value
 * counts, as for the installers, where `parseMetadata` takes none.
 */
export function readResolutionMetadata(input: string | Uint8Array): ResolutionMetadata {
  const text = typeof input === 'string' ? input : decodeUtf8(headerBlock(input));
  if (text === null) {
    const { values } = readHeaderFields(input);
    return fromHeaders([...values].flatMap(([name, list]) => list.map((value) => ({ name, value }))));
  }
  const headers = scanHeaders(text);
  return fromHeaders(headers ?? parseHeaders(text).headers);
}

/** The bytes up to the first empty line, past which no header can be. */
function headerBlock(bytes: Uint8Array): Uint8Array {
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) {
    const next = bytes[at + 1];
    if (next === lineFeed || next === carriageReturn) return bytes.subarray(0, at + 1);
  }
  return bytes;
}

/**
 * The headers of interest, in order; null where the text has something that only the whole parser
 * treats right: a line ended by CR alone, or an envelope line.
 */
function scanHeaders(text: string): readonly Header[] | null {
  const headers: { readonly name: string; value: string }[] = [];
  let current: { readonly name: string; value: string } | null = null;
  let position = 0;
  let lone = text.indexOf('\r');
  while (position < text.length) {
    const feed = text.indexOf('\n', position);
    const next = feed === -1 ? text.length : feed + 1;
    const first = text.charCodeAt(position);
    if (first === lineFeed || (first === carriageReturn && position + 1 === feed)) break;
    if (lone !== -1 && lone < position) lone = text.indexOf('\r', position);
    if (lone !== -1 && lone < next && lone !== feed - 1) return null;
    if (first === 32 || first === 9) {
      if (current !== null) current.value += text.slice(position, next);
      position = next;
      continue;
    }
    const colon = headerColon(text, position);
    if (colon === -1) {
      if (text.startsWith('From ', position)) return null;
      break;
    }
    current = null;
    if (fieldAt(text, position, colon) !== null) {
      current = { name: text.slice(position, colon), value: afterBlanks(text, colon + 1, next) };
      headers.push(current);
    }
    position = next;
  }
  return headers.map(({ name, value }) => ({ name, value: withoutBreaks(value) }));
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

function afterBlanks(text: string, start: number, end: number): string {
  let at = start;
  while (at < end && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
  return text.slice(at, end);
}

function withoutBreaks(value: string): string {
  let end = value.length;
  while (end > 0 && (value.charCodeAt(end - 1) === lineFeed || value.charCodeAt(end - 1) === carriageReturn))
    end--;
  return value.slice(0, end);
}

/** The field that the header name between `start` and `end` is of, compared without regard to case. */
function fieldAt(text: string, start: number, end: number): ResolutionField | null {
  // Few header names have these lengths: most lines are told apart without making a string.
  switch (end - start) {
    case 4:
    case 7:
    case 13:
    case 14:
    case 15:
    case 16:
      return fieldOf(text.slice(start, end));
    default:
      return null;
  }
}

function fieldOf(name: string): ResolutionField | null {
  switch (name.toLowerCase()) {
    case 'metadata-version':
      return 'metadataVersion';
    case 'name':
      return 'name';
    case 'version':
      return 'version';
    case 'requires-dist':
      return 'requiresDist';
    case 'requires-python':
      return 'requiresPython';
    case 'provides-extra':
      return 'providesExtra';
    case 'dynamic':
      return 'dynamic';
    default:
      return null;
  }
}

function fromHeaders(headers: readonly Header[]): ResolutionMetadata {
  let metadataVersion: string | null = null;
  let name: string | null = null;
  let version: string | null = null;
  let requiresPython: string | null = null;
  const requiresDist: string[] = [];
  const providesExtra: string[] = [];
  const dynamic: string[] = [];
  for (const header of headers) {
    switch (fieldOf(header.name)) {
      case 'metadataVersion':
        metadataVersion ??= header.value;
        break;
      case 'name':
        name ??= header.value;
        break;
      case 'version':
        version ??= header.value;
        break;
      case 'requiresPython':
        requiresPython ??= header.value;
        break;
      case 'requiresDist':
        requiresDist.push(header.value);
        break;
      case 'providesExtra':
        providesExtra.push(header.value);
        break;
      case 'dynamic':
        dynamic.push(header.value);
        break;
      case null:
        break;
    }
  }
  return { metadataVersion, name, version, requiresDist, requiresPython, providesExtra, dynamic };
}
