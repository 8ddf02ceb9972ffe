import { formatMarker } from '../marker/format-marker.ts';
import type { Marker } from '../marker/marker.ts';
import { scanMarker } from '../marker/parse-marker.ts';
import { operatorLength, type Specifier } from '../specifier/specifier.ts';
import { formatSpecifierSet, type SpecifierSet, scanSpecifiers } from '../specifier/specifier-set.ts';
import { Fault, InvalidRequirementError, type Span } from '../text/syntax-error.ts';
import { isPythonSpace, skipSpace } from '../text/whitespace.ts';

/** A dependency specifier (PEP 508). */
export type Requirement = {
  /** As written. */
  readonly name: string;
  /** As written, in order. */
  readonly extras: readonly string[];
  readonly specifier: SpecifierSet;
  readonly url: string | null;
  readonly marker: Marker | null;
  /** The whole as written. */
  readonly text: string;
  /** Where each part stands in `text`; null for a part that is not there. */
  readonly spans: RequirementSpans;
};

/** Places of the parts of a requirement in its text. */
export type RequirementSpans = {
  readonly name: Span;
  /** With the brackets. */
  readonly extras: Span | null;
  readonly specifier: Span | null;
  readonly url: Span | null;
  readonly marker: Span | null;
};

/**
 * The requirement that `text` spells, to the letter of PEP 508.
 *
 * @throws InvalidRequirementError
 */
export function parseRequirement(text: string): Requirement {
  try {
    return scanRequirement(text);
  } catch (error) {
    if (error instanceof Fault)
      throw new InvalidRequirementError(error.message, text, [error.start, error.end]);
    throw error;
  }
}

/** The requirement that `text` spells. Throws a Fault. */
export function scanRequirement(text: string): Requirement {
  const nameStart = skipBlanks(text, 0);
  const nameEnd = identifierEnd(text, nameStart);
  if (nameEnd === nameStart) throw new Fault('Expected a package name', nameStart, nameStart + 1);
  const name = text.slice(nameStart, nameEnd);
  let at = skipBlanks(text, nameEnd);

  const extras: string[] = [];
  let extrasSpan: Span | null = null;
  if (text.charCodeAt(at) === 91 /* [ */) {
    const close = scanExtras(text, at, extras);
    extrasSpan = [at, close];
    at = skipBlanks(text, close);
  }

  const specifiers: Specifier[] = [];
  const start = at;
  let url: Span | null = null;
  if (text.charCodeAt(at) === 64 /* @ */) {
    at = skipBlanks(text, at + 1);
    url = [at, urlEnd(text, at)];
    if (url[1] === at) throw new Fault('Expected a URL after @', at, at + 1);
    at = skipBlanks(text, url[1]);
  } else {
    at = scanVersions(text, at, specifiers);
  }
  const specifierEnd = trimBlanks(text, start, at);

  let marker: Marker | null = null;
  if (at < text.length) {
    if (text.charCodeAt(at) !== 59 /* ; */) throw new Fault(expectedAfter(url, specifiers), at, at + 1);
    marker = scanMarker(text, at + 1);
  }
  const hasSpecifier = url === null && specifierEnd > start;
  return {
    name,
    extras,
    specifier: { specifiers, text: hasSpecifier ? text.slice(start, specifierEnd) : '' },
    url: url && text.slice(url[0], url[1]),
    marker,
    text,
    spans: {
      name: [nameStart, nameEnd],
      extras: extrasSpan,
      specifier: hasSpecifier ? [start, specifierEnd] : null,
      url,
      marker: marker && [at + 1, text.length],
    },
  };
}

function expectedAfter(url: Span | null, specifiers: readonly Specifier[]): string {
  if (url !== null) return "Expected ';' or the end after the URL and a space";
  if (specifiers.length > 0)
    return "Expected ',' between version specifiers, ';' before a marker, or the end";
  return "Expected a version specifier such as >=1.0, '[' with extras, '@' with a URL, ';' with a marker, or the end";
}

/** Reads `[a, b]` from its bracket on into `extras`; the index after it. */
function scanExtras(text: string, open: number, extras: string[]): number {
  let at = skipBlanks(text, open + 1);
  for (let end = identifierEnd(text, at); end > at; end = identifierEnd(text, at)) {
    extras.push(text.slice(at, end));
    at = skipBlanks(text, end);
    if (text.charCodeAt(at) !== 44 /* , */) break;
    at = skipBlanks(text, at + 1);
    if (identifierEnd(text, at) === at)
      throw new Fault('Expected the name of an extra after the comma', at, at + 1);
  }
  if (text.charCodeAt(at) === 93 /* ] */) return at + 1;
  if (identifierEnd(text, at) > at)
    throw new Fault('Expected a comma between the names of extras', at, at + 1);
  throw new Fault("Expected ']' to match this '['", open, open + 1);
}

/** Reads version clauses, in parentheses or not, into `specifiers`; the index after them and blanks. */
function scanVersions(text: string, start: number, specifiers: Specifier[]): number {
  const open = text.charCodeAt(start) === 40 /* ( */;
  let at = open ? skipBlanks(text, start + 1) : start;
  for (;;) {
    const length = operatorLength(text, at, text.length);
    if (length === 0) break;
    const end = clauseEnd(text, skipSpace(text, at + length, text.length), length === 3);
    for (const specifier of scanSpecifiers(text, at, end)) specifiers.push(specifier);
    at = skipBlanks(text, end);
    if (text.charCodeAt(at) !== 44 /* , */) break;
    at = skipBlanks(text, at + 1);
  }
  if (!open) return at;
  if (text.charCodeAt(at) === 41 /* ) */) return skipBlanks(text, at + 1);
  throw new Fault("Expected ')' to match this '('", start, start + 1);
}

/** Where the version of a clause ends. The text after `===` holds commas; what follows one is a clause. */
function clauseEnd(text: string, from: number, arbitrary: boolean): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 59 || code === 41 || (code === 44 && !arbitrary) || isPythonSpace(code)) break;
  }
  return at;
}

function urlEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== 32 && text.charCodeAt(at) !== 9) at++;
  return at;
}

/** End of the name at `from`; `from` itself where there is none. */
function identifierEnd(text: string, from: number): number {
  let at = from;
  let end = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const letter = code | 32;
    if ((letter >= 97 && letter <= 122) || (code >= 48 && code <= 57)) end = at + 1;
    else if (code === 95 && at > from) end = at + 1;
    else if ((code !== 45 && code !== 46) || at === from) break;
  }
  return end;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  return at;
}

function trimBlanks(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text.charCodeAt(at - 1) === 32 || text.charCodeAt(at - 1) === 9)) at--;
  return at;
}

/** The requirement in the form that `packaging` prints; parsing it gives an equal requirement. */
export function formatRequirement(requirement: Requirement): string {
  const { name, extras, specifier, url, marker } = requirement;
  let text = name;
  if (extras.length > 0) text += `[${[...new Set(extras)].sort().join(',')}]`;
  text += formatSpecifierSet(specifier);
  if (url !== null) text += ` @ ${url}${marker === null ? '' : ' '}`;
  return marker === null ? text : `${text}; ${formatMarker(marker)}`;
}
