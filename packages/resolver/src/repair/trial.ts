import { normalizeName } from '@pyplan/markers';
import { candidatePolicy } from '../candidate/candidate-table.ts';
import type { Loader } from '../driver/loader.ts';
import { search } from '../driver/search.ts';
import { BudgetError, SourceError } from '../errors.ts';
import { linesBehind } from '../explanation/explain.ts';
import type { Facts } from '../facts/facts.ts';
import type { ResolveOptions, ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import type { Target } from '../target/target.ts';
import { demandsOn } from '../world/demands.ts';
import { type TargetWorld, targetWorld } from '../world/target-world.ts';
import { nearVersions } from './near-versions.ts';

/** Decisions that one trial may take. */
export const trialSteps = 5000;

/** How a changed request went. */
export type TrialResult =
  | { readonly kind: 'solved'; readonly versionOf: (project: string) => string | null }
  /** The lines that conflict even so. */
  | { readonly kind: 'conflict'; readonly lines: readonly RootRequirement[] }
  /** It took too long, or the index did not answer. */
  | { readonly kind: 'unknown'; readonly isCut: boolean };

/** How a trial is held to little. */
export interface Frugality {
  /** Each project that may get other versions, with lines that it has to go with. */
  readonly freed: ReadonlyMap<string, readonly RootRequirement[]>;
  /** The world as the trial may use it. */
  within(world: TargetWorld): TargetWorld;
  /** Whether what refused the request as it was written still does. */
  isStillRefused(world: TargetWorld): Promise<boolean>;
  /** The lines that conflict then. */
  readonly conflicting: readonly RootRequirement[];
}

/** Searches for a plan of a changed request. @param held null for a trial that may ask for whatever it needs */
export async function tryRequest(
  request: ResolveRequest,
  target: Target,
  facts: Facts,
  loader: Loader,
  held: Frugality | null = null,
): Promise<TrialResult> {
  const policy = candidatePolicy(facts.tables, target, request.options);
  const demands = demandsOn(target, request);
  const plain = targetWorld(facts, policy, demands, request.options);
  try {
    if ((await held?.isStillRefused(plain)) === true)
      return { kind: 'conflict', lines: held?.conflicting ?? [] };
    const preferences = held === null ? request.options.preferences : preferring(plain, held);
    // Where no version is known to fit better, the search would go the way that it went before.
    if (preferences === null) return { kind: 'unknown', isCut: true };
    const options = { ...request.options, preferences };
    const world = held === null ? plain : held.within(targetWorld(facts, policy, demands, options));
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
    if (error instanceof BudgetError) return { kind: 'unknown', isCut: true };
    if (error instanceof SourceError) return { kind: 'unknown', isCut: false };
    throw error;
  }
}

/** The user's preferences, and then versions that probably fit of projects that may get others; null where none are known. */
function preferring(world: TargetWorld, { freed }: Frugality): ResolveOptions['preferences'] | null {
  if (freed.size === 0) return world.options.preferences;
  let isAny = false;
  const preferences = new Map(world.options.preferences);
  for (const [project, lines] of freed) {
    const known = [preferences.get(project) ?? []].flat();
    const near = nearVersions(world, project, lines);
    if (near.length > 0) preferences.set(project, [...known, ...near]);
    isAny ||= near.length > 0;
  }
  return isAny ? preferences : null;
}
