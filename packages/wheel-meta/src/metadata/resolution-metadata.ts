import { decodeUtf8 } from '../bytes/text.ts';
import { readHeaderFields, scanHeaders } from './headers.ts';
import { splitHeaders } from './split-headers.ts';

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
    const fields = emptyFields();
    for (const [name, values] of readHeaderFields(input).values)
      for (const value of values) take(fields, name, value);
    return fields;
  }
  const fields = emptyFields();
  const end = scanHeaders(text, (start, colon, valueStart, valueEnd) => {
    if (isLengthOfInterest(colon - start))
      take(fields, text.slice(start, colon), text.slice(valueStart, valueEnd));
  });
  if (end !== null) return fields;
  const again = emptyFields();
  for (const { name, value } of splitHeaders(text).headers) take(again, name, value);
  return again;
}

/** The bytes up to the first empty line, past which no header can be. */
function headerBlock(bytes: Uint8Array): Uint8Array {
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) {
    const next = bytes[at + 1];
    if (next === lineFeed || next === carriageReturn) return bytes.subarray(0, at + 1);
  }
  return bytes;
}

/** The fields while they are being read. */
type Fields = { -readonly [Field in keyof ResolutionMetadata]: ResolutionMetadata[Field] } & {
  readonly requiresDist: string[];
  readonly providesExtra: string[];
  readonly dynamic: string[];
};

function emptyFields(): Fields {
  return {
    metadataVersion: null,
    name: null,
    version: null,
    requiresDist: [],
    requiresPython: null,
    providesExtra: [],
    dynamic: [],
  };
}

/** Few header names have these lengths: most are told apart without making a string. */
function isLengthOfInterest(length: number): boolean {
  return length === 4 || length === 7 || (length >= 13 && length <= 16);
}

function take(fields: Fields, name: string, value: string): void {
  switch (name.toLowerCase()) {
    case 'metadata-version':
      fields.metadataVersion ??= value;
      break;
    case 'name':
      fields.name ??= value;
      break;
    case 'version':
      fields.version ??= value;
      break;
    case 'requires-python':
      fields.requiresPython ??= value;
      break;
    case 'requires-dist':
      fields.requiresDist.push(value);
      break;
    case 'provides-extra':
      fields.providesExtra.push(value);
      break;
    case 'dynamic':
      fields.dynamic.push(value);
      break;
  }
}
