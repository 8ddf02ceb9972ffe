import type { Loader } from '../driver/loader.ts';
import { type Failure, failureOf } from '../driver/trials.ts';
import type { ResolveRequest } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import { withLines } from '../world/narrowed-world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { linesBehind, proofLength } from './explain.ts';

/** So many decisions a trial may take; a line whose removal is not settled by then counts as needed. */
const trialSteps = 1000;

/** A conflict of fewer lines may take so many more steps to tell; beyond that the longer list reads better. */
const longerBy = 8;

/** A failure that no line can be spared of. */
export interface MinimalFailure {
  readonly failure: Failure;
  /** The lines that its proof rests on, in the order written. */
  readonly lines: readonly RootRequirement[];
}

/**
 * Leaves out one line of the user's after the other and searches again: what still fails without a line
 * does not conflict because of it. Gives the failure of what is left, of which no line can be spared.
 */
export async function minimalFailure(
  first: Failure,
  request: ResolveRequest,
  loader: Loader,
): Promise<MinimalFailure> {
  let failure = first;
  let lines = linesBehind(first);
  let kept: readonly RootRequirement[] = [...request.requirements, ...request.constraints];
  // Without its URL a project has other versions: what they lead to says nothing of this conflict.
  const canGo = ({ requirement }: RootRequirement): boolean => requirement.url === null;
  // Lines that the proof does not rest on may all go at once.
  const attempts = [kept.filter((line) => canGo(line) && !lines.includes(line))];
  for (const line of lines.filter(canGo)) attempts.push([line]);
  for (const spared of attempts) {
    const rest = kept.filter((line) => !spared.includes(line));
    if (spared.length === 0 || rest.length === 0 || !spared.some((line) => kept.includes(line))) continue;
    // What all lines admit stays a candidate.
    const alone = (): TargetWorld => withLines(first.world, rest);
    const trial = await failureOf(alone, loader, trialSteps, request.signal);
    if (trial === null || proofLength(trial) > proofLength(failure) + longerBy) continue;
    failure = trial;
    lines = linesBehind(trial);
    kept = rest.filter((line) => lines.includes(line) || !canGo(line));
  }
  return { failure, lines };
}
