import type { Plan, Uncovered } from '@pyplan/resolver';
import { UsageError } from '../../input/input-error.ts';
import type { InputFiles } from '../../input/input-files.ts';
import type { Inputs } from '../../input/read-inputs.ts';
import { count, formatDuration, formatTarget, formatTargets } from '../../render/quantities.ts';
import type { SharedRequest } from '../../request.ts';
import { lock } from '../../verbs/lock.ts';
import type { OutputFormat } from '../arguments/settings.ts';
import type { Context } from '../context.ts';
import { type KeptVersions, keptVersions } from '../locking/kept-versions.ts';
import type { LockFacts, LockScope } from '../locking/lock-facts.ts';
import { outputFormat } from '../locking/output-format.ts';
import { emit } from '../output/emit.ts';
import { refuse } from '../output/refuse.ts';
import { chooseTargets } from '../resolving/choose-targets.ts';
import { chooseUniverse, refuseIdleEnvironments } from '../resolving/choose-universe.ts';
import { type Approach, answerInputs, type Unchanged } from '../resolving/resolve-inputs.ts';

/** `pyplan lock`: resolves requirements and writes the lock. */
export async function runLock(context: Context): Promise<number> {
  const { settings } = context;
  const format = outputFormat(settings);
  const isSeveral = settings.universal || settings.pythons.length > 1 || settings.platforms.length > 1;
  if (format === 'report' && isSeveral) {
    throw new UsageError('--format report is of one target', {
      hint: 'Name one --python and one --platform',
    });
  }
  refuseIdleEnvironments(context);
  const kept = await keptVersions(context);
  return settings.universal ? lockUniverse(context, format, kept) : lockTargets(context, format, kept);
}

/** An answer, and what its lock says beside it. */
type Locked<Answer> = (Answer & { readonly facts: LockFacts }) | Unchanged;

async function lockTargets(context: Context, format: OutputFormat, kept: KeptVersions): Promise<number> {
  const known = knownDigest(format, kept);
  const resolved = await answerInputs(context, wishesOf(context, kept), (inputs, files) => {
    const chosen = chooseTargets(context, inputs, files);
    const { targets } = chosen;
    return unlessKnown(context, known, inputs, { ...chosen, universe: [] }, (request) =>
      lock({ ...request, targets }),
    );
  });
  const { answer, milliseconds } = resolved;
  if (answer.status === 'unchanged') return tellUnchanged(context);
  if (answer.status === 'no-solution') return refuse(context, answer.refusals, resolved);
  const { formatPlans } = await import('../locking/format-lock.ts');
  await emit(context, await formatPlans(context, format, answer, answer.facts));
  context.say(context.style.dim(`${summaryOf(answer.plans)} in ${formatDuration(milliseconds)}`));
  return 0;
}

async function lockUniverse(context: Context, format: OutputFormat, kept: KeptVersions): Promise<number> {
  const { lockUniversal } = await import('../../verbs/lock-universal.ts');
  const known = knownDigest(format, kept);
  const resolved = await answerInputs(
    context,
    wishesOf(context, kept),
    (inputs: Inputs, files: InputFiles) => {
      const { assumed, ...universe } = chooseUniverse(context, inputs, files);
      const said = [
        universe.requiresPython,
        ...(universe.platforms ?? []),
        ...universe.environments.map((text) => `within ${text}`),
        ...universe.requiredEnvironments.map((text) => `with ${text}`),
      ];
      return unlessKnown(context, known, inputs, { targets: [], universe: said, assumed }, (request) =>
        lockUniversal({ ...request, ...universe }),
      );
    },
  );
  const { answer, milliseconds } = resolved;
  if (answer.status === 'unchanged') return tellUnchanged(context);
  if (answer.status === 'no-solution') return refuse(context, answer.refusals, resolved);
  const { lock: universal } = answer;
  for (const uncovered of universal.uncovered) tellUncovered(context, uncovered);
  const { formatUniverse } = await import('../locking/format-lock.ts');
  await emit(context, await formatUniverse(context, format, universal, answer.facts));
  const packages = count(new Set(universal.packages.map(({ name }) => name)).size, 'package');
  const summary = `Locked ${packages} for Python ${universal.requiresPython} in ${formatDuration(milliseconds)}`;
  context.say(context.style.dim(summary));
  return 0;
}

function wishesOf({ settings }: Context, { preferences, upgradeLimits }: KeptVersions) {
  return { sources: settings.positionals, preferences, upgradeLimits };
}

/** The digest of what need not be locked again. Only a pylock.toml has one. */
function knownDigest(format: OutputFormat, { inputsDigest }: KeptVersions): string | null {
  return format === 'pylock' ? inputsDigest : null;
}

/** Resolves, but where the lock that is there was made from the same inputs. */
function unlessKnown<Answer>(
  context: Context,
  known: string | null,
  inputs: Inputs,
  scope: LockScope,
  resolve: (request: SharedRequest) => Promise<Answer>,
): Approach<Locked<Answer>> {
  return {
    assumed: scope.assumed,
    resolve: async (request, opened) => {
      const { lockFacts } = await import('../locking/lock-facts.ts');
      const facts = lockFacts(context, inputs, scope, opened, request.options);
      if (facts.digest === known) return { status: 'unchanged', notes: [] };
      return { ...(await resolve(request)), facts };
    },
  };
}

function tellUnchanged(context: Context): number {
  const { output } = context.settings;
  context.say(`${output} is up to date: its inputs are unchanged (--upgrade looks for newer versions)`);
  return 0;
}

/** Tells which of the user's lines a target can't follow; with -v the whole reason. */
function tellUncovered(context: Context, { python, platform, reason }: Uncovered): void {
  const where = formatTarget({ python, platform });
  const [, ...lines] = reason.split('\n');
  const because = lines.findIndex((line) => line.trimStart().startsWith('Because'));
  const conflicting = lines.slice(1, Math.max(1, because)).map((line) => line.trim().replace(/\s+/g, ' '));
  const short = conflicting.length === 0 ? '' : `: it can't have ${conflicting.join(' with ')} (-v says why)`;
  context.warn(
    `The lock does not cover ${where}${context.settings.verbose ? `. ${lines.join('\n')}` : short}`,
  );
}

function summaryOf(plans: readonly Plan[]): string {
  const counts = [...new Set(plans.map((plan) => plan.packages.length))].toSorted((a, b) => a - b);
  const packages =
    counts.length === 1 ? count(counts[0] ?? 0, 'package') : `${counts[0]} to ${counts.at(-1)} packages`;
  return `Locked ${packages} for ${formatTargets(plans.map((plan) => plan.target))}`;
}
