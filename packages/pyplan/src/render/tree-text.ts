import type { Plan } from '@pyplan/resolver';
import type { TreeNode, WhyEdge, WhyNode } from '../verbs/demand-tree.ts';
import { formatTarget } from './quantities.ts';
import type { Style } from './style.ts';

/** A plan as trees of who asks for what. */
export function formatTree(plan: Plan, roots: readonly TreeNode[], style: Style): string {
  const lines = roots.flatMap((root) => [nodeText(root, style), ...childLines(root.children, '', style)]);
  const repeats = roots.some(hasRepeat) ? ['', style.dim('(*) shown in full elsewhere')] : [];
  return [style.bold(formatTarget(plan.target)), '', ...lines, ...repeats, ''].join('\n');
}

function hasRepeat(node: TreeNode): boolean {
  return node.repeated || node.children.some(hasRepeat);
}

function childLines(children: readonly TreeNode[], indent: string, style: Style): readonly string[] {
  return children.flatMap((child, index) => {
    const last = index === children.length - 1;
    const line = `${indent}${style.dim(last ? '└── ' : '├── ')}${nodeText(child, style)}`;
    return [line, ...childLines(child.children, `${indent}${last ? '    ' : style.dim('│   ')}`, style)];
  });
}

function nodeText(node: TreeNode, style: Style): string {
  const extras = node.package.extras.length === 0 ? '' : `[${node.package.extras.join(',')}]`;
  const mark = node.repeated ? style.dim(' (*)') : '';
  return `${node.package.name}${extras} ${style.cyan(node.package.version)}${mark}  ${style.dim(node.text)}`;
}

/** Who asks for a package, up to the user's own lines. */
export function formatWhy(plan: Plan, node: WhyNode, style: Style): string {
  const head = `${style.bold(node.package.name)} ${style.cyan(node.package.version)} on ${formatTarget(plan.target)}`;
  return [head, ...edgeLines(node.askedBy, '', style), ''].join('\n');
}

function edgeLines(edges: readonly WhyEdge[], indent: string, style: Style): readonly string[] {
  return edges.flatMap((edge, index) => {
    const last = index === edges.length - 1;
    const branch = `${indent}${style.dim(last ? '└── ' : '├── ')}`;
    const below = `${indent}${last ? '    ' : style.dim('│   ')}`;
    if (edge.kind === 'user') {
      return [`${branch}${style.green('you')} ask for ${edge.demand.text}${placeText(edge.demand.origin)}`];
    }
    const { by } = edge;
    const mark = by.repeated ? style.dim(' (*)') : '';
    const line = `${branch}${by.package.name} ${style.cyan(by.package.version)} asks for ${edge.demand.text}${mark}`;
    return [line, ...edgeLines(by.askedBy, below, style)];
  });
}

function placeText(origin: { readonly source: string; readonly line: number | null } | null): string {
  if (origin === null || origin.source === 'argument') return '';
  return ` (${origin.source}${origin.line === null ? '' : `:${origin.line}`})`;
}
