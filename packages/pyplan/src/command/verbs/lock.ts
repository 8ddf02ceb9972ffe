import { normalizeName } from '@pyplan/markers';
import type { Plan } from '@pyplan/resolver';
import { InputError, UsageError } from '../../input/input-error.ts';
import { count, formatDuration, formatTargets } from '../../render/quantities.ts';
import type { OutputFormat } from '../arguments/settings.ts';
import type { Context } from '../context.ts';
import { emit } from '../output/emit.ts';
import { refuse } from '../output/refuse.ts';
import { diskFiles } from '../process/disk-files.ts';
import { type ResolvedInputs, resolveInputs } from '../resolve-inputs.ts';
import { version } from '../version.ts';

/** `pyplan lock`: resolves requirements and writes the lock. */
export async function runLock(context: Context): Promise<number> {
  const { settings } = context;
  const format = formatOf(context);
  if (settings.universal) {
    throw new UsageError('--universal is not built yet', {
      hint: 'Name the targets: --python 3.12,3.13 --platform linux,macos,windows',
    });
  }
  const preferences = await keptVersions(context);
  const resolved = await resolveInputs(context, { sources: settings.positionals, preferences });
  if (resolved.resolution.status === 'no-solution') return refuse(context, resolved);
  await emit(context, await formatLock(format, resolved));
  context.say(context.style.dim(summaryOf(resolved)));
  return 0;
}

/** `--format`, else `--json`, else what the name of the output file says, else pylock. */
function formatOf({ settings }: Context): OutputFormat {
  if (settings.format !== null) return settings.format;
  if (settings.json) return 'json';
  const name = settings.output?.toLowerCase() ?? '';
  if (/(\.cdx|\.cyclonedx|(^|[/\\])bom)\.json$/.test(name)) return 'cyclonedx';
  if (name.endsWith('.json')) return 'json';
  return name.endsWith('.txt') || name.endsWith('.in') ? 'requirements' : 'pylock';
}

/** The versions of the lock that is about to be replaced, but for those to be upgraded. */
async function keptVersions(context: Context): Promise<ReadonlyMap<string, string>> {
  const { output, upgrade, upgradePackages } = context.settings;
  if (output === null || output === '-' || upgrade) return new Map();
  const { lockPreferences } = await import('../../input/locked/lock-preferences.ts');
  try {
    const kept = new Map(await lockPreferences(output, diskFiles(context)));
    for (const name of upgradePackages) kept.delete(normalizeName(name));
    return kept;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    context.warn(`${output} is no lock whose versions could be kept: ${error.message}`);
    return new Map();
  }
}

async function formatLock(format: OutputFormat, { resolution }: ResolvedInputs): Promise<string> {
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
      return lockfile.writePipReport(onlyPlan(plans));
  }
}

/** pip's report is of one environment. */
function onlyPlan(plans: readonly Plan[]): Plan {
  const [plan, second] = plans;
  if (plan !== undefined && second === undefined) return plan;
  throw new UsageError('--format report is of one target', { hint: 'Name one --python and one --platform' });
}

function summaryOf({ resolution, milliseconds }: ResolvedInputs): string {
  const { plans } = resolution;
  const counts = [...new Set(plans.map((plan) => plan.packages.length))].toSorted((a, b) => a - b);
  const packages =
    counts.length === 1 ? count(counts[0] ?? 0, 'package') : `${counts[0]} to ${counts.at(-1)} packages`;
  return `Locked ${packages} for ${formatTargets(plans.map((plan) => plan.target))} in ${formatDuration(milliseconds)}`;
}
