import { formatRange, intersectRanges, normalizeName, parseSpecifierSet, rangeOf } from '@pyplan/markers';
import type { Loader } from '../driver/loader.ts';
import { BudgetError, InvalidTargetError, SourceError } from '../errors.ts';
import type { Facts } from '../facts/facts.ts';
import type { UniversalRequest } from '../request.ts';
import type { Plan, Refusal, UniversalResolution } from '../resolution.ts';
import { type Alternative, otherOptions } from './alternatives.ts';
import { type Proposed, proposeRepairs } from './propose.ts';
import { type TrialResult, trialSteps, tryRequest } from './trial.ts';

/** Of so many trials one may be a lock of the whole universe, which is many searches. */
const trialsPerLock = 3;

/** Why a universe has no lock. */
export interface RefusedUniverse {
  /** Of the targets that must be covered. */
  readonly refusals: readonly Refusal[];
  /** Minor versions of Python that the universe has, oldest first. */
  readonly pythons: readonly string[];
  /** Markers of environments that the universe is limited to, and of which nothing is covered. */
  readonly environments: readonly string[];
  /** Markers of required environments that are not covered whole. */
  readonly required: readonly string[];
  /** Whether some target has a plan. */
  readonly isPartlySolved: boolean;
}

/**
 * Repairs of a universe that has no lock: each is tried at the targets that are refused, and then locked, before it is
 * offered.
 *
 * @param solve a lock of a changed universe, without repairs
 */
export function universalRepairs(
  request: UniversalRequest,
  refused: RefusedUniverse,
  facts: Facts,
  loader: Loader,
  solve: (request: UniversalRequest) => Promise<UniversalResolution>,
): Promise<Proposed> {
  const distinct = distinctRefusals(refused);
  const reasons = distinct.flatMap((refusal) => refusal.reasons ?? []);
  const { maxSteps } = request.options;
  const trials = request.repairTrials ?? 0;
  let left = Math.floor(trials / trialsPerLock);
  const attempt = async (changed: UniversalRequest): Promise<TrialResult> => {
    // Where the universe is another one, the targets refused need not be in it.
    const isWhole = covers(changed, request);
    for (const { target } of isWhole ? distinct : []) {
      const result = await tryRequest({ ...changed, targets: [target] }, target, facts, loader);
      if (result.kind !== 'solved') return result;
    }
    if (left === 0) return { kind: 'unknown', isCut: true };
    left -= 1;
    const options = { ...changed.options, maxSteps: Math.min(maxSteps, trialSteps) };
    return await tryLock({ ...changed, options, repairTrials: 0 }, solve);
  };
  return proposeRepairs({
    request,
    conflicts: distinct.map(({ conflicting }) => conflicting),
    reasons,
    facts,
    alternatives: [
      () => otherRequiresPython(request, refused),
      () => fewerPlatforms(request, refused),
      () => fewerEnvironments(request, refused),
      () => otherOptions(request, reasons),
    ],
    trials,
    spelling: request.spelling,
    attempt,
  });
}

/** One refusal of each conflict; where nothing at all is covered, that of the target that comes first. */
function distinctRefusals({ refusals, isPartlySolved }: RefusedUniverse): readonly Refusal[] {
  const byLines = new Map(
    refusals.toReversed().map((refusal) => [JSON.stringify(linesOf(refusal)), refusal] as const),
  );
  const distinct = [...byLines.values()].reverse();
  return isPartlySolved ? distinct : distinct.slice(0, 1);
}

function linesOf({ conflicting }: Refusal): readonly unknown[] {
  return conflicting.map(({ requirement, origin }) => [requirement.text, origin]);
}

function covers(changed: UniversalRequest, request: UniversalRequest): boolean {
  return (
    changed.requiresPython === request.requiresPython &&
    changed.platforms === request.platforms &&
    changed.environments === request.environments &&
    changed.requiredEnvironments === request.requiredEnvironments
  );
}

