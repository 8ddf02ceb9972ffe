import type { Loader } from '../../driver/loader.ts';
import type { GroundedRefusal } from '../../explanation/refuse.ts';
import { type Proof, proofOf } from '../../proof/carried-proof.ts';
import type { ResolveRequest } from '../../request.ts';
import type { TargetWorld } from '../../world/target-world.ts';
import type { Region } from '../region.ts';
import { type PatchDependence, patchDependence } from './patch-dependence.ts';

/** A region without a plan. */
export interface RefusedRegion {
  readonly region: Region;
  readonly grounds: GroundedRefusal;
  /** What shows that there is none, and may show it of other regions; null where there is no derivation. */
  readonly proof: Proof | null;
  readonly dependence: PatchDependence;
}

/** A region that may be refused for the same reason as those refused before it. */
export interface Nearby {
  readonly request: ResolveRequest;
  readonly region: Region;
  /** The region's world, of which some lines may be taken alone. */
  readonly whole: TargetWorld;
  readonly refused: readonly RefusedRegion[];
  readonly loader: Loader;
}

/** @param carried the proof, where it is another region's */
export function refusedRegion(
  region: Region,
  world: TargetWorld,
  grounds: GroundedRefusal,
  carried: Proof | null = null,
): RefusedRegion {
  const { failure } = grounds;
  const proof = carried ?? (failure === null ? null : proofOf(failure));
  return { region, grounds, proof, dependence: patchDependence(world, grounds) };
}
