import type { Plan } from '@pyplan/resolver';
import { lockPlans } from '../from-plans.ts';
import type { ProjectPart } from '../project-parts.ts';
import { formatPylock } from './format-pylock.ts';
import { type ToPylockOptions, toPylock } from './to-pylock.ts';

export interface PylockOptions extends ToPylockOptions {
  /** See `inputsDigest`; kept under `[tool.pyplan]`. */
  readonly inputsDigest?: string | null;
  /** What was assumed, a sentence each; kept there too. */
  readonly assumed?: readonly string[];
  /** The project, its extras and its groups, which the plans resolve together. Default: no such parts. */
  readonly parts?: readonly ProjectPart[];
}

/**
 * A `pylock.toml` for one target or several (PEP 751). The same plans give the same text.
 *
 * @throws LockWriteError where a file has no hash, or where no marker tells two targets apart.
 */
export function writePylock(plans: readonly Plan[], options: PylockOptions = {}): string {
  const { inputsDigest = null, assumed = [], parts = [] } = options;
  return formatPylock(toPylock({ ...lockPlans(plans, inputsDigest, parts), assumed }, options));
}
