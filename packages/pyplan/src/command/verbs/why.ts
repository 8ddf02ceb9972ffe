import { normalizeName } from '@pyplan/markers';
import type { Plan } from '@pyplan/resolver';
import { UsageError } from '../../input/input-error.ts';
import { formatTarget } from '../../render/quantities.ts';
import { formatWhy } from '../../render/tree-text.ts';
import { type WhyNode, whyTree } from '../../verbs/demand-tree.ts';
import { nearest } from '../arguments/suggest.ts';
import type { Context } from '../context.ts';
import { emit, emitJson } from '../output/emit.ts';
import { refuse } from '../output/refuse.ts';
import { exitCode } from '../output/report-error.ts';
import { resolveInputs } from '../resolving/resolve-inputs.ts';

/** `pyplan why NAME INPUTS…`: who asks for a package. Exit code 1 where no target has it. */
export async function runWhy(context: Context): Promise<number> {
  const [written, ...sources] = context.settings.positionals;
  if (written === undefined || (sources.length === 0 && context.settings.requirementFiles.length === 0)) {
    throw new UsageError('why needs the name of a package and then the inputs', {
      hint: 'pyplan why markupsafe requirements.in',
    });
  }
  const name = normalizeName(written);
  const resolved = await resolveInputs(context, { sources });
  const { answer } = resolved;
  if (answer.status === 'no-solution') return refuse(context, answer, resolved);
  const { plans } = answer;
  const found = plans.map((plan) => ({ plan, node: whyTree(plan, name) }));
  if (context.settings.json) await emitJson(context, { name, targets: found.map(whyJson) });
  else await emit(context, found.map((each) => whyText(each, name, context)).join('\n'));
  return found.some(({ node }) => node !== null) ? exitCode.done : exitCode.noSolution;
}

interface Found {
  readonly plan: Plan;
  readonly node: WhyNode | null;
}

function whyText({ plan, node }: Found, name: string, context: Context): string {
  if (node !== null) return formatWhy(plan, node, context.resultStyle);
  const near = nearest(
    name,
    plan.packages.map((planned) => planned.name),
  );
  const hint = near === null ? '' : `; did you mean ${near}?`;
  return `${formatTarget(plan.target)}: ${name} is not installed${hint}\n`;
}

function whyJson({ plan, node }: Found): object {
  const { python, platform } = plan.target;
  return { python, platform, package: node === null ? null : nodeJson(node) };
}

function nodeJson(node: WhyNode): object {
  return {
    name: node.package.name,
    version: node.package.version,
    repeated: node.repeated,
    asked_by: node.askedBy.map((edge) => ({
      requirement: edge.demand.text,
      origin: edge.demand.origin,
      package: edge.kind === 'user' ? null : nodeJson(edge.by),
    })),
  };
}
