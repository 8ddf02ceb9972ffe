import { normalizeName } from '@pyplan/markers';
import {
  defaultOptions,
  durationText,
  type Note,
  type PackageSelection,
  type PrereleaseMode,
  type ResolveOptions,
  type UploadLimit,
  uploadBound,
} from '@pyplan/resolver';
import { excludeNewerPackages, prereleasePackages } from '../../input/options/by-package.ts';
import { parseUploadLimit } from '../../input/options/exclude-newer.ts';
import { mergeChoosingSettings } from '../../input/options/uv-settings.ts';
import type { Inputs } from '../../input/read-inputs.ts';
import type { Context } from '../context.ts';

/** The part of inputs that says how versions are chosen. */
type ChoosingInputs = Pick<Inputs, 'options' | 'excludes' | 'scopedExcludes' | 'settings'>;

/**
 * The options of a resolution: those of the command line before those of requirements files, and these before those
 * of uv's settings.
 *
 * @throws InputError for a value that can't be read.
 */
export function resolveOptions(
  context: Context,
  { options, excludes, scopedExcludes, settings: standing }: ChoosingInputs,
  preferences: ResolveOptions['preferences'] | undefined,
): ResolveOptions {
  const { settings, world } = context;
  const said = mergeChoosingSettings(standing);
  const now = world.now();
  const ofSettings = (option: string, text: string): UploadLimit | null =>
    parseUploadLimit(text, now, { option, place: { source: said.source } });
  return {
    ...defaultOptions,
    mode: settings.resolution ?? said.resolution ?? defaultOptions.mode,
    prerelease:
      settings.prerelease ?? releasesOf(options).all ?? said.prerelease ?? defaultOptions.prerelease,
    prereleasePackages: new Map([
      ...said.prereleasePackages,
      ...releasesOf(options).own,
      ...prereleasePackages(settings.prereleasePackages),
    ]),
    excludeNewer:
      settings.excludeNewer !== null
        ? parseUploadLimit(settings.excludeNewer, now, onCommandLine)
        : said.excludeNewer !== null
          ? ofSettings('exclude-newer', said.excludeNewer)
          : defaultOptions.excludeNewer,
    excludeNewerPackages: new Map([
      ...[...said.excludeNewerPackages].map(
        ([name, text]) => [name, ofSettings(`exclude-newer-package.${name}`, text)] as const,
      ),
      ...excludeNewerPackages(settings.excludeNewerPackages, now),
    ]),
    excludes: new Set(excludes),
    scopedExcludes,
    onlyBinary: selectionOf([...said.onlyBinary, ...options.onlyBinary, ...settings.onlyBinary]),
    noBinary: selectionOf([...said.noBinary, ...options.noBinary, ...settings.noBinary]),
    preferences: preferences ?? defaultOptions.preferences,
    maxSteps: settings.maxSteps ?? defaultOptions.maxSteps,
  };
}

/** What requirements files say of pre-releases: of all packages (null: nothing), and of some. */
function releasesOf({ prereleases, allReleases, onlyFinal }: Inputs['options']): {
  readonly all: PrereleaseMode | null;
  readonly own: readonly (readonly [string, PrereleaseMode])[];
} {
  const [allowed, refused] = [selectionOf(allReleases), selectionOf(onlyFinal)];
  const named = (selection: PackageSelection, mode: PrereleaseMode) =>
    selection === 'all' ? [] : [...selection].map((name) => [name, mode] as const);
  return {
    all: refused === 'all' ? 'disallow' : prereleases || allowed === 'all' ? 'allow' : null,
    own: [...named(allowed, 'allow'), ...named(refused, 'disallow')],
  };
}

const onCommandLine = { option: '--exclude-newer', place: { source: 'argument' } };

/** The limits on upload times as they were written: a duration means another moment at each run. */
export function writtenLimits(
  { settings }: Context,
  { settings: standing }: ChoosingInputs,
): readonly string[] {
  const said = mergeChoosingSettings(standing);
  const all = settings.excludeNewer ?? said.excludeNewer;
  const own = [...said.excludeNewerPackages].map(([name, text]) => `${name}=${text}`);
  return [
    ...(all === null ? [] : [`exclude-newer ${all}`]),
    ...[...own, ...settings.excludeNewerPackages].map((text) => `exclude-newer-package ${text}`),
  ];
}

/** The moments that durations came to, each a note of what was assumed. */
export function coolDownNotes({ excludeNewer, excludeNewerPackages: own }: ResolveOptions): readonly Note[] {
  const limits = [['', excludeNewer] as const, ...own];
  return limits.flatMap(([name, limit]) => {
    if (limit === null || typeof limit === 'number') return [];
    const of = name === '' ? '' : ` of ${name}`;
    const before = new Date(uploadBound(limit)).toISOString();
    const text = `files${of} uploaded before ${before}, ${durationText(limit.age)} ago`;
    return [{ kind: 'assumed', package: name === '' ? null : name, text } as const];
  });
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
