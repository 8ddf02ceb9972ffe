import { normalizeName } from '@pyplan/markers';
import { candidatePolicy } from '../candidate/candidate-table.ts';
import type { Loader } from '../driver/loader.ts';
import { search } from '../driver/search.ts';
import { BudgetError } from '../errors.ts';
import type { Facts } from '../facts/facts.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import type { Target } from '../target/target.ts';
import { demandsOn } from '../world/demands.ts';
import { targetWorld } from '../world/target-world.ts';
import type { Repair } from './repair.ts';
import { repairTrials, type Trial } from './trials.ts';

/** Decisions that one trial may take. */
const trialSteps = 5000;

/** So many repairs are enough to choose from. */
const wanted = 3;

/**
 * Repairs of a refusal, the smallest change first, each solved before it is offered.
 *
 * Lines dropped or changed in pairs are offered only where nothing smaller helps.
 */
export async function proposeRepairs(
  request: ResolveRequest,
  target: Target,
  conflicting: readonly RootRequirement[],
  facts: Facts,
  loader: Loader,
): Promise<readonly Repair[]> {
  const repairs: Repair[] = [];
  for (const trial of repairTrials(request, target, conflicting).slice(0, request.repairTrials ?? 0)) {
    if (repairs.length >= wanted) break;
    if (repairs.length > 0 && isLarge(trial)) break;
    if (repairs.some(({ kind }) => kind === 'python') && trial.target !== target) continue;
    const repair = await tryTrial(trial, facts, loader);
    if (repair !== null) repairs.push(repair);
  }
  return repairs;
}

function isLarge(trial: Trial): boolean {
  const repair = trial.repair(() => '');
  return repair.kind === 'drop' || (repair.kind === 'loosen' && repair.lines.length > 1);
}

async function tryTrial(trial: Trial, facts: Facts, loader: Loader): Promise<Repair | null> {
  const { request, target } = trial;
  const policy = candidatePolicy(facts.tables, target, request.options);
  const world = targetWorld(facts, policy, demandsOn(target, request), request.options);
  try {
    const result = await search(world, loader, trialSteps, request.signal);
    if (result.kind !== 'solved') return null;
    return trial.repair((name) => {
      const project = normalizeName(name);
      const rank = result.chosen.get(project)?.rank ?? -1;
      return world.page(project)?.page.versions[rank]?.text ?? '';
    });
  } catch (error) {
    if (error instanceof BudgetError) return null;
    throw error;
  }
}
