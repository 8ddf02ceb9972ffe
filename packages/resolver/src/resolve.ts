import { candidatePolicy } from './candidate/candidate-table.ts';
import { followEarlier, keepForLater } from './driver/earlier-searches.ts';
import { foundUnopposed } from './driver/first-choices.ts';
import { type Loader, newLoader, sparingLoader } from './driver/loader.ts';
import { followShared, type SharedSearches, searchAndShare } from './driver/search.ts';
import { versionBudget } from './driver/version-budget.ts';
import { refuse } from './explanation/refuse.ts';
import type { Facts } from './facts/facts.ts';
import { factsOf } from './facts/facts-of-source.ts';
import { buildPlan } from './plan/build-plan.ts';
import { distinctNotes } from './plan/notes.ts';
import { targetRepairs } from './repair/target-repairs.ts';
import type { ResolveOptions, ResolveRequest, UniversalRequest } from './request.ts';
import type { Note, Plan, Refusal, Resolution, UniversalResolution } from './resolution.ts';
import { newAnswerTree } from './solver/followed/answer-tree.ts';
import type { Target } from './target/target.ts';
import { resolveUniversal as solveUniverse } from './universe/resolve-universal.ts';
import { demandsOn } from './world/demands.ts';
import { type TargetWorld, targetWorld } from './world/target-world.ts';

/**
 * One lock for every target of a universe, each judged by its own wheels' metadata, checked target by target.
 *
 * @throws as `resolve`, and `InvalidSpecifierError` for a malformed `requiresPython`.
 */
export async function resolveUniversal(request: UniversalRequest): Promise<UniversalResolution> {
  return await solveUniverse(request, factsOf(request.source));
}

/** What an option is where the caller does not say. */
export const defaultOptions: ResolveOptions = {
  mode: 'highest',
  prerelease: 'if-necessary-or-explicit',
  prereleasePackages: new Map(),
  excludeNewer: null,
  excludeNewerPackages: new Map(),
  excludes: new Set(),
  onlyBinary: new Set(),
  noBinary: new Set(),
  preferences: new Map(),
  maxSteps: 4_000_000,
};

type TargetAnswer =
  | { readonly kind: 'plan'; readonly plan: Plan; readonly notes: readonly Note[] }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

/**
 * A plan for each target, or why there is none.
 *
 * The same request over a source that gives the same answers gives the same resolution, in whatever
 * order the answers come. A later call over the same source reuses what this one parsed.
 *
 * @throws {SourceError} where the source fails.
 * @throws {BudgetError} after `options.maxSteps` decisions for one target.
 * @throws the reason of `signal`, once it is aborted.
 */
export async function resolve(request: ResolveRequest): Promise<Resolution> {
  // What is at hand may be answered without any wait in which the signal would be asked.
  request.signal?.throwIfAborted();
  const facts = factsOf(request.source);
  const progress = progressReporter(request);
  const loader = newLoader(facts, request.signal, (name) => progress(name, loader));
  const shared: SharedSearches = newAnswerTree('lines');
  const answers = await Promise.all(
    request.targets.map((target) => resolveTarget(request, facts, target, loader, shared)),
  );
  request.onProgress?.({
    phase: 'done',
    target: null,
    name: null,
    pages: loader.counts.pages,
    metadata: loader.counts.metadata,
    decided: 0,
  });
  return collect(answers);
}

function progressReporter(request: ResolveRequest): (name: string, loader: Loader) => void {
  const { onProgress } = request;
  if (onProgress === undefined) return () => undefined;
  return (name, { counts }) => onProgress({ phase: 'resolving', target: null, name, ...counts, decided: 0 });
}

/**
 * Versions whose metadata an explanation may use beside those that the verdict rests on: enough to see for
 * most lines whether they can be spared, and few enough not to keep the user waiting.
 */
const explanationAllowance = 10;

async function resolveTarget(
  request: ResolveRequest,
  facts: Facts,
  target: Target,
  loader: Loader,
  shared: SharedSearches,
): Promise<TargetAnswer> {
  const { options } = request;
  const policy = candidatePolicy(facts.tables, target, options);
  const demands = demandsOn(target, request);
  const budget = versionBudget(explanationAllowance);
  const plainWorld = (): TargetWorld => targetWorld(facts, policy, demands, options);
  const newWorld = (): TargetWorld => budget.noting(plainWorld());
  const { maxSteps } = options;
  const searched =
    // What it looks at depends on what is known by now, so that is not noted.
    foundUnopposed(plainWorld(), maxSteps) ??
    followShared(shared, newWorld) ??
    followEarlier(facts, maxSteps, newWorld) ??
    (await searchAndShare(shared, newWorld(), loader, maxSteps, request.signal));
  keepForLater(facts, maxSteps, searched);
  const { world, result } = searched;
  if (result.kind === 'solved') return { kind: 'plan', ...buildPlan(world, result.chosen) };
  const grounds = await refuse(world, result, request, sparingLoader(loader, budget));
  const refusal = grounds.tell();
  if ((request.repairTrials ?? 0) === 0) return { kind: 'refusal', refusal };
  const { repairs, untried } = await targetRepairs({
    request,
    target,
    refusal,
    failure: grounds.failure,
    facts,
    loader,
    budget,
  });
  return { kind: 'refusal', refusal: { ...refusal, repairs, ...(untried ? { untried } : {}) } };
}

function collect(answers: readonly TargetAnswer[]): Resolution {
  const plans = answers.flatMap((answer) => (answer.kind === 'plan' ? [answer.plan] : []));
  const refusals = answers.flatMap((answer) => (answer.kind === 'refusal' ? [answer.refusal] : []));
  const notes = distinctNotes(answers.flatMap((answer) => (answer.kind === 'plan' ? answer.notes : [])));
  return refusals.length === 0
    ? { status: 'resolved', plans, notes }
    : { status: 'no-solution', plans, refusals, notes };
}
