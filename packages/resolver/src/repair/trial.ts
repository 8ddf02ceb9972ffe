import { normalizeName } from '@pyplan/markers';
import { candidatePolicy } from '../candidate/candidate-table.ts';
import type { Loader } from '../driver/loader.ts';
import { search } from '../driver/search.ts';
import { BudgetError, SourceError } from '../errors.ts';
import { linesBehind } from '../explanation/explain.ts';
import type { Facts } from '../facts/facts.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import type { Target } from '../target/target.ts';
import { demandsOn } from '../world/demands.ts';
import { targetWorld } from '../world/target-world.ts';

/** Decisions that one trial may take. */
export const trialSteps = 5000;

/** How a changed request went. */
export type TrialResult =
  | { readonly kind: 'solved'; readonly versionOf: (project: string) => string | null }
  /** The lines that conflict even so. */
  | { readonly kind: 'conflict'; readonly lines: readonly RootRequirement[] }
  /** It took too long, or the index did not answer. */
  | { readonly kind: 'unknown' };

/** Searches for a plan of a changed request. */
export async function tryRequest(
  request: ResolveRequest,
  target: Target,
  facts: Facts,
  loader: Loader,
): Promise<TrialResult> {
  const policy = candidatePolicy(facts.tables, target, request.options);
  const world = targetWorld(facts, policy, demandsOn(target, request), request.options);
  try {
    const result = await search(world, loader, trialSteps, request.signal);
    if (result.kind === 'failed') return { kind: 'conflict', lines: linesBehind({ world, result }) };
    if (result.kind === 'refuted') return { kind: 'conflict', lines: result.lines };
    const versionOf = (name: string): string | null => {
      const project = normalizeName(name);
      const rank = result.chosen.get(project)?.rank ?? -1;
      return world.page(project)?.page.versions[rank]?.text ?? null;
    };
    return { kind: 'solved', versionOf };
  } catch (error) {
    if (error instanceof BudgetError || error instanceof SourceError) return { kind: 'unknown' };
    throw error;
  }
}
