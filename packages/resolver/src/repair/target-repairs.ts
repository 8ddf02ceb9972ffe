import type { Loader } from '../driver/loader.ts';
import type { Facts } from '../facts/facts.ts';
import type { ResolveRequest } from '../request.ts';
import type { Refusal } from '../resolution.ts';
import type { Target } from '../target/target.ts';
import { otherOptions, otherPythons } from './alternatives.ts';
import { proposeRepairs } from './propose.ts';
import type { Repair } from './repair.ts';
import { tryRequest } from './trial.ts';

/** Repairs of the refusal of one target. */
export function targetRepairs(
  request: ResolveRequest,
  target: Target,
  { conflicting, reasons = [] }: Refusal,
  facts: Facts,
  loader: Loader,
): Promise<readonly Repair[]> {
  const asked = { ...request, targets: [target] };
  return proposeRepairs({
    request: asked,
    conflicts: [conflicting],
    reasons,
    facts,
    alternatives: [() => otherPythons(asked, target, reasons), () => otherOptions(asked, reasons)],
    trials: request.repairTrials ?? 0,
    spelling: request.spelling,
    attempt: (changed) => tryRequest(changed, changed.targets[0] ?? target, facts, loader),
  });
}
