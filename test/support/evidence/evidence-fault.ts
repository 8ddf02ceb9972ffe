import { checkEvidence, readEvidence } from '@pyplan/lockfile';
import {
  type Evidence,
  evidenceOf,
  evidenceOfUniverse,
  formatEvidence,
  type Resolution,
  type ResolveRequest,
  type UniversalRequest,
  type UniversalResolution,
} from '@pyplan/resolver';

/** How much evidence was checked. */
export interface EvidenceCount {
  plans: number;
  packages: number;
  edges: number;
  refusals: number;
  steps: number;
  bytes: number;
}

export const noEvidence = (): EvidenceCount => ({
  plans: 0,
  packages: 0,
  edges: 0,
  refusals: 0,
  steps: 0,
  bytes: 0,
});

/**
 * Why the evidence of a resolution does not hold, by itself or against the request's source; null where it does.
 * It goes the way of a file: written, read, checked.
 */
export async function evidenceFault(
  request: ResolveRequest,
  resolution: Resolution,
  count: EvidenceCount,
): Promise<string | null> {
  return faultOf(await evidenceOf(request, resolution), request, count);
}

/** The same of a universal resolution: each plan's, and each proof that a target can't be covered. */
export async function universalEvidenceFault(
  request: UniversalRequest,
  resolution: UniversalResolution,
  count: EvidenceCount,
): Promise<string | null> {
  return faultOf(await evidenceOfUniverse(request, resolution), request, count);
}

async function faultOf(
  evidence: Evidence,
  { source }: Pick<ResolveRequest, 'source'>,
  count: EvidenceCount,
): Promise<string | null> {
  const text = formatEvidence(evidence);
  const read = readEvidence(text, 'evidence.json');
  const alone = await checkEvidence(read);
  if (!alone.holds) return `its evidence does not hold: ${alone.fault}`;
  const against = await checkEvidence(read, { source });
  if (!against.holds) return `its evidence is not what the index says: ${against.fault}`;
  count.bytes += text.length;
  for (const target of alone.targets) {
    if (target.kind === 'plan') {
      count.plans++;
      count.packages += target.packages;
      count.edges += target.edges;
    } else {
      count.refusals++;
      count.steps += target.steps;
    }
  }
  return null;
}
