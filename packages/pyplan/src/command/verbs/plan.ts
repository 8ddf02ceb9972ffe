import type { Plan } from '@pyplan/resolver';
import { InputError } from '../../input/input-error.ts';
import type { InstalledPackage } from '../../input/locked/installed.ts';
import { classifyInput } from '../../input/source-kind.ts';
import { formatChanges, formatPlan } from '../../render/plan-text.ts';
import { formatDuration } from '../../render/quantities.ts';
import { type InstallPlan, installPlan } from '../../verbs/plan.ts';
import type { Context } from '../context.ts';
import { keptVersions } from '../locking/kept-versions.ts';
import { emit, emitJson } from '../output/emit.ts';
import { installJson } from '../output/plan-json.ts';
import { refuse } from '../output/refuse.ts';
import { diskFiles } from '../process/disk-files.ts';
import { resolveInputs } from '../resolving/resolve-inputs.ts';

/** `pyplan plan`: what an install would download and change. */
export async function runPlan(context: Context): Promise<number> {
  const { settings } = context;
  const installed = await installedPackages(context);
  const lock = soleLock(context);
  if (lock !== null) {
    const { selectLocked } = await import('../locking/select-locked.ts');
    const { plans, refusals } = selectLocked(context, lock);
    if (refusals.length === 0) return tellPlans(context, plans, installed);
    const nothingMissing = { missing: [], otherHashes: () => [] };
    return refuse(context, { refusals }, nothingMissing, await besideRefusals(context, plans, installed));
  }
  const { preferences } = await keptVersions(context);
  const resolved = await resolveInputs(context, { sources: settings.positionals, preferences });
  const { answer } = resolved;
  if (answer.status === 'no-solution') {
    return refuse(context, answer, resolved, await besideRefusals(context, answer.plans, installed));
  }
  const code = await tellPlans(context, answer.plans, installed);
  if (!settings.json) context.say(context.style.dim(`Resolved in ${formatDuration(resolved.milliseconds)}`));
  return code;
}

/** The pylock.toml that is all there is to install; null where there is something to resolve. */
function soleLock(context: Context): string | null {
  const { positionals, requirementFiles, constraints, overrides, prefer } = context.settings;
  const [first, ...others] = [...positionals, ...requirementFiles];
  if (first === undefined || others.length > 0) return null;
  if ([...constraints, ...overrides, ...prefer].length > 0) return null;
  const source = classifyInput(first, diskFiles(context));
  return source.kind === 'pylock' ? source.path : null;
}

/** The plans of the targets that have one: told as text, or given for the JSON of the error to stand beside. */
async function besideRefusals(
  context: Context,
  plans: readonly Plan[],
  installed: readonly InstalledPackage[] | null,
): Promise<object> {
  if (context.settings.json) return plansJson(plans, installed);
  if (plans.length > 0) await tellPlans(context, plans, installed);
  return {};
}

/** What `--json` prints. */
function plansJson(plans: readonly Plan[], installed: readonly InstalledPackage[] | null): object {
  return { targets: plans.map((plan) => installJson(installPlan(plan, installed))) };
}

async function tellPlans(
  context: Context,
  plans: readonly Plan[],
  installed: readonly InstalledPackage[] | null,
): Promise<number> {
  if (context.settings.json) await emitJson(context, plansJson(plans, installed));
  else {
    const texts = plans.map((plan) => installText(installPlan(plan, installed), context));
    await emit(context, texts.join('\n'));
  }
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
