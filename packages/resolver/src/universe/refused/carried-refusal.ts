import { groundsOf } from '../../explanation/refuse.ts';
import { type Proof, proofHolds } from '../../proof/carried-proof.ts';
import { withLines } from '../../world/narrowed-world.ts';
import { type Nearby, type RefusedRegion, refusedRegion } from './refused-region.ts';

/**
 * The refusal of a region before this one, where what shows it shows it of this one too; null where there is none.
 * Those of the same platform come first, the last ones before others.
 *
 * @param of regions of the same Python on the same platform, or all
 */
export async function carriedRefusal(
  { request, region, whole, refused, loader }: Nearby,
  of: 'same Python' | 'any',
): Promise<RefusedRegion | null> {
  const isSamePlatform = (other: RefusedRegion): boolean => other.region.platform === region.platform;
  const near = refused.filter(isSamePlatform).toReversed();
  const others =
    of === 'any'
      ? [...near, ...refused.filter((other) => !isSamePlatform(other)).toReversed()]
      : near.filter((other) => other.region.python === region.python);
  const tried = new Set<Proof>();
  for (const { grounds, proof } of others) {
    if (proof === null || tried.has(proof)) continue;
    tried.add(proof);
    const { lines } = grounds;
    const world = withLines(whole, lines);
    if (!(await proofHolds(proof, world, loader, request.signal))) continue;
    const failure = { world, result: proof.failure.result };
    return refusedRegion(region, world, groundsOf({ failure, lines }), proof);
  }
  return null;
}
