import { formatMarker } from '../marker/format-marker.ts';
import type { Marker } from '../marker/marker.ts';
import { scanMarker } from '../marker/parse-marker.ts';
import { endsClause, operatorAt, type Specifier } from '../specifier/specifier.ts';
import { formatSpecifierSet, type SpecifierSet, scanSpecifiers } from '../specifier/specifier-set.ts';
import { accept, close, passTo, type Scanner, take } from '../text/scanner.ts';
import { expected, InvalidRequirementError, reading, type Span } from '../text/syntax-error.ts';
import { skipSpace, trimEnd } from '../text/whitespace.ts';

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
  return reading(text, scanRequirement, InvalidRequirementError);
}

/** The requirement that `text` spells. Throws a Fault. */
export function scanRequirement(text: string): Requirement {
  const scanner: Scanner = { text, at: 0 };
  passTo(scanner, 0);
  const { at } = scanner;
  const name = take(scanner, IDENTIFIER) || expected('a package name', at);

  const open = scanner.at;
  const extras = takeExtras(scanner);

  const start = scanner.at;
  const url = takeUrl(scanner);
  const specifiers = url ? [] : takeVersions(scanner);
  const end = url ? start : trimEnd(text, start, scanner.at);

  let marker: Span | null = null;
  if (scanner.at < text.length) {
    if (text[scanner.at] !== ';') expected(expectedAfter(url, specifiers), scanner.at);
    marker = [scanner.at + 1, text.length];
  }
  return {
    name,
    extras,
    specifier: { specifiers, text: text.slice(start, end) },
    url: url && text.slice(url[0], url[1]),
    marker: marker && scanMarker(text, marker[0]),
    text,
    spans: {
      name: [at, at + name.length],
      extras: start > open ? [open, trimEnd(text, open, start)] : null,
      specifier: end > start ? [start, end] : null,
      url,
      marker,
    },
  };
}

/** Names of packages and extras (Dependency specifiers, "Names"). */
const IDENTIFIER = /[a-z\d](?:[-\w.]*\w)?/iy;

function expectedAfter(url: Span | null, specifiers: readonly Specifier[]): string {
  let first = "a version specifier such as >=1.0, '[' with extras, '@' with a URL, ";
  if (specifiers.length > 0) first = "',' and a version specifier, ";
  return `${url ? '' : first}';' with a marker, or the end`;
}

/** The names in `[a, b]`; none where no bracket stands next. */
function takeExtras(scanner: Scanner): readonly string[] {
  const extras: string[] = [];
  if (!accept(scanner, '[')) return extras;
  for (let name = take(scanner, IDENTIFIER); name; ) {
    extras.push(name);
    if (!accept(scanner, ',')) break;
    name = take(scanner, IDENTIFIER) || expected('an extra after the comma', scanner.at);
  }
  return accept(scanner, ']') ? extras : expected("',' or ']' in the list of extras", scanner.at);
}

/** The place of the URL after `@`; null where no `@` stands next. */
function takeUrl(scanner: Scanner): Span | null {
  if (!accept(scanner, '@')) return null;
  const { at } = scanner;
  const url = take(scanner, /[^ \t]+/y) || expected('a URL after @', at);
  return [at, at + url.length];
}

/** Version clauses, in parentheses or not, and blanks after them. */
function takeVersions(scanner: Scanner): readonly Specifier[] {
  const { text, at: open } = scanner;
  const { length } = text;
  const specifiers: Specifier[] = [];
  const isOpen = accept(scanner, '(');
  do {
    const operator = operatorAt(text, scanner.at);
    if (!operator) break;
    let clauseEnd = skipSpace(text, scanner.at + operator.length, length);
    while (clauseEnd < length && !endsClause(text.charCodeAt(clauseEnd), operator)) clauseEnd++;
    scanSpecifiers(text, scanner.at, clauseEnd, specifiers);
    passTo(scanner, clauseEnd);
  } while (accept(scanner, ','));
  if (isOpen) close(scanner, open);
  return specifiers;
}

/** The requirement in the form that `packaging` prints; parsing it gives an equal requirement. */
export function formatRequirement(requirement: Requirement): string {
  const { name, extras, specifier, url, marker } = requirement;
  let text = name;
  if (extras.length > 0) text += `[${[...new Set(extras)].sort().join(',')}]`;
  text += formatSpecifierSet(specifier);
  if (url) text += ` @ ${url}${marker ? ' ' : ''}`;
  return marker ? `${text}; ${formatMarker(marker)}` : text;
}
