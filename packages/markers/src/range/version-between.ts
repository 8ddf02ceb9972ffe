import { raise } from '../version/bump-version.ts';
import { makeVersion, padRelease, type Version, versionOf } from '../version/version.ts';
import { type Cut, isAbove, lowestCut } from './cut.ts';

/**
 * A version above `low` and below `high` (null: no bound), a final release of three numbers where there is
 * one. The cuts must be different and in order; then there is a version between them.
 */
export function versionBetween(low: Cut | null, high: Cut | null): Version {
  const from = low ?? lowestCut;
  for (const candidate of candidates(from)) {
    if (isAbove(candidate, from) && (high === null || !isAbove(candidate, high))) return candidate;
  }
  throw new RangeError('No version lies between these cuts');
}

function* candidates({ version, side }: Cut): Generator<Version> {
  const { epoch, release, pre, post, dev, local } = version;
  const padded = padRelease(release, 3);
  yield makeVersion(epoch, padded);
  for (const place of [2, 1, 0]) yield makeVersion(epoch, raise(padded.slice(0, 3), place));
  if (side === 0) {
    // The cut is before the version, so the version itself is the surest candidate.
    if (dev !== null) yield versionOf({ ...version, release: padded, dev: null, local: null });
    yield versionOf({ ...version, release: padded });
    return;
  }
  if (side === 1) {
    // After a version alone there are its local versions: longer ones, or for a public one any.
    for (const segment of [0, 'a', '0a']) yield versionOf({ ...version, local: [...(local ?? []), segment] });
    for (let zeros = '00'; ; zeros += '0')
      yield versionOf({ epoch, release, pre, post, dev, local: [...(local ?? []), `${zeros}a`] });
  }
  for (const deeper = [...padded]; ; deeper.push(0)) {
    yield makeVersion(epoch, [...deeper, 1]);
  }
}
