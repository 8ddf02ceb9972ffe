import type { Loader } from '../driver/loader.ts';
import { type SearchResult, search } from '../driver/search.ts';
import { BudgetError } from '../errors.ts';
import type { Facts } from '../facts/facts.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import { narrowedWorld } from '../world/narrowed-world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import type { Region } from './region.ts';
import type { RefusedRegion } from './solve-regions.ts';

/** So many decisions a trial may take. */
const trialSteps = 300;

/** A search that found no solution, with the part of the request that it looked at. */
export interface AlikeRefusal {
  readonly world: TargetWorld;
  readonly result: Exclude<SearchResult, { readonly kind: 'solved' }>;
  readonly request: ResolveRequest;
}

/**
 * Whether the lines that conflict in a region nearby, on the same platform or for the same Python, conflict in
 * this one too: a small search that spares the large one. Null where they do not, or it takes long to tell.
 */
export async function refusedAlike(
  request: ResolveRequest,
  region: Region,
  refused: readonly RefusedRegion[],
  facts: Facts,
  loader: Loader,
): Promise<AlikeRefusal | null> {
  const nearby = refused.findLast((other) => other.region.platform === region.platform);
  const beside = refused.findLast((other) => other.region.python === region.python);
  const conflicts = new Set(
    [nearby, beside].flatMap((other) => (other === undefined ? [] : [other.refusal.conflicting])),
  );
  return await firstRefused(conflicts, request, region, facts, loader);
}

/** Whether one of the user's lines can't be met in a region even by itself, as a small search may tell. */
export async function refusedAlone(
  request: ResolveRequest,
  region: Region,
  facts: Facts,
  loader: Loader,
): Promise<AlikeRefusal | null> {
  const { requirements } = request;
  const lines = requirements.length > 1 ? requirements.map((line) => [line, ...request.constraints]) : [];
  return await firstRefused(lines, request, region, facts, loader);
}

async function firstRefused(
  candidates: Iterable<readonly RootRequirement[]>,
  request: ResolveRequest,
  region: Region,
  facts: Facts,
  loader: Loader,
): Promise<AlikeRefusal | null> {
  for (const lines of candidates) {
    const world = narrowedWorld(request, region.target, lines, facts);
    const result = await trial(world, loader, request.signal);
    if (result === null || result.kind === 'solved') continue;
    const keep = (all: readonly RootRequirement[]): readonly RootRequirement[] =>
      all.filter((line) => lines.includes(line));
    const part = {
      ...request,
      requirements: keep(request.requirements),
      constraints: keep(request.constraints),
    };
    return { world, result, request: part };
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
