import { UsageError } from '../../input/input-error.ts';
import { formatComparison } from '../../render/comparison-text.ts';
import { formatDuration } from '../../render/quantities.ts';
import { comparePlans } from '../../verbs/comparison.ts';
import type { Context } from '../context.ts';
import { emit, emitJson } from '../output/emit.ts';
import { refuse } from '../output/refuse.ts';
import { resolveInputs } from '../resolving/resolve-inputs.ts';

/** `pyplan compare`: what differs between targets. */
export async function runCompare(context: Context): Promise<number> {
  const { settings } = context;
  if (settings.pythons.length < 2 && settings.platforms.length < 2) {
    throw new UsageError('compare needs two targets or more', {
      hint: 'Name them: --python 3.12,3.14, or --platform linux,macos, or both',
    });
  }
  const resolved = await resolveInputs(context, { sources: settings.positionals });
  const { answer } = resolved;
  if (answer.status === 'no-solution') return refuse(context, answer.refusals, resolved);
  const comparison = comparePlans(answer.plans);
  if (settings.json) {
    await emitJson(context, comparison);
    return 0;
  }
  const layout = { style: context.resultStyle, width: context.width, all: settings.all };
  await emit(context, formatComparison(comparison, layout));
  context.say(context.style.dim(`Resolved in ${formatDuration(resolved.milliseconds)}`));
  return 0;
}
