import { orderKey } from './key.ts';

/** A number of a version: a safe integer, or a bigint where it is larger than that. */
export type VersionNumber = number | bigint;

/** `a1`, `b2`, `rc3`: the normal letter and its number. */
export type PreRelease = readonly [letter: 'a' | 'b' | 'rc', number: VersionNumber];

/** The parts of a version (Version specifiers, "Public version identifiers" and "Local version identifiers"). */
export type VersionParts = {
  readonly epoch: VersionNumber;
  /** As written, trailing zeros kept; at least one number. */
  readonly release: readonly VersionNumber[];
  readonly pre: PreRelease | null;
  readonly post: VersionNumber | null;
  readonly dev: VersionNumber | null;
  readonly local: readonly (string | VersionNumber)[] | null;
};

/**
 * The place of a version, or of a cut between versions, in the order. Different keys compare as numbers, `high`
 * first. Equal keys mean equal places if `low` is an integer; where not, the parts decide.
 */
export type OrderKey = { readonly high: number; readonly low: number };

/** A version. `text` is its normal form; the key's fields are for comparing only. */
export type Version = VersionParts & OrderKey & { readonly text: string };

/** A version of these parts, in normal form. */
export function versionOf({ epoch, release, pre, post, dev, local }: VersionParts): Version {
  return makeVersion(epoch, release, pre, post, dev, local);
}

/** Builds a version; `text` is its normal form where the caller has it. */
export function makeVersion(
  epoch: VersionNumber,
  release: readonly VersionNumber[],
  pre: PreRelease | null = null,
  post: VersionNumber | null = null,
  dev: VersionNumber | null = null,
  local: VersionParts['local'] = null,
  text: string = normalText(epoch, release, pre, post, dev, local),
): Version {
  const { high, low } = orderKey(epoch, release, pre, post, dev, local);
  return { epoch, release, pre, post, dev, local, text, high, low };
}

function normalText(
  epoch: VersionNumber,
  release: readonly VersionNumber[],
  pre: PreRelease | null,
  post: VersionNumber | null,
  dev: VersionNumber | null,
  local: VersionParts['local'],
): string {
  let text = release.join('.');
  if (epoch !== 0) text = `${epoch}!${text}`;
  if (pre) text += pre[0] + pre[1];
  if (post !== null) text += `.post${post}`;
  if (dev !== null) text += `.dev${dev}`;
  if (local) text += `+${local.join('.')}`;
  return text;
}

/** The version in normal form (Version specifiers, "Normalization"); trailing zeros are kept. */
export function formatVersion(version: Version): string {
  return version.text;
}

/** A release without zeros at its end; `[0]` for zero. */
export function withoutZeros(release: readonly VersionNumber[]): readonly VersionNumber[] {
  return release.slice(0, release.findLastIndex(Number) + 1 || 1);
}

/** A release with zeros up to `length` numbers. */
export function padRelease(release: readonly VersionNumber[], length: number): VersionNumber[] {
  const padded = release.slice();
  while (padded.length < length) padded.push(0);
  return padded;
}

/** A text that equal versions share: the normal form without zeros at the end of the release. */
export function shortestText(version: Version): string {
  return versionOf({ ...version, release: withoutZeros(version.release) }).text;
}

/** Whether the version is an alpha, beta, candidate or development release. */
export function isPrerelease(version: Version): boolean {
  return version.pre !== null || version.dev !== null;
}

/** Whether the version is a post-release. */
export function isPostrelease(version: Version): boolean {
  return version.post !== null;
}

/** Whether the version is a development release. */
export function isDevrelease(version: Version): boolean {
  return version.dev !== null;
}

/** The version without its local part. */
export function publicVersion(version: Version): Version {
  return version.local ? versionOf({ ...version, local: null }) : version;
}

/** Epoch and release alone: `1!2.0rc1.post2+x` gives `1!2.0`. */
export function baseVersion({ epoch, release }: Version): Version {
  return makeVersion(epoch, release);
}
