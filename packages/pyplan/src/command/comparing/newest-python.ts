import type { Note, Plan } from '@pyplan/resolver';
import { assumePlatform } from '../../input/default-targets.ts';
import { UsageError } from '../../input/input-error.ts';
import { formatNewestPython } from '../../render/newest-python-text.ts';
import { formatDuration } from '../../render/quantities.ts';
import { type NewestPython, newestPythonFor } from '../../verbs/comparing/newest-python.ts';
import { tryCompareVersions } from '../../verbs/version-order.ts';
import type { Context } from '../context.ts';
import { emit, emitJson } from '../output/emit.ts';
import { packageJson } from '../output/plan-json.ts';
import { exitCode } from '../output/report-error.ts';
import { answerInputs } from '../resolving/resolve-inputs.ts';

interface Answer {
  readonly status: 'resolved';
  readonly plans: readonly Plan[];
  readonly notes: readonly Note[];
  readonly platforms: readonly NewestPython[];
}

/** `pyplan compare --newest-python`: how new a Python may be. Exit code 1 where none will do on some platform. */
export async function runNewestPython(context: Context): Promise<number> {
  const { settings, world } = context;
  if (settings.environments.length > 0) {
    throw new UsageError('--newest-python looks for a Python, and --env names one', {
      hint: 'Name platforms alone: --platform linux,macos',
    });
  }
  const machine = settings.platforms.length === 0 ? assumePlatform(world.machine) : null;
  const platform = machine === null ? settings.platforms : [machine.value];
  const assumed: readonly Note[] =
    machine === null
      ? []
      : [{ kind: 'assumed', package: null, text: `platform ${machine.value}, ${machine.reason}` }];
  const oldestFirst = settings.pythons.toSorted((a, b) => tryCompareVersions(a, b) ?? 0);
  const pythons = oldestFirst.length === 0 ? {} : { pythons: oldestFirst };
  const resolved = await answerInputs(context, { sources: settings.positionals }, ({ requiresPython }) => ({
    assumed,
    resolve: async (request): Promise<Answer> => {
      // What blocks a Python is told, not mended: a repair would be another Python.
      const asked = { ...request, platform, requiresPython, repairTrials: 0, ...pythons };
      const { platforms, notes } = await newestPythonFor(asked);
      const plans = platforms.flatMap(({ newest }) => (newest === null ? [] : [newest.plan]));
      return { status: 'resolved', plans, notes, platforms };
    },
  }));
  const { platforms } = resolved.answer;
  if (settings.json) await emitJson(context, { platforms: platforms.map(platformJson) });
  else {
    const layout = { style: context.resultStyle, width: context.width };
    await emit(context, formatNewestPython(platforms, layout));
    context.say(context.style.dim(`Resolved in ${formatDuration(resolved.milliseconds)}`));
  }
  return platforms.every(({ newest }) => newest !== null) ? exitCode.done : exitCode.noSolution;
}

function platformJson({ platform, newest, blocked }: NewestPython): object {
  return {
    platform,
    newest:
      newest === null ? null : { python: newest.python, packages: newest.plan.packages.map(packageJson) },
    blocked:
      blocked === null
        ? null
        : {
            python: blocked.python,
            explanation: blocked.explanation,
            lines: (blocked.refusal?.conflicting ?? []).map(({ requirement, origin }) => ({
              text: requirement.text,
              origin,
            })),
            reasons: blocked.refusal?.reasons ?? [],
          },
  };
}
