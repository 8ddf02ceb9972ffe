import { failureOf } from '../../driver/trials.ts';
import { refuse } from '../../explanation/refuse.ts';
import type { RootRequirement } from '../../resolution.ts';
import { narrowedRequest, withLines } from '../../world/narrowed-world.ts';
import type { TargetWorld } from '../../world/target-world.ts';
import { type Nearby, type RefusedRegion, refusedRegion } from './refused-region.ts';

/** So many decisions a trial may take at first, and where the search of all lines takes long. */
const fewSteps = 300;
const moreSteps = 4000;

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
  return await firstRefused(new Set(conflicts), nearby, fewSteps);
}

/** The refusal of a region where one of the user's lines can't be met even by itself, as a small search may tell. */
export async function refusedAlone(nearby: Nearby): Promise<RefusedRegion | null> {
  const { requirements, constraints } = nearby.request;
  const lines = requirements.length > 1 ? requirements.map((line) => [line, ...constraints]) : [];
  return (await firstRefused(lines, nearby, fewSteps)) ?? (await firstRefused(lines, nearby, moreSteps));
}

async function firstRefused(
  candidates: Iterable<readonly RootRequirement[]>,
  { request, region, whole, loader }: Nearby,
  steps: number,
): Promise<RefusedRegion | null> {
  for (const lines of candidates) {
    const newWorld = (): TargetWorld => withLines(whole, lines);
    const failure = await failureOf(newWorld, loader, steps, request.signal);
    if (failure === null) continue;
    const { world, result } = failure;
    const grounds = await refuse(world, result, narrowedRequest(request, lines), loader);
    return refusedRegion(region, world, grounds);
  }
  return null;
}
