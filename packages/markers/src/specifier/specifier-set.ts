import { cutsContain } from '../range/cut.ts';
import { specifierCuts } from '../range/specifier-cuts.ts';
import { attempt, InvalidSpecifierError, reading } from '../text/syntax-error.ts';
import { skipSpace, trimEnd } from '../text/whitespace.ts';
import { compareLists } from '../version/compare-versions.ts';
import { tryParseVersion } from '../version/parse-version.ts';
import { sortVersions } from '../version/sort-versions.ts';
import { isPrerelease, shortestText, type Version } from '../version/version.ts';
import { type Specifier, scanSpecifier } from './specifier.ts';

/** Clauses that must all hold. No clause: every version is admitted. */
export type SpecifierSet = {
  /** In the order written. */
  readonly specifiers: readonly Specifier[];
  /** As written. */
  readonly text: string;
};

/**
 * How pre-releases count. `true`: like final releases. `false`: never. `null` or absent: like final
 * releases if a clause names one, else only where no final release is admitted (Version specifiers, "Handling of pre-releases").
 */
export type PrereleaseOptions = { readonly prereleases?: boolean | null };

/**
 * The set that `text` spells: clauses between commas; empty ones are passed over.
 *
 * @throws InvalidSpecifierError
 */
export function parseSpecifierSet(text: string): SpecifierSet {
  return reading(text, scanSet, InvalidSpecifierError);
}

function scanSet(text: string): SpecifierSet {
  return { specifiers: scanSpecifiers(text, 0, text.length), text };
}

/** The set that `text` spells, or null where it spells none. */
export function tryParseSpecifierSet(text: string): SpecifierSet | null {
  return attempt(() => scanSet(text));
}

/** The clauses between commas from `start` to `end`, behind those in `specifiers`. Throws a Fault. */
export function scanSpecifiers(
  text: string,
  start: number,
  end: number,
  specifiers: Specifier[] = [],
): Specifier[] {
  for (let at = start; at <= end; ) {
    const comma = text.indexOf(',', at);
    const stop = comma < 0 || comma > end ? end : comma;
    const from = skipSpace(text, at, stop);
    if (from < stop) specifiers.push(scanSpecifier(text, from, trimEnd(text, from, stop)));
    at = stop + 1;
  }
  return specifiers;
}

/** The set in normal form: clauses sorted, each once. Parsing it gives an equal set. */
export function formatSpecifierSet(set: SpecifierSet): string {
  const sorted = set.specifiers.toSorted((a, b) => compareLists(codePoints(a.text), codePoints(b.text), -1));
  const equals = Map.groupBy(sorted, specifierIdentity).values();
  return Array.from(equals, ([first]) => first?.text).join(',');
}

/** A text that equal clauses share: `>=1.0` and `>=1` are equal, `~=1.0` and `~=1.0.0` are not. */
function specifierIdentity({ operator, version, wildcard, text }: Specifier): string {
  if (!version || wildcard) return text;
  return operator + (operator === '~=' ? version.text : shortestText(version));
}

/** Python sorts texts by their code points; UTF-16 order differs beyond the basic plane. */
function codePoints(text: string): readonly number[] {
  return Array.from(text, (char) => char.codePointAt(0) ?? 0);
}

/** Whether a clause names a pre-release, so that pre-releases count like final releases; else null. */
export function specifierSetPrereleases(set: SpecifierSet): true | null {
  return set.specifiers.some((specifier) => specifier.prereleases) || null;
}

/**
 * Whether the version satisfies every clause. Only `prereleases: false` shuts pre-releases out, since
 * a single version has no final release beside it. A text that is no version can satisfy `===` alone,
 * which compares texts: a version's normal form, or a text as it is.
 */
export function specifierSetContains(
  set: SpecifierSet,
  version: Version | string,
  options?: PrereleaseOptions,
): boolean {
  const parsed = typeof version === 'string' ? tryParseVersion(version) : version;
  if (options?.prereleases === false && parsed && isPrerelease(parsed)) return false;
  return admits(set, version, parsed);
}

/** Whether every clause admits the item, which is this version; null where its text is none. */
function admits(set: SpecifierSet, item: Version | string, version: Version | null): boolean {
  for (const specifier of set.specifiers) {
    if (!specifier.version) {
      const text = typeof item === 'string' ? item : item.text;
      if (text.toLowerCase() !== specifier.versionText.toLowerCase()) return false;
    } else if (!version || !cutsContain(specifierCuts(specifier), version)) return false;
  }
  return true;
}

/** Whether the version satisfies one clause; pre-releases count like final releases. */
export function specifierContains(specifier: Specifier, version: Version | string): boolean {
  return specifierSetContains({ specifiers: [specifier], text: '' }, version);
}

/**
 * The versions that the set admits, in the order given. Without `prereleases`, and without a clause that
 * names one, pre-releases are kept only where no final release is admitted.
 */
export function filterVersions<T extends Version | string>(
  set: SpecifierSet,
  versions: Iterable<T>,
  options?: PrereleaseOptions,
): T[] {
  const prereleases = options?.prereleases ?? specifierSetPrereleases(set);
  const admitted: T[] = [];
  const stable: T[] = [];
  let hasFinal = false;
  for (const item of versions) {
    const version: Version | null = typeof item === 'string' ? tryParseVersion(item) : item;
    if (!admits(set, item, version)) continue;
    admitted.push(item);
    if (version && isPrerelease(version)) continue;
    stable.push(item);
    hasFinal ||= version !== null;
  }
  return (prereleases ?? !hasFinal) ? admitted : stable;
}

/** The newest of the versions that `filterVersions` keeps; null if there is none. */
export function newestOf(
  set: SpecifierSet,
  versions: Iterable<Version>,
  options?: PrereleaseOptions,
): Version | null {
  return sortVersions(filterVersions(set, versions, options)).at(-1) ?? null;
}

/** The oldest of the versions that `filterVersions` keeps; null if there is none. */
export function oldestOf(
  set: SpecifierSet,
  versions: Iterable<Version>,
  options?: PrereleaseOptions,
): Version | null {
  return sortVersions(filterVersions(set, versions, options))[0] ?? null;
}
