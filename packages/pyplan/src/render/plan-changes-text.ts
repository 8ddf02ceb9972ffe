import type { PlanChange, PlanChanges } from '../verbs/comparing/compare-two.ts';
import { formatSome } from '../verbs/comparing/some-targets.ts';
import { toldCauses } from './causes-text.ts';
import type { Layout } from './plan-text.ts';
import { count, formatBytes, formatTargets } from './quantities.ts';
import { refusedLines } from './refused-lines.ts';
import { formatTable, visibleLength } from './table.ts';
import { wrapText } from './wrap.ts';

/**
 * What changes from one set of plans to another, and why: a table; where the reasons do not fit, they stand below the
 * line they explain.
 *
 * @param titles what the two are called: `2026-06-01`, `requirements.in`.
 */
export function formatPlanChanges(
  changes: PlanChanges,
  titles: readonly [string, string],
  layout: Layout,
): string {
  const { style, width } = layout;
  const { packages, targets } = changes;
  const both = plannedIn(changes).length;
  const some = packages.some((change) => change.targets.length < both);
  const header = ['', 'Package', ...titles, ...(some ? ['On'] : [])].map((title) => style.dim(title));
  const rows = packages.map((change) => [
    signOf(change),
    style.bold(change.name),
    fileCell(change.from, layout),
    fileCell(change.to, layout),
    ...(some ? [change.targets.length < both ? formatSome(change.targets, targets) : 'all'] : []),
  ]);
  const told = packages.map((change) => toldCauses(change.name, change.because));
  const lines =
    packages.length === 0 ? [] : formatTable([{}, {}, {}, {}, { shrink: true }], [header, ...rows], width);
  const widest = Math.max(0, ...lines.map(visibleLength));
  const isBeside = told.every((texts) => widest + 2 + texts.join('; ').length <= width);
  const body = lines.flatMap((line, index) => {
    const texts = index === 0 ? [isBeside ? style.dim('Why') : ''] : (told[index - 1] ?? []);
    if (!isBeside)
      return [line, ...texts.filter((text) => text !== '').flatMap((text) => below(text, width))];
    const space = ' '.repeat(widest + 2 - visibleLength(line));
    return [(line + space + texts.join('; ')).trimEnd()];
  });
  return [
    ...body,
    ...(body.length === 0 ? [] : ['']),
    ...refusalsOf(changes, titles, layout),
    ...summaryOf(changes, layout),
    '',
  ].join('\n');
}

/** Why targets have no plan in one of the two, or in both. */
function refusalsOf(
  { targets }: PlanChanges,
  titles: readonly [string, string],
  layout: Layout,
): readonly string[] {
  return [
    ...refusedLines(
      targets.flatMap(({ before }) => before.refusal ?? []),
      layout,
      ` with ${titles[0]}`,
    ),
    ...refusedLines(
      targets.flatMap(({ after }) => after.refusal ?? []),
      layout,
      ` with ${titles[1]}`,
    ),
  ];
}

function below(text: string, width: number): readonly string[] {
  return wrapText(text, width - 4, '  ').map((line) => `    ${line}`);
}

function signOf({ kind }: PlanChange): string {
  switch (kind) {
    case 'added':
      return '+';
    case 'removed':
      return '-';
    case 'upgraded':
      return '↑';
    case 'downgraded':
      return '↓';
    case 'file':
      return '~';
  }
}

function fileCell(file: PlanChange['from'], { style }: Layout): string {
  return file === null ? style.dim('-') : style.yellow(file.version);
}

/** The targets that have a plan in both. */
function plannedIn({ targets }: PlanChanges): PlanChanges['targets'] {
  return targets.filter(({ before, after }) => before.refusal === null && after.refusal === null);
}

function summaryOf(changes: PlanChanges, { style, width }: Layout): readonly string[] {
  const { packages, unchanged } = changes;
  const targets = plannedIn(changes);
  if (targets.length === 0) return [];
  const kinds = [
    ['added', ['added']],
    ['removed', ['removed']],
    ['upgraded', ['upgraded']],
    ['downgraded', ['downgraded']],
    ['with another file', ['file']],
  ] as const;
  const counts = kinds.flatMap(([words, of]) => {
    const names = new Set(
      packages.filter(({ kind }) => of.some((each) => each === kind)).map(({ name }) => name),
    );
    return names.size === 0 ? [] : [`${names.size} ${words}`];
  });
  const [first] = targets;
  const sizes =
    first === undefined || targets.length > 1 || packages.length === 0
      ? ''
      : `To download: ${formatBytes(first.before.download?.bytes ?? 0)} → ${formatBytes(first.after.download?.bytes ?? 0)}`;
  const changed = counts.length === 0 ? 'Nothing changes' : counts.join(', ');
  const head = `${changed}, ${count(unchanged, 'package')} the same`;
  const where = `(${formatTargets(targets)})`;
  return [
    ...(head.length + 1 + where.length <= width
      ? [`${style.bold(head)} ${where}`]
      : [...wrapText(head, width, '').map((line) => style.bold(line)), ...wrapText(where, width, '')]),
    ...(sizes === '' ? [] : [sizes]),
  ];
}
