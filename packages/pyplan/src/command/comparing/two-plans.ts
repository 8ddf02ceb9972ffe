import { type UploadLimit, uploadBound } from '@pyplan/resolver';
import { UsageError } from '../../input/input-error.ts';
import { parseUploadLimit } from '../../input/options/exclude-newer.ts';
import { formatPlanChanges } from '../../render/plan-changes-text.ts';
import { formatDuration } from '../../render/quantities.ts';
import type { SharedRequest } from '../../request.ts';
import { type ChangesResult, compareRequests } from '../../verbs/comparing/compare-two.ts';
import { hashedSource } from '../../verbs/hashed-source.ts';
import type { Context } from '../context.ts';
import { resultJson } from '../output/comparison-json.ts';
import { emit, emitJson } from '../output/emit.ts';
import { refuse } from '../output/refuse.ts';
import { diskFiles } from '../process/disk-files.ts';
import { chooseTargets } from '../resolving/choose-targets.ts';
import type { OpenedSource } from '../resolving/open-source.ts';
import { answerInputs, type ReadRequest, type Resolved, readInputsOf } from '../resolving/resolve-inputs.ts';
import { resolveOptions } from '../resolving/resolve-options.ts';

type Titles = readonly [before: string, after: string];

/** `pyplan compare --between THEN[,NOW]`: the same inputs with the files of two times. */
export async function runBetween(context: Context): Promise<number> {
  const { between, then, now } = timesOf(context);
  return runTwo(context, between, async (request) => {
    const at = (excludeNewer: UploadLimit | null): ReadRequest => ({
      ...request,
      options: { ...request.options, excludeNewer },
    });
    return [at(then), now === undefined ? request : at(now)];
  });
}

function timesOf({ settings, world }: Context): {
  readonly between: Titles;
  readonly then: UploadLimit | null;
  /** Not given: what the other options say. */
  readonly now: UploadLimit | null | undefined;
} {
  const [earlier = '', later, ...more] = (settings.between ?? '').split(',').map((time) => time.trim());
  if (more.length > 0 || earlier === '' || later === '') {
    throw new UsageError(
      `--between takes one time, or two with a comma; got ${JSON.stringify(settings.between)}`,
      {
        hint: '--between 2026-06-01 (until now), or --between 2026-06-01,2026-11-01',
      },
    );
  }
  if (later !== undefined && settings.excludeNewer !== null) {
    throw new UsageError('--between and --exclude-newer both say until when', {
      hint: `Write --between ${earlier} --exclude-newer ${settings.excludeNewer}`,
    });
  }
  const place = { option: '--between', place: { source: 'argument' } };
  const then = parseUploadLimit(earlier, world.now(), place);
  const now = later === undefined ? undefined : parseUploadLimit(later, world.now(), place);
  if (then !== null && now != null && uploadBound(then) > uploadBound(now)) {
    throw new UsageError(`--between takes the earlier time first; ${later} is before ${earlier}`);
  }
  return { between: [earlier, later ?? settings.excludeNewer ?? 'now'], then, now };
}

/** `pyplan compare INPUTS --against OTHERS`: two sets of inputs. */
export function runAgainst(context: Context): Promise<number> {
  const { positionals, requirementFiles, against } = context.settings;
  const titles = titlesOf([...positionals, ...requirementFiles], against);
  return runTwo(context, titles, async (request, opened) => {
    const others = await readInputsOf(context, against, diskFiles(context), []);
    const { hashes } = others;
    const source = hashes.length === 0 ? opened.source : hashedSource(opened.source, hashes);
    const other: SharedRequest = {
      ...request,
      requirements: others.requirements,
      constraints: others.constraints,
      overrides: others.overrides,
      source,
      options: resolveOptions(context, others, undefined),
    };
    return [request, other];
  });
}

/** The names of the inputs, without their directories where they differ all the same. */
function titlesOf(before: readonly string[], after: readonly string[]): Titles {
  const short = (inputs: readonly string[]): string =>
    inputs.map((input) => input.split(/[/\\]/).at(-1) ?? input).join(' ');
  const isTold = short(before) !== short(after);
  return isTold ? [short(before), short(after)] : [before.join(' '), after.join(' ')];
}

async function runTwo(
  context: Context,
  titles: Titles,
  requestsOf: (
    request: ReadRequest,
    opened: OpenedSource,
  ) => Promise<readonly [before: SharedRequest, after: SharedRequest]>,
): Promise<number> {
  const { settings } = context;
  const resolved = await answerInputs(context, { sources: settings.positionals }, (inputs, files) => {
    const { targets, assumed } = chooseTargets(context, inputs, files);
    return {
      assumed,
      resolve: async (request, opened) => {
        const [before, after] = await requestsOf(request, opened);
        return compareRequests({ ...before, targets }, after);
      },
    };
  });
  return tell(context, titles, resolved);
}

async function tell(context: Context, titles: Titles, resolved: Resolved<ChangesResult>): Promise<number> {
  const { answer } = resolved;
  const layout = { style: context.resultStyle, width: context.width };
  if (answer.status === 'no-solution') {
    if (context.settings.json) {
      return refuse(context, answer, resolved, await changesJson(titles, answer));
    }
    await emit(context, formatPlanChanges(answer.changes, titles, layout));
    context.say(`With ${titles[answer.refused === 'before' ? 0 : 1]}:`);
    return refuse(context, answer, resolved);
  }
  if (context.settings.json) {
    await emitJson(context, await changesJson(titles, answer));
    return 0;
  }
  await emit(context, formatPlanChanges(answer.changes, titles, layout));
  context.say(context.style.dim(`Resolved in ${formatDuration(resolved.milliseconds)}`));
  return 0;
}

/** Targets without a plan have their refusals as `lock --json` tells them. */
async function changesJson([before, after]: Titles, { changes }: ChangesResult): Promise<object> {
  const targets = await Promise.all(
    changes.targets.map(async (each) => ({
      ...each,
      before: await resultJson(each.before),
      after: await resultJson(each.after),
    })),
  );
  return { before, after, ...changes, targets };
}
