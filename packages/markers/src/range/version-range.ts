import type { Specifier } from '../specifier/specifier.ts';
import type { SpecifierSet } from '../specifier/specifier-set.ts';
import { tryParseVersion } from '../version/parse-version.ts';
import type { Version } from '../version/version.ts';
import { type Cuts, complementCuts, cutsContain, lowestCut, mergeCuts } from './cut.ts';
import { specifierCuts } from './specifier-cuts.ts';

/**
 * A set of versions: intervals between cuts, and the spellings that `===` admits or leaves out against
 * them. Spellings tell versions apart that are equal in order (`1.0` and `1.0.0`).
 */
export type VersionRange = {
  readonly cuts: Cuts;
  /** By lower-case normal text, the versions that are members although outside the cuts, or the reverse. */
  readonly spellings: ReadonlyMap<string, Version>;
};

const noSpellings: ReadonlyMap<string, Version> = new Map();

function rangeOfCuts(cuts: Cuts): VersionRange {
  return { cuts, spellings: noSpellings };
}

/** Every version. */
export function fullRange(): VersionRange {
  return rangeOfCuts([lowestCut]);
}

/** No version. */
export function emptyRange(): VersionRange {
  return rangeOfCuts([]);
}

/** The versions that the set admits; pre-releases count like all others. */
export function rangeOf(set: SpecifierSet): VersionRange {
  let range: VersionRange | null = null;
  for (const specifier of set.specifiers) {
    const next = rangeOfSpecifier(specifier);
    range = range ? intersectRanges(range, next) : next;
  }
  return range ?? fullRange();
}

function rangeOfSpecifier(specifier: Specifier): VersionRange {
  if (specifier.version) return rangeOfCuts(specifierCuts(specifier));
  const text = specifier.versionText.toLowerCase();
  const version = tryParseVersion(text);
  if (!version || version.text !== text) return emptyRange();
  return { cuts: [], spellings: new Map([[text, version]]) };
}

/** Whether the version is in the range. */
export function rangeContains({ cuts, spellings }: VersionRange, version: Version): boolean {
  return cutsContain(cuts, version) !== (spellings.size > 0 && spellings.has(version.text));
}

function combine(a: VersionRange, b: VersionRange, needed: 1 | 2): VersionRange {
  const cuts = mergeCuts(a.cuts, b.cuts, needed);
  const spellings = new Map<string, Version>();
  for (const [text, version] of [...a.spellings, ...b.spellings]) {
    const member = Number(rangeContains(a, version)) + Number(rangeContains(b, version)) >= needed;
    if (member !== cutsContain(cuts, version)) spellings.set(text, version);
  }
  return { cuts, spellings };
}

/** The versions that are in both. */
export function intersectRanges(a: VersionRange, b: VersionRange): VersionRange {
  return combine(a, b, 2);
}

/** The versions that are in one of both. */
export function uniteRanges(a: VersionRange, b: VersionRange): VersionRange {
  return combine(a, b, 1);
}

/** The versions that are not in the range. */
export function complementRange({ cuts, spellings }: VersionRange): VersionRange {
  return { cuts: complementCuts(cuts), spellings };
}

/** The versions of `a` that are not in `b`. */
export function subtractRanges(a: VersionRange, b: VersionRange): VersionRange {
  return intersectRanges(a, complementRange(b));
}

/** Whether no version is in the range. */
export function isEmptyRange({ cuts, spellings }: VersionRange): boolean {
  return cuts.length + spellings.size === 0;
}

/** Whether every version of `a` is in `b`. */
export function isSubrange(a: VersionRange, b: VersionRange): boolean {
  return isEmptyRange(subtractRanges(a, b));
}

/** Whether no version is in both. */
export function areDisjointRanges(a: VersionRange, b: VersionRange): boolean {
  return isEmptyRange(intersectRanges(a, b));
}

/** Whether both hold the same versions. */
export function areEqualRanges(a: VersionRange, b: VersionRange): boolean {
  return isSubrange(a, b) && isSubrange(b, a);
}
