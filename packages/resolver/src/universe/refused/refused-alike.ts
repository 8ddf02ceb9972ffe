import type { Loader } from '../../driver/loader.ts';
import { type SearchResult, search } from '../../driver/search.ts';
import { BudgetError } from '../../errors.ts';
import { refuse } from '../../explanation/refuse.ts';
import type { RootRequirement } from '../../resolution.ts';
import { narrowedRequest, narrowedWorld } from '../../world/narrowed-world.ts';
import type { TargetWorld } from '../../world/target-world.ts';
import { type Nearby, type RefusedRegion, refusedRegion } from './refused-region.ts';

/** So many decisions a trial may take. */
const trialSteps = 300;

/**
 * The refusal of a region where the lines that conflict in a region nearby, on the same platform or for the same
 * Python, conflict too: a small search that spares the large one. Null where they do not, or it takes long to tell.
 */
export async function refusedAlike(nearby: Nearby): Promise<RefusedRegion | null> {
  const { region, refused } = nearby;
  const conflicts = [
    refused.findLast((other) => other.region.platform === region.platform),
    refused.findLast((other) => other.region.python === region.python),
  ].flatMap((other) => (other === undefined ? [] : [other.grounds.lines]));
  return await firstRefused(new Set(conflicts), nearby);
}

/** The refusal of a region where one of the user's lines can't be met even by itself, as a small search may tell. */
export async function refusedAlone(nearby: Nearby): Promise<RefusedRegion | null> {
  const { requirements, constraints } = nearby.request;
  const lines = requirements.length > 1 ? requirements.map((line) => [line, ...constraints]) : [];
  return await firstRefused(lines, nearby);
}

async function firstRefused(
  candidates: Iterable<readonly RootRequirement[]>,
  { request, region, facts, loader }: Nearby,
): Promise<RefusedRegion | null> {
  for (const lines of candidates) {
    const world = narrowedWorld(request, region.target, lines, facts);
    const result = await trial(world, loader, request.signal);
    if (result === null || result.kind === 'solved') continue;
    const grounds = await refuse(world, result, narrowedRequest(request, lines), loader);
    return refusedRegion(region, world, grounds);
  }
  return null;
}

async function trial(
  world: TargetWorld,
  loader: Loader,
  signal: AbortSignal | undefined,
): Promise<SearchResult | null> {
  try {
    return await search(world, loader, trialSteps, signal);
  } catch (error) {
    if (error instanceof BudgetError) return null;
    throw error;
  }
}
