import type { Plan, Resolution, Uncovered, UniversalResolution } from '@pyplan/resolver';
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
import { type EvidenceMaker, evidenceNotes } from '../locking/write-evidence.ts';
import { emit } from '../output/emit.ts';
import { refuse } from '../output/refuse.ts';
import { chooseTargets } from '../resolving/choose-targets.ts';
import { chooseUniverse, refuseIdleEnvironments } from '../resolving/choose-universe.ts';
import {
  type Approach,
  answerInputs,
  type ResolveWishes,
  type Unchanged,
} from '../resolving/resolve-inputs.ts';

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
type Locked<Answer> =
  | (Answer & {
      readonly facts: LockFacts;
      /** The answers of all selections of the project's parts, where some of these conflict. */
      readonly apart: readonly Answer[] | null;
    })
  | Unchanged;

async function lockTargets(context: Context, format: OutputFormat, kept: KeptVersions): Promise<number> {
  const known = knownDigest(format, kept);
  const resolved = await answerInputs(context, wishesOf(context, kept, format), (inputs, files) => {
    const chosen = chooseTargets(context, inputs, files);
    const { targets } = chosen;
    return unlessKnown(
      context,
      known,
      inputs,
      { ...chosen, universe: [] },
      {
        resolve: (request) => lock({ ...request, targets }),
        evidence:
          (request, answer) =>
          ({ evidence }, hashes) =>
            evidence({ ...request, targets }, answer, { hashes }),
      },
    );
  });
  const { answer, milliseconds } = resolved;
  if (answer.status === 'unchanged') return tellUnchanged(context);
  if (answer.status === 'no-solution') return refuse(context, answer, resolved);
  const { formatPlans } = await import('../locking/format-lock.ts');
  await emit(context, await formatPlans(context, format, answer, answer.facts, answer.apart));
  const plans = (answer.apart ?? [answer]).flatMap((each) => each.plans);
  const summary = `${summaryOf(plans, answer.plans)}${apartText(answer.apart)} in ${formatDuration(milliseconds)}`;
  context.say(context.style.dim(summary));
  return 0;
}

async function lockUniverse(context: Context, format: OutputFormat, kept: KeptVersions): Promise<number> {
  const { lockUniversal } = await import('../../verbs/lock-universal.ts');
  const known = knownDigest(format, kept);
  const resolved = await answerInputs(
    context,
    wishesOf(context, kept, format),
    (inputs: Inputs, files: InputFiles) => {
      const { assumed, ...universe } = chooseUniverse(context, inputs, files);
      const said = [
        universe.requiresPython,
        ...(universe.platforms ?? []),
        ...universe.environments.map((text) => `within ${text}`),
        ...universe.requiredEnvironments.map((text) => `with ${text}`),
      ];
      return unlessKnown(
        context,
        known,
        inputs,
        { targets: [], universe: said, assumed },
        {
          resolve: (request) => lockUniversal({ ...request, ...universe }),
          evidence:
            (request, answer) =>
            ({ evidenceOfUniverse }, hashes) =>
              evidenceOfUniverse({ ...request, ...universe }, answer, { hashes }),
        },
      );
    },
  );
  const { answer, milliseconds } = resolved;
  if (answer.status === 'unchanged') return tellUnchanged(context);
  if (answer.status === 'no-solution') return refuse(context, answer, resolved);
  const locks = (answer.apart ?? [answer]).flatMap((each) => (each.status === 'resolved' ? [each.lock] : []));
  const uncovered = locks.flatMap((lock) => lock.uncovered);
  const byTarget = new Map(uncovered.map((each) => [`${each.python} ${each.platform}`, each]));
  for (const each of byTarget.values()) tellUncovered(context, each);
  const { formatUniverse } = await import('../locking/format-lock.ts');
  await emit(context, await formatUniverse(context, format, locks, answer.facts));
  const names = new Set(locks.flatMap(({ packages }) => packages.map(({ name }) => name)));
  const pythons = `Python ${answer.lock.requiresPython}${apartText(answer.apart)}`;
  const summary = `Locked ${count(names.size, 'package')} for ${pythons} in ${formatDuration(milliseconds)}`;
  context.say(context.style.dim(summary));
  return 0;
}

function wishesOf({ settings }: Context, kept: KeptVersions, format: OutputFormat): ResolveWishes {
  const { preferences, locked, upgradeLimits } = kept;
  // Only a pylock.toml can keep extras and groups that conflict apart.
  return {
    sources: settings.positionals,
    preferences,
    locked,
    upgradeLimits,
    keepsApart: format === 'pylock',
    perhapsUnchanged: knownDigest(format, kept) !== null,
  };
}

function apartText(apart: readonly unknown[] | null): string {
  return apart === null ? '' : `, ${apart.length} selections of extras and groups apart,`;
}

/** The digest of what need not be locked again. Only a pylock.toml has one. */
function knownDigest(format: OutputFormat, { inputsDigest }: KeptVersions): string | null {
  return format === 'pylock' ? inputsDigest : null;
}

/** How a request is answered, and what the answer rests on. */
interface Answering<Answer> {
  resolve(request: SharedRequest): Promise<Answer>;
  evidence(request: SharedRequest, answer: Answer): EvidenceMaker;
}

/** Resolves, but where the lock that is there was made from the same inputs. */
function unlessKnown<Answer extends Resolution | UniversalResolution>(
  context: Context,
  known: string | null,
  inputs: Inputs,
  scope: LockScope,
  answering: Answering<Answer>,
): Approach<Locked<Answer>> {
  return {
    assumed: scope.assumed,
    resolve: async (request, opened) => {
      const { lockFacts } = await import('../locking/lock-facts.ts');
      const facts = await lockFacts(context, inputs, scope, opened, request.options);
      const notes = evidenceNotes(context, inputs);
      if (known !== null && facts.digest === known && notes === null)
        return { status: 'unchanged', notes: [] };
      const resolve = async (asked: SharedRequest, parts: readonly string[]): Promise<Answer> => {
        const answer = await answering.resolve(asked);
        await notes?.add(parts, answering.evidence(asked, answer));
        return answer;
      };
      if (facts.apart === null) {
        const answer = await resolve(request, []);
        await notes?.write('answer');
        return { ...answer, facts, apart: null };
      }
      const { resolveApart } = await import('../../verbs/resolve-apart.ts');
      const apart = await resolveApart(request, facts.apart.selections, resolve);
      await notes?.write('selections');
      if (apart.status === 'no-solution') return { ...apart.answer, facts, apart: null };
      const [first] = apart.answers;
      if (first === undefined) throw new Error('invariant: a project without a selection');
      return { ...first, notes: apart.notes, facts, apart: apart.answers };
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

/** @param plans all there are; those of one selection have each target once */
function summaryOf(plans: readonly Plan[], ofOneSelection: readonly Plan[]): string {
  const counts = [...new Set(plans.map((plan) => plan.packages.length))].toSorted((a, b) => a - b);
  const packages =
    counts.length === 1 ? count(counts[0] ?? 0, 'package') : `${counts[0]} to ${counts.at(-1)} packages`;
  return `Locked ${packages} for ${formatTargets(ofOneSelection.map((plan) => plan.target))}`;
}
