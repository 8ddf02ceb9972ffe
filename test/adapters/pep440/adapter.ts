import {
  baseVersion,
  bumpVersion,
  compareVersions,
  filterVersions,
  isDevrelease,
  isPostrelease,
  isPrerelease,
  parseVersion,
  publicVersion,
  specifierSetPrereleases,
  tryParseSpecifierSet,
  tryParseVersion,
  type Version,
  type VersionBump,
} from '@pyplan/markers';

// The functions of @renovatebot/pep440 in terms of @pyplan/markers: what somebody who moves over writes.

const parsed = (text: unknown): Version | null => (typeof text === 'string' ? tryParseVersion(text) : null);

export function valid(text: unknown): unknown {
  return parsed(text) === null ? null : text;
}

export function clean(text: unknown): string | null {
  return parsed(text)?.text ?? null;
}

export interface Explained {
  readonly epoch: number;
  readonly release: readonly number[];
  readonly pre: readonly (string | number)[] | null;
  readonly post: number | null;
  readonly dev: number | null;
  readonly local: string | null;
  readonly public: string;
  readonly base_version: string;
  readonly is_prerelease: boolean;
  readonly is_devrelease: boolean;
  readonly is_postrelease: boolean;
}

export function explain(text: unknown): Explained | null {
  const version = parsed(text);
  if (version === null) return null;
  const { epoch, release, pre, post, dev, local } = version;
  return {
    epoch: Number(epoch),
    release: release.map(Number),
    pre: pre && [pre[0], Number(pre[1])],
    post: post === null ? null : Number(post),
    dev: dev === null ? null : Number(dev),
    local: local?.join('.') ?? null,
    public: publicVersion(version).text,
    base_version: baseVersion(version).text,
    is_prerelease: isPrerelease(version),
    is_devrelease: isDevrelease(version),
    is_postrelease: isPostrelease(version),
  };
}

export const compare = (a: string, b: string): number =>
  Math.sign(compareVersions(parseVersion(a), parseVersion(b)));
export const rcompare = (a: string, b: string): number => compare(b, a);
export const lt = (a: string, b: string): boolean => compare(a, b) < 0;
export const le = (a: string, b: string): boolean => compare(a, b) <= 0;
export const eq = (a: string, b: string): boolean => compare(a, b) === 0;
export const ne = (a: string, b: string): boolean => compare(a, b) !== 0;
export const ge = (a: string, b: string): boolean => compare(a, b) >= 0;
export const gt = (a: string, b: string): boolean => compare(a, b) > 0;

export interface Options {
  readonly prereleases?: boolean | undefined;
}

export function validRange(range: string): boolean {
  return tryParseSpecifierSet(range) !== null;
}

/** The clauses of a range, or null. */
export function parse(range: string): readonly unknown[] | null {
  return tryParseSpecifierSet(range)?.specifiers ?? null;
}

export function filter(versions: readonly string[], range: string, options: Options = {}): readonly string[] {
  const set = tryParseSpecifierSet(range);
  if (set === null) return [];
  // Texts that are no versions satisfy the empty set here, as in packaging; there they never do.
  const known = set.specifiers.length === 0 ? versions.filter((text) => parsed(text) !== null) : versions;
  return filterVersions(set, known, { prereleases: options.prereleases ?? null });
}

/** Without `prereleases`, a pre-release satisfies only a range that names one. */
export function satisfies(version: string, range: string, options: Options = {}): boolean {
  const set = tryParseSpecifierSet(range);
  const prereleases = options.prereleases ?? (set !== null && specifierSetPrereleases(set) === true);
  return filter([version], range, { prereleases }).length === 1;
}

const sorted = (versions: readonly string[]): readonly string[] => [...versions].sort(compare);

export function maxSatisfying(versions: readonly string[], range: string, options?: Options): string | null {
  return sorted(filter(versions, range, options)).at(-1) ?? null;
}

export function minSatisfying(versions: readonly string[], range: string, options?: Options): string | null {
  return sorted(filter(versions, range, options))[0] ?? null;
}

function releaseNumber(text: string, place: number): number {
  const version = parsed(text);
  if (version === null) throw new TypeError(`Invalid Version: ${text}`);
  return Number(version.release[place] ?? 0);
}

export const major = (text: string): number => releaseNumber(text, 0);
export const minor = (text: string): number => releaseNumber(text, 1);
export const patch = (text: string): number => releaseNumber(text, 2);

const BUMPS: readonly string[] = [
  'major',
  'minor',
  'patch',
  'premajor',
  'preminor',
  'prepatch',
  'prerelease',
];
const LETTERS: Readonly<Record<string, 'a' | 'b' | 'rc'>> = {
  a: 'a',
  alpha: 'a',
  b: 'b',
  beta: 'b',
  c: 'rc',
  pre: 'rc',
  preview: 'rc',
  rc: 'rc',
};

export function inc(text: string, bump: string, identifier?: unknown): string | null {
  const version = parsed(text);
  const letter = identifier === undefined ? undefined : LETTERS[String(identifier)];
  if (version === null || !BUMPS.includes(bump) || (identifier !== undefined && letter === undefined))
    return null;
  return bumpVersion(version, bump as VersionBump, letter).text;
}
