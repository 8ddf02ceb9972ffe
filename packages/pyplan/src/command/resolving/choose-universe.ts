import type { Note } from '@pyplan/resolver';
import { UsageError } from '../../input/input-error.ts';
import type { InputFiles } from '../../input/input-files.ts';
import { checkedMarker } from '../../input/project/uv-project.ts';
import type { Inputs } from '../../input/read-inputs.ts';
import type { Context } from '../context.ts';
import { assumedPython, assumption } from './choose-targets.ts';

/** Which targets a lock is for, all in one. */
export interface ChosenUniverse {
  readonly requiresPython: string;
  readonly platforms: readonly string[] | null;
  /** Markers that it is limited to; none where it is not limited. */
  readonly environments: readonly string[];
  readonly requiredEnvironments: readonly string[];
}

/**
 * The universe that `--universal` means: from `--python` upwards or within it, else what the project's
 * requires-python allows, else from the assumed Python upwards.
 *
 * @throws UsageError where several Pythons are named.
 */
export function chooseUniverse(
  context: Context,
  inputs: Inputs,
  files: InputFiles,
): ChosenUniverse & { readonly assumed: readonly Note[] } {
  const { platforms } = context.settings;
  return {
    ...choosePythons(context, inputs, files),
    platforms: platforms.length > 0 ? platforms : null,
    ...chooseEnvironments(context, inputs),
  };
}

/** Markers of the command line; what `tool.uv` limits the universe to counts where that limits it to nothing. */
function chooseEnvironments(
  { settings }: Context,
  inputs: Inputs,
): Pick<ChosenUniverse, 'environments' | 'requiredEnvironments'> {
  const checked = (option: string, texts: readonly string[]): readonly string[] =>
    texts.map((text) => checkedMarker(text, option, 'argument'));
  const environments = checked('--environment', settings.supportedEnvironments);
  return {
    environments: environments.length > 0 ? environments : inputs.environments,
    requiredEnvironments: [
      ...inputs.requiredEnvironments,
      ...checked('--required-environment', settings.requiredEnvironments),
    ],
  };
}

/** Refuses options that only `--universal` heeds. @throws UsageError */
export function refuseIdleEnvironments({ settings }: Context): void {
  const [option] = [
    ...settings.supportedEnvironments.map(() => '--environment'),
    ...settings.requiredEnvironments.map(() => '--required-environment'),
  ];
  if (option === undefined || settings.universal) return;
  throw new UsageError(`${option} is of --universal, which is not given`, {
    hint: `Add --universal, or name targets by --python and --platform and leave ${option} out`,
  });
}

function choosePythons(
  context: Context,
  inputs: Inputs,
  files: InputFiles,
): Pick<ChosenUniverse, 'requiresPython'> & { readonly assumed: readonly Note[] } {
  const { pythons } = context.settings;
  const bounds = pythons.filter((python) => /^[<>=!~]/.test(python));
  if (pythons.length > 0 && bounds.length === pythons.length) {
    return { requiresPython: bounds.join(','), assumed: [] };
  }
  if (pythons.length > 1) {
    throw new UsageError('--universal takes one Python, from which on it locks', {
      hint: `Write --python ${pythons[0] ?? ''}, or bounds: --python ">=3.10,<3.14"`,
    });
  }
  const [lowest] = pythons;
  if (lowest !== undefined && !/^\d+\.\d+(\.\d+)?$/.test(lowest)) {
    throw new UsageError(`--universal locks for CPython, and "${lowest}" is no version of it`, {
      hint: 'Write --python 3.10, or bounds: --python ">=3.10,<3.14"',
    });
  }
  if (lowest !== undefined) return { requiresPython: `>=${lowest}`, assumed: [] };
  if (inputs.requiresPython !== null) {
    return { requiresPython: inputs.requiresPython.text, assumed: [] };
  }
  const { value, reason } = assumedPython(inputs, files);
  const assumed = [assumption(`Python ${value} and newer, ${reason}`)];
  return { requiresPython: `>=${value}`, assumed };
}
