import { normalizeName } from '@pyplan/markers';
import { candidatePolicy } from '../candidate/candidate-table.ts';
import type { Loader } from '../driver/loader.ts';
import { search } from '../driver/search.ts';
import { BudgetError } from '../errors.ts';
import { linesBehind } from '../explanation/explain.ts';
import type { Facts } from '../facts/facts.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import type { Target } from '../target/target.ts';
import { demandsOn } from '../world/demands.ts';
import { targetWorld } from '../world/target-world.ts';
import type { Repair } from './repair.ts';
import { loosen, repairTrials, type Trial } from './trials.ts';

/** Decisions that one trial may take. */
const trialSteps = 5000;

/** So many lines at most are changed together. */
const mostTogether = 6;

/** So many repairs are enough to choose from. */
const wanted = 3;

/**
 * Repairs of a refusal, the smallest change first, each solved before it is offered.
 *
 * Lines are dropped, or several changed, only where nothing smaller helps.
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
    const result = await tryTrial(trial, facts, loader);
    if (result.kind === 'repair') repairs.push(result.repair);
  }
  if (repairs.some(({ kind }) => kind === 'loosen') || repairs.length >= wanted) return repairs;
  const together = await loosenTogether(request, target, conflicting, facts, loader);
  return together === null ? repairs : [...repairs.filter(({ kind }) => kind !== 'drop'), together];
}

/** One conflict after the other, each line in it is loosened, until there is a plan. */
async function loosenTogether(
  request: ResolveRequest,
  target: Target,
  conflicting: readonly RootRequirement[],
  facts: Facts,
  loader: Loader,
): Promise<Repair | null> {
  const lines: RootRequirement[] = [];
  let next = conflicting;
  while (lines.length < mostTogether) {
    const loose = next.filter(
      (line) => !lines.includes(line) && line.requirement.specifier.specifiers.length > 0,
    );
    if (loose.length === 0) return null;
    lines.push(...loose);
    const written = [...request.requirements, ...request.constraints];
    const trial = loosen(
      request,
      target,
      written.filter((line) => lines.includes(line)),
    );
    const result = await tryTrial(trial, facts, loader);
    if (result.kind === 'repair') return result.repair;
    const origins = new Set(result.lines.map(({ origin }) => origin));
    next = written.filter(({ origin }) => origins.has(origin));
  }
  return null;
}

function isLarge(trial: Trial): boolean {
  const repair = trial.repair(() => '');
  return repair.kind === 'drop' || (repair.kind === 'loosen' && repair.lines.length > 1);
}

type TrialResult =
  | { readonly kind: 'repair'; readonly repair: Repair }
  /** The lines that conflict even so. */
  | { readonly kind: 'conflict'; readonly lines: readonly RootRequirement[] };

async function tryTrial(trial: Trial, facts: Facts, loader: Loader): Promise<TrialResult> {
  const { request, target } = trial;
  const policy = candidatePolicy(facts.tables, target, request.options);
  const world = targetWorld(facts, policy, demandsOn(target, request), request.options);
  try {
    const result = await search(world, loader, trialSteps, request.signal);
    if (result.kind === 'failed') return { kind: 'conflict', lines: linesBehind({ world, result }) };
    if (result.kind === 'refuted') return { kind: 'conflict', lines: result.lines };
    const repair = trial.repair((name) => {
      const project = normalizeName(name);
      const rank = result.chosen.get(project)?.rank ?? -1;
      return world.page(project)?.page.versions[rank]?.text ?? '';
    });
    return { kind: 'repair', repair };
  } catch (error) {
    if (error instanceof BudgetError) return { kind: 'conflict', lines: [] };
    throw error;
  }
}
