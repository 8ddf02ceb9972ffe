import { candidatePolicy } from '../candidate/candidate-table.ts';
import { type PageFacts, rankOf } from '../facts/facts.ts';
import { factsOf } from '../facts/facts-of-source.ts';
import { type RequirementFacts, requirementFromIndex } from '../facts/requirement-facts.ts';
import type { ResolveRequest } from '../request.ts';
import type { Demand, Plan, PlannedPackage } from '../resolution.ts';
import { demandsOn } from '../world/demands.ts';
import { type TargetWorld, targetWorld } from '../world/target-world.ts';

/** A plan that is compared, with what was asked of it. */
export interface ComparedSide {
  /** Its `targets` do not count: the plan has its own. */
  readonly request: Omit<ResolveRequest, 'targets'>;
  readonly plan: Plan;
}

/** A side with the world that its plan was made in. */
export interface Side {
  /** Its place in the list of what is compared. */
  readonly index: number;
  readonly world: TargetWorld;
  readonly packages: ReadonlyMap<string, PlannedPackage>;
}

export function sideOf({ request, plan }: ComparedSide, index: number): Side {
  const facts = factsOf(request.source);
  const { options } = request;
  const policy = candidatePolicy(facts.tables, plan.target, options);
  const demands = demandsOn(plan.target, { ...request, targets: [plan.target] });
  return {
    index,
    world: targetWorld(facts, policy, demands, options),
    packages: new Map(plan.packages.map((planned) => [planned.name, planned])),
  };
}

/** A version by its text on the page that a side has of it; null where the side has read no such page. */
export function placeOf(
  { world }: Side,
  project: string,
  version: string,
): { readonly page: PageFacts; readonly rank: number } | null {
  const page = world.page(project);
  if (page === undefined || page === null) return null;
  const rank = rankOf(page, version);
  return rank < 0 ? null : { page, rank };
}

/** What a demand asks, in the form that questions are asked of; null where it can't be told any more. */
export function factsOfDemand(side: Side, project: string, demand: Demand): RequirementFacts | null {
  if (demand.from === null) {
    const { requirements, overrides } = side.world.demands;
    const own = [...requirements, ...(overrides.get(project) ?? [])];
    return own.find(({ facts }) => facts.project === project && facts.text === demand.text)?.facts ?? null;
  }
  const facts = requirementFromIndex(side.world.facts.requirements, demand.text);
  return typeof facts === 'string' ? null : facts;
}
