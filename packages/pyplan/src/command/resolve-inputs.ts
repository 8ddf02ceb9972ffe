import { normalizeName } from '@pyplan/markers';
import {
  defaultOptions,
  type Note,
  type PackageSelection,
  type Resolution,
  type ResolveOptions,
  releasedPythons,
  type Target,
  target,
} from '@pyplan/resolver';
import { allowsPython, assumePlatform, assumePython } from '../input/default-targets.ts';
import { parseExcludeNewer } from '../input/exclude-newer.ts';
import type { InputFiles } from '../input/input-files.ts';
import { type Inputs, readInputs } from '../input/read-inputs.ts';
import { checkHashedPlans, checkHashedRequirements } from '../input/requirements/require-hashes.ts';
import { hashedSource } from '../verbs/hashed-source.ts';
import { lock } from '../verbs/lock.ts';
import type { Context } from './context.ts';
import { openSource } from './open-source.ts';
import { progressLine } from './output/progress.ts';
import { diskFiles } from './process/disk-files.ts';

/** The inputs of a command line, resolved. */
export interface ResolvedInputs {
  readonly inputs: Inputs;
  readonly resolution: Resolution;
  /** Names that the index does not have. */
  readonly missing: readonly string[];
  /** Files that were passed over since no hash among the inputs allows them, by normalised name. */
  readonly otherHashes: (name: string) => readonly string[];
  readonly milliseconds: number;
}

/** What differs between the verbs that resolve. */
export interface ResolveWishes {
  /** Positional arguments that are inputs. */
  readonly sources: readonly string[];
  /** Versions to keep where they are allowed, by normalised name. */
  readonly preferences?: ReadonlyMap<string, string>;
}

/** Reads the inputs, chooses the targets, resolves; tells on standard error what was assumed and noted. */
export async function resolveInputs(context: Context, wishes: ResolveWishes): Promise<ResolvedInputs> {
  const { settings, world } = context;
  const start = world.now();
  const files = diskFiles(context);
  const inputs = await readInputs(
    {
      sources: [...wishes.sources, ...settings.requirementFiles],
      constraints: settings.constraints,
      overrides: settings.overrides,
      selection: { extras: settings.extras, allExtras: settings.allExtras, groups: settings.groups },
    },
    files,
  );
  const hashesNeeded = settings.requireHashes || inputs.options.requireHashes;
  if (hashesNeeded) checkHashedRequirements(inputs.requirements, inputs.hashes);
  for (const ignored of inputs.options.ignored) context.warn(`${ignored} changes nothing here`);
  const { targets, assumed } = chooseTargets(context, inputs, files);
  const opened = await openSource(context, inputs.options);
  const limited = inputs.hashes.length === 0 ? null : hashedSource(opened.source, inputs.hashes);
  const progress = progressLine(settings, world);
  try {
    const resolution = await lock({
      requirements: inputs.requirements,
      constraints: inputs.constraints,
      overrides: inputs.overrides,
      targets,
      source: limited ?? opened.source,
      options: resolveOptions(context, inputs, wishes.preferences),
      signal: world.signal,
      ...(progress.update === null ? {} : { onProgress: progress.update }),
    });
    world.signal.throwIfAborted();
    progress.clear();
    if (hashesNeeded) checkHashedPlans(resolution.plans, inputs.hashes);
    const notes = [...assumed, ...resolution.notes];
    tellNotes(context, notes);
    return {
      inputs,
      resolution: { ...resolution, notes },
      missing: opened.missing(),
      otherHashes: (name) => limited?.passedOver(name) ?? [],
      milliseconds: world.now() - start,
    };
  } finally {
    progress.clear();
    await opened.close();
  }
}

function chooseTargets(
  context: Context,
  inputs: Inputs,
  files: InputFiles,
): { readonly targets: readonly Target[]; readonly assumed: readonly Note[] } {
  const { settings, world } = context;
  const assumed: Note[] = [];
  const assume = (what: string, value: string, reason: string): string => {
    assumed.push({ kind: 'assumed', package: null, text: `${what} ${value}, ${reason}` });
    return value;
  };
  const pythons = settings.pythons.length > 0 ? settings.pythons : [assumedPython(inputs, files, assume)];
  const platforms = settings.platforms.length > 0 ? settings.platforms : [assumedPlatform(world, assume)];
  const targets = pythons.flatMap((python) => platforms.map((platform) => target(python, platform)));
  const { requiresPython } = inputs;
  for (const { python, environment } of requiresPython === null ? [] : targets) {
    if (requiresPython === null) break;
    if (allowsPython(requiresPython.text, requiresPython.source, environment.python_full_version)) continue;
    context.warn(`${requiresPython.source} asks for Python ${requiresPython.text}, which ${python} is not`);
  }
  return { targets, assumed };
}

type Assume = (what: string, value: string, reason: string) => string;

function assumedPython(inputs: Inputs, files: InputFiles, assume: Assume): string {
  const path =
    inputs.directory === null || inputs.directory === '.'
      ? '.python-version'
      : `${inputs.directory}/.python-version`;
  const versionFile =
    files.kindOf(path) === 'file' ? { text: new TextDecoder().decode(files.read(path)), source: path } : null;
  const { value, reason } = assumePython(
    { versionFile, requiresPython: inputs.requiresPython },
    releasedPythons,
  );
  return assume('Python', value, reason);
}

function assumedPlatform(world: Context['world'], assume: Assume): string {
  const { value, reason } = assumePlatform(world.machine);
  return assume('platform', value, reason);
}

function resolveOptions(
  context: Context,
  inputs: Inputs,
  preferences: ReadonlyMap<string, string> | undefined,
): ResolveOptions {
  const { settings, world } = context;
  const { options } = inputs;
  return {
    ...defaultOptions,
    mode: settings.resolution ?? defaultOptions.mode,
    prerelease: settings.prerelease ?? (options.prereleases ? 'allow' : defaultOptions.prerelease),
    excludeNewer:
      settings.excludeNewer === null
        ? defaultOptions.excludeNewer
        : parseExcludeNewer(settings.excludeNewer, world.now()),
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

const warned: ReadonlySet<Note['kind']> = new Set([
  'unknown-extra',
  'yanked',
  'archived',
  'deprecated',
  'metadata-differs',
]);

function tellNotes(context: Context, notes: readonly Note[]): void {
  const assumed = notes.filter((note) => note.kind === 'assumed');
  if (assumed.length > 0) {
    context.say(context.style.dim(`Assumed ${assumed.map((note) => note.text).join('; ')}`));
  }
  for (const note of notes) {
    if (warned.has(note.kind)) context.warn(note.text);
    else if (note.kind === 'repaired-metadata') context.detail(note.text);
  }
}
