import { InputError } from '../../input/input-error.ts';
import type { InstalledPackage } from '../../input/locked/installed.ts';
import { formatChanges, formatPlan } from '../../render/plan-text.ts';
import { formatDuration } from '../../render/quantities.ts';
import { type InstallPlan, installPlan } from '../../verbs/plan.ts';
import type { Context } from '../context.ts';
import { emit, emitJson } from '../output/emit.ts';
import { installJson } from '../output/plan-json.ts';
import { refuse } from '../output/refuse.ts';
import { diskFiles } from '../process/disk-files.ts';
import { resolveInputs } from '../resolving/resolve-inputs.ts';

/** `pyplan plan`: what an install would download and change. */
export async function runPlan(context: Context): Promise<number> {
  const { settings } = context;
  const installed = await installedPackages(context);
  const resolved = await resolveInputs(context, { sources: settings.positionals });
  const { answer } = resolved;
  if (answer.status === 'no-solution') return refuse(context, answer.refusals, resolved);
  const targets = answer.plans.map((plan) => installPlan(plan, installed));
  if (settings.json) {
    await emitJson(context, { targets: targets.map(installJson) });
    return 0;
  }
  await emit(context, targets.map((each) => installText(each, context)).join('\n'));
  context.say(context.style.dim(`Resolved in ${formatDuration(resolved.milliseconds)}`));
  return 0;
}

function installText(install: InstallPlan, context: Context): string {
  const layout = { style: context.resultStyle, width: context.width };
  const text = formatPlan(install.plan, layout);
  return install.changes === null ? text : `${text}\n${formatChanges(install.changes, layout)}`;
}

async function installedPackages(context: Context): Promise<readonly InstalledPackage[] | null> {
  const { installed, positionals } = context.settings;
  if (installed === null) return null;
  if (installed === '-' && positionals.includes('-')) {
    throw new InputError('Standard input is asked for twice: as an input and as what is installed');
  }
  const { readInstalled } = await import('../../input/locked/installed.ts');
  const text =
    installed === '-'
      ? await context.world.readStdin()
      : new TextDecoder().decode(diskFiles(context).read(installed));
  return readInstalled(text, installed === '-' ? 'standard input' : installed);
}
