import { compareVersions, parseVersion } from '@pyplan/markers';
import { candidatePolicy } from '../candidate/candidate-table.ts';
import { followEarlier, keepForLater } from '../driver/earlier-searches.ts';
import { foundUnopposed } from '../driver/first-choices.ts';
import type { Loader } from '../driver/loader.ts';
import { followShared, type SharedSearches, sharedSearch } from '../driver/search.ts';
import { refuse } from '../explanation/refuse.ts';
import type { Facts } from '../facts/facts.ts';
import { buildPlan } from '../plan/build-plan.ts';
import type { ResolveOptions, ResolveRequest, UniversalRequest } from '../request.ts';
import type { Note, Plan } from '../resolution.ts';
import type { ChosenVersion } from '../solver/solver.ts';
import type { Target } from '../target/target.ts';
import { demandsOn } from '../world/demands.ts';
import { type TargetWorld, targetWorld } from '../world/target-world.ts';
import { carriedRefusal } from './refused/carried-refusal.ts';
import { refusedAlike, refusedAlone } from './refused/refused-alike.ts';
import { type Nearby, type RefusedRegion, refusedRegion } from './refused/refused-region.ts';
import type { Region } from './region.ts';

/**
 * A region that takes more looks is first compared with those that were refused before it, and it is asked whether one of
 * the user's lines can't be met by itself: where a platform lacks a wheel, that is quickly seen then, and slowly among all
 * the others.
 */
const workAtFirst = 3000;

/** A region with its plan, and the world it was made in. */
export interface SolvedRegion {
  readonly region: Region;
  readonly world: TargetWorld;
  readonly chosen: ReadonlyMap<string, ChosenVersion>;
  readonly plan: Plan;
  readonly notes: readonly Note[];
}

export interface RegionAnswers {
  readonly solved: readonly SolvedRegion[];
  readonly refused: readonly RefusedRegion[];
}

/**
 * Solves region after region, each preferring the versions that those before it chose: so that a package
 * has no more versions than the parts of the universe need. Answers in `known` are taken as they are, and
 * new ones are added to it.
 */
export async function solveRegions(
  request: UniversalRequest,
  regions: readonly Region[],
  facts: Facts,
  loader: Loader,
  known: Map<Target, RegionAnswer>,
  shared: SharedSearches,
): Promise<RegionAnswers> {
  const chosen = new Map<string, readonly string[]>();
  const solved: SolvedRegion[] = [];
  const refused: RefusedRegion[] = [];
  for (const region of regions) {
    const answer =
      known.get(region.target) ??
      (await solveRegion(request, region, refused, facts, loader, preferring(request, chosen), shared));
    known.set(region.target, answer);
    if (answer.kind === 'refused') refused.push({ ...answer.refused, region });
    else {
      solved.push({ ...answer.solved, region });
      for (const { name, version } of answer.solved.plan.packages)
        note(chosen, name, version, request.options);
    }
  }
  return { solved, refused };
}

/**
 * Notes a version: the newest first where the highest are wanted, for a newer Python may have been held to an older one
 * at some patch level, which others need not follow.
 */
function note(
  chosen: Map<string, readonly string[]>,
  name: string,
  version: string,
  { mode }: ResolveOptions,
): void {
  const versions = chosen.get(name) ?? [];
  if (versions.includes(version)) return;
  const all = [...versions, version];
  if (mode === 'highest') all.sort((a, b) => compareVersions(parseVersion(b), parseVersion(a)));
  chosen.set(name, all);
}

/** The user's preferences first, then what other regions chose. */
function preferring(
  request: UniversalRequest,
  chosen: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const preferences = new Map<string, readonly string[]>(chosen);
  for (const [name, versions] of request.options.preferences) {
    const own = typeof versions === 'string' ? [versions] : versions;
    preferences.set(name, [...own, ...(chosen.get(name) ?? [])]);
  }
  return preferences;
}

/** The answer for a target: the same whatever the region it stands for ends with. */
export type RegionAnswer =
  | { readonly kind: 'solved'; readonly solved: SolvedRegion }
  | { readonly kind: 'refused'; readonly refused: RefusedRegion };

async function solveRegion(
  request: UniversalRequest,
  region: Region,
  refusedBefore: readonly RefusedRegion[],
  facts: Facts,
  loader: Loader,
  preferences: ReadonlyMap<string, readonly string[]>,
  shared: SharedSearches,
): Promise<RegionAnswer> {
  const options = { ...request.options, preferences };
  const { target } = region;
  const asked: ResolveRequest = { ...request, options, targets: [target] };
  const policy = candidatePolicy(facts.tables, target, options);
  const demands = demandsOn(target, asked);
  const newWorld = (): TargetWorld => targetWorld(facts, policy, demands, options);
  const { maxSteps } = options;
  const nearby: Nearby = { request: asked, region, whole: newWorld(), refused: refusedBefore, loader };
  const before = await carriedRefusal(nearby, 'same Python');
  if (before !== null) return { kind: 'refused', refused: before };
  const seen = foundUnopposed(newWorld(), maxSteps) ?? followShared(shared, newWorld);
  if (seen?.result.kind === 'solved') return solvedAnswer(region, seen.world, seen.result.chosen);
  const alike = await refusedAlike(nearby);
  if (alike !== null) return { kind: 'refused', refused: alike };
  const started = sharedSearch(shared, newWorld(), loader, maxSteps, request.signal);
  const easy = seen ?? followEarlier(facts, maxSteps, newWorld) ?? (await started.upTo(workAtFirst));
  const known =
    easy === null ? ((await carriedRefusal(nearby, 'any')) ?? (await refusedAlone(nearby))) : null;
  if (known !== null) return { kind: 'refused', refused: known };
  const searched = easy ?? (await started.toTheEnd());
  keepForLater(facts, maxSteps, searched);
  const { world, result } = searched;
  if (result.kind === 'solved') return solvedAnswer(region, world, result.chosen);
  return {
    kind: 'refused',
    refused: refusedRegion(region, world, await refuse(world, result, asked, loader)),
  };
}

function solvedAnswer(
  region: Region,
  world: TargetWorld,
  chosen: ReadonlyMap<string, ChosenVersion>,
): RegionAnswer {
  const { plan, notes } = buildPlan(world, chosen);
  return { kind: 'solved', solved: { region, world, chosen, plan, notes } };
}