async function tryLock(
  request: UniversalRequest,
  solve: (request: UniversalRequest) => Promise<UniversalResolution>,
): Promise<TrialResult> {
  try {
    const resolution = await solve(request);
    if (resolution.status === 'resolved') {
      const { plans } = resolution.lock;
      return { kind: 'solved', versionOf: (name) => soleVersion(plans, normalizeName(name)) };
    }
    const [first] = resolution.refusals;
    return first === undefined
      ? { kind: 'unknown', isCut: false }
      : { kind: 'conflict', lines: first.conflicting };
  } catch (error) {
    const isOfTrial = [BudgetError, SourceError, InvalidTargetError].some((kind) => error instanceof kind);
    if (isOfTrial) return { kind: 'unknown', isCut: true };
    throw error;
  }
}

/** The version that a project has in every plan that has it. */
function soleVersion(plans: readonly Plan[], project: string): string | null {
  const versions = new Set(
    plans.flatMap(({ packages }) =>
      packages.flatMap(({ name, version }) => (name === project ? [version] : [])),
    ),
  );
  const [version = null] = versions;
  return versions.size === 1 ? version : null;
}

/** The longest run of Pythons of which none is refused, the newest of several. */
function otherRequiresPython(
  request: UniversalRequest,
  { refusals, pythons }: RefusedUniverse,
): readonly Alternative<UniversalRequest>[] {
  const bad = new Set(refusals.map(({ target }) => target.environment.python_version));
  const runs: string[][] = [[]];
  for (const python of pythons) {
    if (bad.has(python)) runs.push([]);
    else runs.at(-1)?.push(python);
  }
  const [longest = []] = runs.toReversed().sort((a, b) => b.length - a.length);
  const [oldest] = longest;
  if (oldest === undefined) return [];
  const after = pythons[pythons.indexOf(oldest) + longest.length];
  const within = after === undefined ? `>=${oldest}` : `>=${oldest},<${after}`;
  const range = intersectRanges(
    rangeOf(parseSpecifierSet(request.requiresPython)),
    rangeOf(parseSpecifierSet(within)),
  );
  const python = formatRange(range);
  if (python === null) return [];
  return [
    {
      request: { ...request, requiresPython: python },
      repair: { kind: 'python', python, text: `take Python ${python}` },
    },
  ];
}

/** The named platforms of which none is refused. */
function fewerPlatforms(
  request: UniversalRequest,
  { refusals }: RefusedUniverse,
): readonly Alternative<UniversalRequest>[] {
  const bad = new Set(refusals.map(({ target }) => target.platform));
  const left = request.platforms?.filter((platform) => !bad.has(platform)) ?? [];
  const platforms = request.platforms?.filter((platform) => bad.has(platform)) ?? [];
  if (left.length === 0 || platforms.length === 0) return [];
  const text = `leave out the platform${platforms.length === 1 ? '' : 's'} ${platforms.join(', ')}`;
  return [{ request: { ...request, platforms: left }, repair: { kind: 'platforms', platforms, text } }];
}

/** The environments that are covered; where it is limited to others alone, it would be limited no more. */
function fewerEnvironments(
  request: UniversalRequest,
  refused: RefusedUniverse,
): readonly Alternative<UniversalRequest>[] {
  const left = (all: readonly string[] = [], lost: readonly string[]): readonly string[] =>
    all.filter((text) => !lost.includes(text));
  const environments = left(request.environments, refused.environments);
  const lost = [...refused.environments, ...refused.required];
  if (lost.length === 0 || (environments.length === 0 && refused.environments.length > 0)) return [];
  const requiredEnvironments = left(request.requiredEnvironments, refused.required);
  const text = `leave out the environment${lost.length === 1 ? '' : 's'} ${lost.join(' and ')}`;
  return [
    {
      request: { ...request, environments, requiredEnvironments },
      repair: { kind: 'environments', environments: lost, text },
    },
  ];
}
