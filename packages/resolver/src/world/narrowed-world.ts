import { candidatePolicy } from '../candidate/candidate-table.ts';
import type { Facts } from '../facts/facts.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import type { Target } from '../target/target.ts';
import { demandsOn, narrowDemands } from './demands.ts';
import { type TargetWorld, targetWorld } from './target-world.ts';

/** The request with some of its lines alone. */
export function narrowedRequest(request: ResolveRequest, lines: readonly RootRequirement[]): ResolveRequest {
  const keep = (all: readonly RootRequirement[]): readonly RootRequirement[] =>
    all.filter((line) => lines.includes(line));
  return { ...request, requirements: keep(request.requirements), constraints: keep(request.constraints) };
}

/** The world of the whole request, asked for some of its lines alone: what the others admit stays a candidate. */
export function narrowedWorld(
  request: ResolveRequest,
  target: Target,
  lines: readonly RootRequirement[],
  facts: Facts,
): TargetWorld {
  const policy = candidatePolicy(facts.tables, target, request.options);
  return targetWorld(facts, policy, narrowDemands(demandsOn(target, request), lines), request.options);
}

/** The world asked for some of its lines alone: what the others admit stays a candidate. */
export function withLines(
  { facts, policy, demands, options }: TargetWorld,
  lines: readonly RootRequirement[],
): TargetWorld {
  return targetWorld(facts, policy, narrowDemands(demands, lines), options);
}
