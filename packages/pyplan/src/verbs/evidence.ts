import {
  type Evidence,
  type EvidenceOptions,
  type Resolution,
  evidenceOf as resolutionEvidence,
  type UniversalResolution,
  evidenceOfUniverse as universalEvidence,
} from '@pyplan/resolver';
import { completeRequest, completeShared, type PlanRequest } from '../request.ts';
import type { UniverseRequest } from './lock-universal.ts';

export type { EvidenceOptions } from '@pyplan/resolver';

/**
 * What the answer of `lock` to the same request rests on (docs/evidence.md): of each plan the digests and the
 * requirements, of each refusal a proof. `formatEvidence` of `@pyplan/resolver` writes it, `checkEvidence` of
 * `@pyplan/lockfile` checks it. Throws as `lock` does.
 *
 * @param options the lines with hashes, where the request's source is limited by them already
 */
export function evidence(
  request: PlanRequest,
  resolution: Resolution,
  options: EvidenceOptions = { hashes: request.hashes ?? [] },
): Promise<Evidence> {
  return resolutionEvidence(completeRequest(request).request, resolution, options);
}

/** The same of the answer of `lockUniversal`: also the proof that a target can't be covered. */
export function evidenceOfUniverse(
  request: UniverseRequest,
  resolution: UniversalResolution,
  options: EvidenceOptions = { hashes: request.hashes ?? [] },
): Promise<Evidence> {
  const { requiresPython, platforms = null, requiredEnvironments = [] } = request;
  const shared = completeShared(request);
  return universalEvidence(
    { ...shared, requiresPython, platforms, requiredEnvironments },
    resolution,
    options,
  );
}
