import { raise } from '../version/bump-version.ts';
import { makeVersion, padRelease, type Version, versionOf } from '../version/version.ts';
import { type Cut, isAbove, lowestCut } from './cut.ts';

/**
 * A version above `low` and below `high` (null: no bound), a final release of three numbers where there is
 * one. The cuts must be different and in order; then there is a version between them.
 */
export function versionBetween(low: Cut | null, high: Cut | null): Version {
  const from = low ?? lowestCut;
  for (const version of candidates(from)) {
    if (isAbove(version, from) && !(high && isAbove(version, high))) return version;
  }
  // Never reached: the candidates have no end.
  return from.version;
}

/** The pleasant ones first, then ever nearer to the cut. */
function* candidates({ version }: Cut): Generator<Version, never> {
  const { epoch, release, local } = version;
  const padded = padRelease(release, 3);
  yield makeVersion(epoch, padded);
  for (const place of [2, 1, 0]) yield makeVersion(epoch, raise(padded.slice(0, 3), place));
  // Where the cut is before the version, that is the surest.
  yield versionOf({ ...version, release: padded });
  // After a version alone there are its local versions, after all its post-releases longer releases.
  for (let zeros = ''; ; zeros += '0') {
    yield versionOf({ ...version, local: [...(local ?? []), `${zeros}a`] });
    yield makeVersion(epoch, [...padded, 1]);
    padded.push(0);
  }
}
