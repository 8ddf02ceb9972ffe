import { UsageError } from '../../input/input-error.ts';
import { count, formatDuration, formatTarget } from '../../render/quantities.ts';
import type { Context } from '../context.ts';
import { emit } from '../emit.ts';
import { refuse } from '../refuse.ts';
import { type ResolvedInputs, resolveInputs } from '../resolve-inputs.ts';
import type { OutputFormat } from '../settings.ts';

/** `pyplan lock`: resolves requirements and writes the lock. */
export async function runLock(context: Context): Promise<number> {
  const { settings } = context;
  const format = formatOf(context);
  if (settings.universal) {
    throw new UsageError('--universal is not built yet', {
      hint: 'Name the targets: --python 3.12,3.13 --platform linux,macos,windows',
    });
  }
  const resolved = await resolveInputs(context, { sources: settings.positionals });
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

async function formatLock(format: OutputFormat, { resolution }: ResolvedInputs): Promise<string> {
  const { writeLockJson, writePylock, writeRequirements } = await import('@pyplan/lockfile');
  switch (format) {
    case 'json':
      return writeLockJson(resolution);
    case 'pylock':
      return writePylock(resolution.plans);
    case 'requirements':
      return writeRequirements(resolution.plans);
    case 'report':
    case 'cyclonedx':
      throw new UsageError(`--format ${format} is not built yet`, {
        hint: 'Built are: pylock, requirements, json',
      });
  }
}

function summaryOf({ resolution, milliseconds }: ResolvedInputs): string {
  const targets = resolution.plans.map(
    (plan) => `${count(plan.packages.length, 'package')} for ${formatTarget(plan.target)}`,
  );
  return `Locked ${targets.join(', ')} in ${formatDuration(milliseconds)}`;
}
