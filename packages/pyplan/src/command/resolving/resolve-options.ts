import { normalizeName } from '@pyplan/markers';
import { defaultOptions, type PackageSelection, type ResolveOptions } from '@pyplan/resolver';
import { parseExcludeNewer } from '../../input/exclude-newer.ts';
import type { Inputs } from '../../input/read-inputs.ts';
import type { Context } from '../context.ts';

/** The options of a resolution: those of the command line before those of the input files. */
export function resolveOptions(
  context: Context,
  inputs: Inputs,
  preferences: ReadonlyMap<string, string> | undefined,
): ResolveOptions {
  const { settings, world } = context;
  const { options } = inputs;
  const { excludeNewer } = settings;
  return {
    ...defaultOptions,
    mode: settings.resolution ?? defaultOptions.mode,
    prerelease: settings.prerelease ?? (options.prereleases ? 'allow' : defaultOptions.prerelease),
    excludeNewer:
      excludeNewer === null ? defaultOptions.excludeNewer : parseExcludeNewer(excludeNewer, world.now()),
    onlyBinary: selectionOf([...options.onlyBinary, ...settings.onlyBinary]),
    noBinary: selectionOf([...options.noBinary, ...settings.noBinary]),
    preferences: preferences ?? defaultOptions.preferences,
  };
}

/** Names as pip reads them in order: `:all:` takes all, `:none:` forgets what came before. */
export function selectionOf(names: readonly string[]): PackageSelection {
  let selection: 'all' | Set<string> = new Set();
  for (const name of names) {
    if (name === ':all:') selection = 'all';
    else if (name === ':none:') selection = new Set();
    else if (selection !== 'all') selection.add(normalizeName(name));
  }
  return selection;
}
