import { candidateAt } from '../candidate/candidate-table.ts';
import type { Loader } from '../driver/loader.ts';
import type { Failure } from '../driver/trials.ts';
import type { VersionBudget } from '../driver/version-budget.ts';
import type { Facts } from '../facts/facts.ts';
import { type Proof, proofHolds, proofOf } from '../proof/carried-proof.ts';
import type { ResolveRequest } from '../request.ts';
import type { Refusal } from '../resolution.ts';
import { termOf } from '../solver/incompatibility.ts';
import { nodeOf } from '../solver/package-store.ts';
import type { Target } from '../target/target.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { otherOptions, otherPythons } from './alternatives.ts';
import { type Proposed, proposeRepairs } from './propose.ts';
import { type TrialResult, tryRequest } from './trial.ts';

/** Versions that a trial may look into by default, besides one of each project. */
const furtherVersions = 20;

/** So many where nothing was found otherwise. */
const mostFurther = 120;

/** Versions that a proof may speak of that have other files on another target, for it to be looked at there. */
const mostUnlike = 8;

/** The refusal of a request for one target, and what is at hand to repair it. */
export interface Refused {
  readonly request: ResolveRequest;
  readonly target: Target;
  readonly refusal: Refusal;
  /** What shows it; null where that is not at hand. */
  readonly failure: Failure | null;
  readonly facts: Facts;
  readonly loader: Loader;
  /** What was looked into so far. */
  readonly budget: VersionBudget;
}

/** Repairs of the refusal of one target. */
export async function targetRepairs(refused: Refused): Promise<Proposed> {
  const { request, target, refusal, failure, facts, loader, budget } = refused;
  const { conflicting, reasons = [] } = refusal;
  const { signal } = request;
  const sparing = { ...loader, batches: false };
  const proof = failure === null ? null : proofOf(failure);
  const isStillRefused = async (world: TargetWorld): Promise<boolean> =>
    proof !== null &&
    unlikeVersions(proof, world) <= mostUnlike &&
    (await proofHolds(proof, world, sparing, signal));
  const asked = { ...request, targets: [target] };
  const propose = (further: number): Promise<Proposed> =>
    proposeRepairs({
      request: asked,
      conflicts: [conflicting],
      reasons,
      facts,
      alternatives: [() => otherPythons(asked, target, reasons), () => otherOptions(asked, reasons)],
      trials: request.repairTrials ?? 0,
      spelling: request.spelling,
      attempt: async (changed, freed) => {
        const attempt = (near: typeof freed): Promise<TrialResult> =>
          tryRequest(changed, changed.targets[0] ?? target, facts, sparing, {
            freed: near,
            within: (world) => budget.trial(world, further),
            // Where lines are changed, which of them help is known from the conflicts.
            isStillRefused: areSameLines(changed, request) ? isStillRefused : async () => false,
            conflicting,
          });
        const result = await attempt(new Map());
        // Where the newest versions do not fit, those of the time of the other lines perhaps do.
        return result.kind === 'unknown' && result.isCut && freed.size > 0 ? await attempt(freed) : result;
      },
    });
  if (request.repairVersions !== undefined) return await propose(request.repairVersions);
  const proposed = await propose(furtherVersions);
  return proposed.repairs.length === 0 && proposed.untried ? await propose(mostFurther) : proposed;
}

function areSameLines(a: ResolveRequest, b: ResolveRequest): boolean {
  return a.requirements === b.requirements && a.constraints === b.constraints && a.overrides === b.overrides;
}

/** Versions of which a proof says what they ask for, and of which another target takes another file. */
function unlikeVersions({ failure, facts }: Proof, world: TargetWorld): number {
  const unlike = new Set<string>();
  for (const fact of facts) {
    const { cause } = fact;
    const node =
      cause.kind === 'dependency' ? nodeOf(failure.result.solver.state.packages, cause.dependent) : null;
    const page = node === null || node.kind === 'root' ? null : (world.page(node.project) ?? null);
    if (page === null || cause.kind !== 'dependency') continue;
    const ranks = termOf(fact, cause.dependent)?.ranks ?? [];
    for (let i = 0; i < ranks.length; i += 2) {
      for (let rank = ranks[i] ?? 0; rank < (ranks[i + 1] ?? 0); rank++) {
        const file = candidateAt(world.policy, page, rank)?.file;
        const isKnown = file === candidateAt(failure.world.policy, page, rank)?.file;
        if (file !== undefined && !isKnown) unlike.add(`${page.page.name} ${rank}`);
      }
    }
  }
  return unlike.size;
}
