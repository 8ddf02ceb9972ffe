import { type Note, releasedPythons, type Target, target } from '@pyplan/resolver';
import { allowsPython, assumePlatform, assumePython } from '../../input/default-targets.ts';
import { UsageError } from '../../input/input-error.ts';
import type { InputFiles } from '../../input/input-files.ts';
import type { Inputs } from '../../input/read-inputs.ts';
import type { Context } from '../context.ts';

/** What inputs say of the Python that they are for. */
export type TargetHints = Pick<Inputs, 'directory' | 'requiresPython'>;

/** The targets that the command line names, or that are assumed. */
export function chooseTargets(
  context: Context,
  inputs: TargetHints,
  files: InputFiles,
): { readonly targets: readonly Target[]; readonly assumed: readonly Note[] } {
  const { settings, world, reported } = context;
  const assumed: Note[] = reported.flatMap((each) => each.assumed.map(assumption));
  const assume = (what: string, { value, reason }: { value: string; reason: string }): string => {
    assumed.push(assumption(`${what} ${value}, ${reason}`));
    return value;
  };
  const named = [...settings.pythons, ...settings.platforms];
  if (reported.length > 0 && named.length === 0) {
    return { targets: reported.map((each) => each.target), assumed };
  }
  const pythons =
    settings.pythons.length > 0 ? settings.pythons : [assume('Python', assumedPython(inputs, files))];
  const platforms =
    settings.platforms.length > 0 ? settings.platforms : [assume('platform', assumePlatform(world.machine))];
  const targets = [
    ...pythons.flatMap((python) => platforms.map((platform) => target(python, platform))),
    ...reported.map((each) => each.target),
  ];
  if (inputs.requiresPython !== null) warnOfOtherPythons(context, inputs.requiresPython, targets);
  return { targets, assumed };
}

/** The targets that the command line names; where it names none, those that the lock says it was made for. */
export function targetsOfLock(
  context: Context,
  lock: { readonly targets: readonly Pick<Target, 'python' | 'platform'>[] },
): readonly Target[] {
  const named = namedTargets(context);
  return named.length > 0 ? named : lock.targets.map(({ python, platform }) => target(python, platform));
}

/** The targets that the command line names; none where it names neither Pythons nor platforms nor reports. */
export function namedTargets(context: Context): readonly Target[] {
  const { pythons, platforms } = context.settings;
  const reported = context.reported.map((each) => each.target);
  if (pythons.length === 0 && platforms.length === 0) return reported;
  if (pythons.length === 0) throw new UsageError('--platform needs a --python to go with it');
  const on = platforms.length > 0 ? platforms : [assumePlatform(context.world.machine).value];
  return [...pythons.flatMap((python) => on.map((platform) => target(python, platform))), ...reported];
}

function warnOfOtherPythons(
  context: Context,
  requires: { readonly text: string; readonly source: string },
  targets: readonly Target[],
): void {
  const excluded = targets.filter(
    ({ environment }) => !allowsPython(requires.text, requires.source, environment.python_full_version),
  );
  for (const python of new Set(excluded.map((each) => each.python))) {
    context.warn(`${requires.source} asks for Python ${requires.text}, which ${python} is not`);
  }
}

/** The Python to assume where the command line names none, and why. */
export function assumedPython(
  inputs: TargetHints,
  files: InputFiles,
): { readonly value: string; readonly reason: string } {
  const { directory, requiresPython } = inputs;
  const path = directory === null || directory === '.' ? '.python-version' : `${directory}/.python-version`;
  const versionFile =
    files.kindOf(path) === 'file' ? { text: new TextDecoder().decode(files.read(path)), source: path } : null;
  return assumePython({ versionFile, requiresPython }, releasedPythons);
}

/** A note of what was assumed. */
export function assumption(text: string): Note {
  return { kind: 'assumed', package: null, text };
}
