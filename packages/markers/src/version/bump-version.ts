import { makeVersion, type PreRelease, padRelease, type Version, type VersionNumber } from './version.ts';

/** What is raised: a number of the release, the same as a pre-release, or the pre-release's own number. */
export type VersionBump = 'major' | 'minor' | 'patch' | 'premajor' | 'preminor' | 'prepatch' | 'prerelease';

/**
 * The next version after a change of the size that `bump` names. The release keeps its length or grows to the
 * raised number; post, dev and local parts fall away. A pre-release becomes its final release where that is
 * already a change of the size. `letter` is the kind of a new pre-release (default: that of the version, else `a`).
 */
export function bumpVersion(version: Version, bump: VersionBump, letter?: PreRelease[0]): Version {
  const { epoch, release, pre } = version;
  const isPre = bump.startsWith('pre');
  if (bump === 'prerelease' && pre) {
    const isNew = letter !== undefined && letter !== pre[0];
    return makeVersion(epoch, release, isNew ? [letter, 0] : [pre[0], successor(pre[1])]);
  }
  const place = bump.endsWith('major') ? 0 : bump.endsWith('minor') ? 1 : 2;
  if (isPre) return makeVersion(epoch, raise(release, place), [letter ?? 'a', 0]);
  const isReached = pre && !release.slice(place + 1).some(Number);
  return makeVersion(epoch, isReached ? release : raise(release, place));
}

/** The release with the number at `place` one higher and zeros behind it. */
export function raise(release: readonly VersionNumber[], place: number): VersionNumber[] {
  const raised = padRelease(release, place + 1);
  for (let at = place; at < raised.length; at++) raised[at] = at > place ? 0 : successor(raised[at] ?? 0);
  return raised;
}

/** The number after `number`. */
export function successor(number: VersionNumber): VersionNumber {
  return number < Number.MAX_SAFE_INTEGER ? Number(number) + 1 : BigInt(number) + 1n;
}
