import type { Plan, Resolution, Uncovered, UniversalLock } from '@pyplan/resolver';
import { UsageError } from '../../input/input-error.ts';
import { count, formatDuration, formatTarget, formatTargets } from '../../render/quantities.ts';
import type { OutputFormat, Settings } from '../arguments/settings.ts';
import type { Context } from '../context.ts';
import { emit } from '../output/emit.ts';
import { refuse } from '../output/refuse.ts';
import { chooseUniverse } from '../resolving/choose-targets.ts';
import { keptVersions } from '../resolving/kept-versions.ts';
import { answerInputs, type ResolveWishes, resolveInputs } from '../resolving/resolve-inputs.ts';
import { version } from '../version.ts';

/** `pyplan lock`: resolves requirements and writes the lock. */
export async function runLock(context: Context): Promise<number> {
  const { settings } = context;
  const format = formatOf(settings);
  const isSeveral = settings.universal || settings.pythons.length > 1 || settings.platforms.length > 1;
  if (format === 'report' && isSeveral) {
    throw new UsageError('--format report is of one target', {
      hint: 'Name one --python and one --platform',
    });
  }
  const wishes = { sources: settings.positionals, ...(await keptVersions(context)) };
  return settings.universal ? lockUniverse(context, format, wishes) : lockTargets(context, format, wishes);
}

async function lockTargets(context: Context, format: OutputFormat, wishes: ResolveWishes): Promise<number> {
  const resolved = await resolveInputs(context, wishes);
  const { answer, milliseconds } = resolved;
  if (answer.status === 'no-solution') return refuse(context, answer.refusals, resolved);
  await emit(context, await formatPlans(format, answer));
  context.say(context.style.dim(`${summaryOf(answer.plans)} in ${formatDuration(milliseconds)}`));
  return 0;
}

async function lockUniverse(context: Context, format: OutputFormat, wishes: ResolveWishes): Promise<number> {
  const { lockUniversal } = await import('../../verbs/lock-universal.ts');
  const resolved = await answerInputs(context, wishes, (inputs, files) => {
    const { assumed, ...universe } = chooseUniverse(context, inputs, files);
    return { assumed, resolve: (request) => lockUniversal({ ...request, ...universe }) };
  });
  const { answer, milliseconds } = resolved;
  if (answer.status === 'no-solution') return refuse(context, answer.refusals, resolved);
  const { lock } = answer;
  for (const uncovered of lock.uncovered) tellUncovered(context, uncovered);
  await emit(context, await formatUniverse(format, lock));
  const packages = count(new Set(lock.packages.map(({ name }) => name)).size, 'package');
  const summary = `Locked ${packages} for Python ${lock.requiresPython} in ${formatDuration(milliseconds)}`;
  context.say(context.style.dim(summary));
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

/** `--format`, else `--json`, else what the name of the output file says, else pylock. */
function formatOf(settings: Settings): OutputFormat {
  if (settings.format !== null) return settings.format;
  if (settings.json) return 'json';
  const name = settings.output?.toLowerCase() ?? '';
  if (/(\.cdx|\.cyclonedx|(^|[/\\])bom)\.json$/.test(name)) return 'cyclonedx';
  if (name.endsWith('.json')) return 'json';
  return name.endsWith('.txt') || name.endsWith('.in') ? 'requirements' : 'pylock';
}

async function formatPlans(format: OutputFormat, resolution: Resolution): Promise<string> {
  const { plans } = resolution;
  const lockfile = await import('@pyplan/lockfile');
  switch (format) {
    case 'json':
      return lockfile.writeLockJson(resolution);
    case 'pylock':
      return lockfile.writePylock(plans);
    case 'requirements':
      return lockfile.writeRequirements(plans);
    case 'cyclonedx':
      return lockfile.writeCyclonedx(lockfile.lockPlans(plans, null), { toolVersion: version() });
    case 'report':
      return plans.map((plan) => lockfile.writePipReport(plan)).join('');
  }
}

async function formatUniverse(format: OutputFormat, lock: UniversalLock): Promise<string> {
  const lockfile = await import('@pyplan/lockfile');
  switch (format) {
    case 'json':
      return lockfile.writeUniversalJson({ status: 'resolved', lock, notes: [] });
    case 'pylock':
      return lockfile.formatPylock(lockfile.toPylock(lockfile.lockUniversal(lock)));
    case 'requirements':
      return lockfile.formatRequirements(lockfile.lockUniversal(lock));
    case 'cyclonedx':
      return lockfile.writeCyclonedx(lockfile.lockUniversal(lock), { toolVersion: version() });
    case 'report':
      throw new UsageError('--format report is of one target');
  }
}

function summaryOf(plans: readonly Plan[]): string {
  const counts = [...new Set(plans.map((plan) => plan.packages.length))].toSorted((a, b) => a - b);
  const packages =
    counts.length === 1 ? count(counts[0] ?? 0, 'package') : `${counts[0]} to ${counts.at(-1)} packages`;
  return `Locked ${packages} for ${formatTargets(plans.map((plan) => plan.target))}`;
}
