import { UsageError } from '../../input/input-error.ts';
import { formatComparison } from '../../render/comparison-text.ts';
import { formatDuration } from '../../render/quantities.ts';
import { compare } from '../../verbs/comparing/compare.ts';
import { isPairOfLocks } from '../comparing/pair-of-locks.ts';
import type { Context } from '../context.ts';
import { comparisonJson } from '../output/comparison-json.ts';
import { emit, emitJson } from '../output/emit.ts';
import { refuse } from '../output/refuse.ts';
import { diskFiles } from '../process/disk-files.ts';
import { chooseTargets } from '../resolving/choose-targets.ts';
import { answerInputs } from '../resolving/resolve-inputs.ts';

/** `pyplan compare`: what differs, between targets, two times, two sets of inputs or two locks, and why. */
export async function runCompare(context: Context): Promise<number> {
  const { settings } = context;
  const ways = [
    ...(settings.newestPython ? ['--newest-python'] : []),
    ...(settings.between === null ? [] : ['--between']),
    ...(settings.against.length === 0 ? [] : ['--against']),
  ];
  if (ways.length > 1) {
    throw new UsageError(`${ways.join(' and ')} ask for two comparisons`, { hint: 'Ask for one at a time' });
  }
  switch (ways[0]) {
    case '--newest-python':
      return (await import('../comparing/newest-python.ts')).runNewestPython(context);
    case '--between':
      return (await import('../comparing/two-plans.ts')).runBetween(context);
    case '--against':
      return (await import('../comparing/two-plans.ts')).runAgainst(context);
    default:
      if (isPairOfLocks(settings, diskFiles(context))) return (await import('./diff.ts')).runDiff(context);
      return compareTargets(context);
  }
}

async function compareTargets(context: Context): Promise<number> {
  const { settings } = context;
  const named = Math.max(settings.pythons.length, settings.platforms.length);
  if (named + settings.environments.length < 2) {
    throw new UsageError('compare needs two targets or more', {
      hint:
        'Name them: --python 3.12,3.14, or --platform linux,macos, or both; or compare two times (--between), ' +
        'other inputs (--against), two locks, or ask for the --newest-python',
    });
  }
  const resolved = await answerInputs(context, { sources: settings.positionals }, (inputs, files) => {
    const { targets, assumed } = chooseTargets(context, inputs, files);
    return { assumed, resolve: (request) => compare({ ...request, targets }) };
  });
  const { answer } = resolved;
  const { comparison } = answer;
  const layout = { style: context.resultStyle, width: context.width, all: settings.all };
  if (answer.status === 'no-solution') {
    if (settings.json) return refuse(context, answer, resolved, await comparisonJson(comparison));
    // The targets that have a plan can be told apart all the same.
    await emit(context, `${formatComparison(comparison, layout)}\n`);
    return refuse(context, answer, resolved);
  }
  if (settings.json) {
    await emitJson(context, comparison);
    return 0;
  }
  await emit(context, formatComparison(comparison, layout));
  context.say(context.style.dim(`Resolved in ${formatDuration(resolved.milliseconds)}`));
  return 0;
}
