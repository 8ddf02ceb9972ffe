import { normalizeName } from '@pyplan/markers';
import type { Loader } from '../driver/loader.ts';
import { drive, patience, type SearchResult, sharedSearch } from '../driver/search.ts';
import { BudgetError } from '../errors.ts';
import { lemmaProof } from '../proof/lemma-proof.ts';
import type { Proof } from '../proof/proof.ts';
import type { ResolveRequest } from '../request.ts';
import type { Refusal, RootRequirement } from '../resolution.ts';
import { type Refuted, satSearch } from '../sat/sat-search.ts';
import { newAnswerTree } from '../solver/followed/answer-tree.ts';
import { narrowedRequest, withLines } from '../world/narrowed-world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { proofDerivation } from './derivation/proof-derivation.ts';
import { explain, explainDerivation, refusalText } from './explain.ts';
import { minimalFailure } from './minimal-core.ts';

/** So many conflicts a Boolean search may meet to tell whether a constraint can be spared, or to find a proof. */
const mostConflicts = 200_000;

/** So many decisions, and looks at incompatibilities, the search by versions may take on the lines that conflict. */
const mostSteps = 20_000;
const mostWork = patience / 4;

/**
 * Why there is no solution where the Boolean search has found that out: by a search by versions on the lines that
 * conflict, which has less to go through; where that is too long as well, by what the Boolean search has learnt.
 */
export async function explainRefuted(
  world: TargetWorld,
  refuted: Refuted,
  request: ResolveRequest,
  loader: Loader,
): Promise<Refusal> {
  const { signal } = request;
  const { lines, projects, refutation } = refuted;
  const proof = refutation === null ? null : lemmaProof(world, refutation);
  const constraints = proof === null ? request.constraints : constraintsIn(proof, request.constraints);
  const kept = await withinBudget(() => neededConstraints(world, lines, constraints, loader, signal));
  const needed = [...lines, ...(kept ?? constraints)];
  const narrow = withLines(world, needed);
  const result = await withinBudget(() => searchByVersions(narrow, loader, signal));
  if (result?.kind === 'failed') {
    const part = narrowedRequest(request, needed);
    const { failure } = await minimalFailure({ world: narrow, result }, part, loader);
    return explain(failure);
  }
  const isOfNeeded = kept === null || kept.length === constraints.length;
  if (proof !== null && isOfNeeded) return explainProof(proof, world);
  const explained = await withinBudget(() => explainByClauses(narrow, loader, signal));
  return explained ?? linesAlone(world, lines, projects);
}

/** Null where something takes too long, or too much that is not known yet. */
async function withinBudget<Result>(attempt: () => Promise<Result>): Promise<Result | null> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof BudgetError) return null;
    throw error;
  }
}

/** By what the Boolean search learns, in a world that has no solution; null where that is too much. */
export async function explainByClauses(
  world: TargetWorld,
  loader: Loader,
  signal: AbortSignal | undefined,
): Promise<Refusal | null> {
  const result = await drive(satSearch(world, mostConflicts), world, loader, signal);
  if (result.kind === 'solved') throw new Error('invariant: the lines that conflict have a plan');
  return result.refutation === null ? null : explainProof(lemmaProof(world, result.refutation), world);
}

function explainProof(proof: Proof, world: TargetWorld): Refusal {
  const { derivation, packages } = proofDerivation(proof);
  return explainDerivation(derivation, world, packages);
}

/** The constraints on projects of which a proof says that versions are forbidden. */
function constraintsIn(proof: Proof, constraints: readonly RootRequirement[]): readonly RootRequirement[] {
  const limited = new Set(
    proof.flatMap((step) => (step.rule === 'constrained' ? [step.subject.project] : [])),
  );
  return constraints.filter(({ requirement }) => limited.has(normalizeName(requirement.name)));
}

/** The constraints without which there is a plan, each left out in turn. */
async function neededConstraints(
  world: TargetWorld,
  lines: readonly RootRequirement[],
  constraints: readonly RootRequirement[],
  loader: Loader,
  signal: AbortSignal | undefined,
): Promise<readonly RootRequirement[]> {
  let kept = constraints;
  const isRefuted = async (some: readonly RootRequirement[]): Promise<boolean> => {
    const trial = withLines(world, [...lines, ...some]);
    const { kind } = await drive(satSearch(trial, mostConflicts), trial, loader, signal);
    return kind === 'refuted';
  };
  if (kept.length > 0 && (await isRefuted([]))) return [];
  for (const line of constraints) {
    const rest = kept.filter((each) => each !== line);
    if (await isRefuted(rest)) kept = rest;
  }
  return kept;
}

/** Null where it takes long. */
async function searchByVersions(
  narrow: TargetWorld,
  loader: Loader,
  signal: AbortSignal | undefined,
): Promise<SearchResult | null> {
  const world = loader.within(narrow);
  const searched = await sharedSearch(newAnswerTree('lines'), world, loader, mostSteps, signal).upTo(
    mostWork,
  );
  return searched?.result ?? null;
}

/** Where even the proof is too long: what conflicts, and where it was sought. */
function linesAlone(
  world: TargetWorld,
  lines: readonly RootRequirement[],
  projects: readonly string[],
): Refusal {
  const { target } = world.policy;
  const because =
    `every combination of versions of the ${projects.length} packages they lead to was ruled out; ` +
    'each of these lines is needed for that';
  return { target, explanation: refusalText(target, lines, world, [because]), conflicting: lines };
}
