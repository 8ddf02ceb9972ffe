import type { Note, Plan, Resolution, ResolveOptions, UniversalResolution } from '@pyplan/resolver';
import type { InputFiles } from '../../input/input-files.ts';
import { type Inputs, readInputs } from '../../input/read-inputs.ts';
import { checkHashedPlans, checkHashedRequirements } from '../../input/requirements/require-hashes.ts';
import { argumentOrigin, readRequirement } from '../../input/requirements/requirement-strings.ts';
import type { SharedRequest } from '../../request.ts';
import { hashedSource } from '../../verbs/hashed-source.ts';
import { lock } from '../../verbs/lock.ts';
import { askedAhead } from '../ahead/asked-ahead.ts';
import type { DependencyTable } from '../ahead/dependency-table.ts';
import { foreknowledge, surelyWanted } from '../ahead/foreknowledge.ts';
import { newForesight } from '../ahead/foresight.ts';
import type { Context } from '../context.ts';
import { progressLine, watchedProgress } from '../output/progress.ts';
import { wellKnownName } from '../output/spelling.ts';
import { tellNotes } from '../output/tell-notes.ts';
import { diskFiles } from '../process/disk-files.ts';
import { chooseTargets } from './choose-targets.ts';
import { type OpenedSource, openSource } from './open-source.ts';
import { coolDownNotes, resolveOptions } from './resolve-options.ts';
import { projectAbove, standingSettings } from './standing-settings.ts';

/** What a command line asked for, answered. */
export interface Resolved<Answer> {
  readonly answer: Answer;
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
  readonly preferences?: ReadonlyMap<string, readonly string[]>;
  /** Normalised names of packages that the lock which is replaced has on every target. */
  readonly locked?: readonly string[];
  /** Whether extras and groups that conflict may be asked for: they are kept apart. Default: they are refused. */
  readonly keepsApart?: boolean;
  /** Requirements that limit what is upgraded. */
  readonly upgradeLimits?: readonly string[];
  /** Whether there may be nothing to resolve, for which no index is to be asked. */
  readonly perhapsUnchanged?: boolean;
}

/** A way to resolve, chosen before any index is asked. */
export interface Approach<Answer> {
  readonly assumed: readonly Note[];
  resolve(request: ReadRequest, opened: OpenedSource): Promise<Answer>;
}

/** A request as it was read, all options decided. */
export interface ReadRequest extends SharedRequest {
  readonly options: ResolveOptions;
}

/** The answer of an approach that finds nothing to resolve: what is there already answers. */
export interface Unchanged {
  readonly status: 'unchanged';
  readonly notes: readonly Note[];
}

type AnyAnswer = (Resolution | UniversalResolution | Unchanged) & {
  /** Those of all selections of the parts of a project, where some of these conflict. */
  readonly apart?: readonly (Resolution | UniversalResolution)[] | null;
};

/** Resolves the inputs of the command line for the targets that it names. */
export function resolveInputs(context: Context, wishes: ResolveWishes): Promise<Resolved<Resolution>> {
  return answerInputs(context, wishes, (inputs, files) => {
    const { targets, assumed } = chooseTargets(context, inputs, files);
    return { assumed, resolve: (request) => lock({ ...request, targets }) };
  });
}

/** Reads the inputs, opens the index, resolves; tells on standard error what was assumed and noted. */
export async function answerInputs<Answer extends AnyAnswer>(
  context: Context,
  wishes: ResolveWishes,
  approachOf: (inputs: Inputs, files: InputFiles) => Approach<Answer>,
): Promise<Resolved<Answer>> {
  const { settings, world } = context;
  const start = world.now();
  const files = diskFiles(context);
  const inputs = await readInputsOf(context, wishes.sources, files);
  if (inputs.conflicts.length > 0 && wishes.keepsApart !== true) {
    const { refuseConflicts } = await import('../../input/project/apart.ts');
    refuseConflicts(inputs);
  }
  const hashesNeeded = settings.requireHashes || inputs.options.requireHashes;
  if (hashesNeeded) checkHashedRequirements(inputs.requirements, inputs.hashes);
  for (const ignored of inputs.options.ignored) context.warn(`${ignored} changes nothing here`);
  const approach = approachOf(inputs, files);
  const opened = await openSource(context, inputs.options, context.path(inputs.directory ?? '.'));
  const limited = inputs.hashes.length === 0 ? null : hashedSource(opened.source, inputs.hashes);
  const ahead = wishes.perhapsUnchanged === true ? [] : surelyWanted(inputs);
  const progress = progressLine(settings, world);
  try {
    const options = resolveOptions(context, inputs, wishes.preferences);
    const known = foreknowledge(inputs, options, wishes.locked ?? []);
    const foresight = newForesight(known, opened.expect, loadDependencyTable);
    const source = await askedAhead(limited ?? opened.source, ahead, world.signal, foresight);
    const limits = (wishes.upgradeLimits ?? []).map((text) => readRequirement(text, argumentOrigin));
    const request: ReadRequest = {
      requirements: inputs.requirements,
      constraints: [...inputs.constraints, ...limits],
      overrides: inputs.overrides,
      source,
      options,
      signal: world.signal,
      repairTrials: repairTrials[settings.repairs],
      ...(settings.repairs === 'more' ? { repairVersions: Number.POSITIVE_INFINITY } : {}),
      spelling: wellKnownName,
      onProgress: watchedProgress(progress, world),
    };
    const answer = await approach.resolve(request, opened);
    world.signal.throwIfAborted();
    progress.clear();
    if (hashesNeeded) checkHashedPlans(plansOf(answer), inputs.hashes);
    const notes = [...approach.assumed, ...coolDownNotes(options), ...answer.notes];
    tellNotes(context, notes);
    return {
      answer: { ...answer, notes },
      missing: opened.missing(),
      otherHashes: (name) => limited?.passedOver(name) ?? [],
      milliseconds: world.now() - start,
    };
  } finally {
    progress.clear();
    await opened.close();
  }
}

/** Inputs with what the command line says beside them, and with uv's settings of where they stand. */
export async function readInputsOf(
  context: Context,
  sources: readonly string[],
  files: InputFiles,
  requirementFiles: readonly string[] = context.settings.requirementFiles,
): Promise<Inputs> {
  const { settings } = context;
  const inputs = await readInputs(
    {
      sources: [...sources, ...requirementFiles],
      constraints: settings.constraints,
      overrides: settings.overrides,
      excludes: settings.excludes,
      selection: { extras: settings.extras, allExtras: settings.allExtras, groups: settings.groups },
      projectAbove: (directory) => projectAbove(context, directory),
    },
    files,
  );
  return { ...inputs, settings: await standingSettings(context, inputs) };
}

async function loadDependencyTable(): Promise<DependencyTable> {
  const { readDependencyTable } = await import('../ahead/dependency-table.ts');
  return readDependencyTable();
}

/** Changes of the inputs that a refusal may try, each a search of its own. */
const repairTrials = { none: 0, some: 24, more: 200 };

function plansOf(answer: AnyAnswer): readonly Plan[] {
  if (answer.apart != null) return answer.apart.flatMap(plansOf);
  if ('plans' in answer) return answer.plans;
  return answer.status === 'resolved' ? answer.lock.plans : [];
}
