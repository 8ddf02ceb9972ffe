import { type PreRelease, type Version, type VersionNumber, versionOf } from './version.ts';

/** What is raised: a number of the release, the same as a pre-release, or the pre-release's own number. */
export type VersionBump = 'major' | 'minor' | 'patch' | 'premajor' | 'preminor' | 'prepatch' | 'prerelease';

const PLACES = { major: 0, minor: 1, patch: 2 } as const;

/**
 * The next version after a change of the size that `bump` names. The release keeps its length or grows to the
 * raised number; post, dev and local parts fall away. A pre-release becomes its final release where that is
 * already a change of the size. `letter` is the kind of a new pre-release (default: that of the version, else `a`).
 */
export function bumpVersion(version: Version, bump: VersionBump, letter?: PreRelease[0]): Version {
  const { epoch, release, pre } = version;
  const next = (numbers: readonly VersionNumber[], suffix: PreRelease | null): Version =>
    versionOf({ epoch, release: numbers, pre: suffix, post: null, dev: null, local: null });
  switch (bump) {
    case 'major':
    case 'minor':
    case 'patch': {
      const place = PLACES[bump];
      const isReached = pre !== null && release.slice(place + 1).every((number) => number === 0);
      return next(isReached ? release : raise(release, place), null);
    }
    case 'premajor':
      return next(raise(release, 0), [letter ?? 'a', 0]);
    case 'preminor':
      return next(raise(release, 1), [letter ?? 'a', 0]);
    case 'prepatch':
      return next(raise(release, 2), [letter ?? 'a', 0]);
    case 'prerelease':
      if (pre === null) return next(raise(release, 2), [letter ?? 'a', 0]);
      return next(
        release,
        letter === undefined || letter === pre[0] ? [pre[0], successor(pre[1])] : [letter, 0],
      );
  }
}

function raise(release: readonly VersionNumber[], place: number): readonly VersionNumber[] {
  return Array.from({ length: Math.max(release.length, place + 1) }, (_, index) => {
    const number = release[index] ?? 0;
    return index < place ? number : index > place ? 0 : successor(number);
  });
}

/** The number after `number`. */
export function successor(number: VersionNumber): VersionNumber {
  return typeof number === 'number' && number < Number.MAX_SAFE_INTEGER ? number + 1 : BigInt(number) + 1n;
}
