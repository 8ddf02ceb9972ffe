import { formatTree } from '../../render/tree-text.ts';
import { planTree, type TreeNode } from '../../verbs/demand-tree.ts';
import type { Context } from '../context.ts';
import { emit, emitJson } from '../output/emit.ts';
import { refuse } from '../output/refuse.ts';
import { resolveInputs } from '../resolving/resolve-inputs.ts';

/** `pyplan tree`: the plan as a tree of who asks for what. */
export async function runTree(context: Context): Promise<number> {
  const { settings } = context;
  const resolved = await resolveInputs(context, { sources: settings.positionals });
  const { answer } = resolved;
  if (answer.status === 'no-solution') return refuse(context, answer, resolved);
  const { plans } = answer;
  if (settings.json) {
    const targets = plans.map((plan) => ({
      python: plan.target.python,
      platform: plan.target.platform,
      tree: planTree(plan).map(nodeJson),
    }));
    await emitJson(context, { targets });
    return 0;
  }
  await emit(context, plans.map((plan) => formatTree(plan, planTree(plan), context.resultStyle)).join('\n'));
  return 0;
}

function nodeJson(node: TreeNode): object {
  return {
    name: node.package.name,
    version: node.package.version,
    requirement: node.text,
    repeated: node.repeated,
    children: node.children.map(nodeJson),
  };
}
