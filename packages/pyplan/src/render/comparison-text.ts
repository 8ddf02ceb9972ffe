import type { ComparedPackage, Comparison } from '../verbs/comparing/comparison.ts';
import { formatSome } from '../verbs/comparing/some-targets.ts';
import { toldCauses } from './causes-text.ts';
import type { Layout } from './plan-text.ts';
import { count, formatBytes, formatTargets } from './quantities.ts';
import { refused, refusedLines } from './refused-lines.ts';
import type { Style } from './style.ts';
import { type Column, formatTable, visibleLength } from './table.ts';
import { wrapText } from './wrap.ts';

/**
 * What differs between targets: the packages whose version differs or that some targets do not have, and why, then
 * those with another file of the same version. A table with a column for the targets that are alike; where it is too
 * wide, a list with a line for each version. Targets without a plan have a column too, and below it why.
 */
export function formatComparison(comparison: Comparison, layout: Layout & { readonly all: boolean }): string {
  const { packages } = comparison;
  const versions = packages.filter(
    (entry) => layout.all || ['presence', 'version'].includes(entry.difference),
  );
  const files = packages.filter((entry) => entry.difference === 'file');
  return [
    ...(versions.length === 0 ? [] : [...versionLines(comparison, versions, layout), '']),
    ...(files.length === 0 ? [] : [...fileLines(comparison, files, layout), '']),
    ...refusedLines(
      comparison.targets.flatMap(({ refusal }) => refusal ?? []),
      layout,
    ),
    ...summaryOf(comparison, layout),
    '',
  ].join('\n');
}

function versionLines(
  comparison: Comparison,
  packages: readonly ComparedPackage[],
  layout: Layout,
): readonly string[] {
  const columns = columnsOf(comparison, packages, (file) => file?.version ?? '');
  const table = versionTable(comparison, packages, columns, layout.style);
  const reasons = packages.map((entry) => toldCauses(entry.name, entry.because).join('; '));
  const whole = reasons.some((text) => text !== '')
    ? table.map((row, index) => [...row, index === 0 ? layout.style.dim('Why') : (reasons[index - 1] ?? '')])
    : table;
  if (widthOf(whole) <= layout.width) return plainTable(whole, layout);
  if (widthOf(table) > layout.width) return versionList(comparison, packages, layout);
  return [...plainTable(table, layout), ...reasonLines(packages, layout)];
}

/** Targets that are alike in everything shown share a column; the first of each stands for it. */
function columnsOf(
  { targets }: Comparison,
  packages: readonly ComparedPackage[],
  cell: (file: ComparedPackage['on'][number]) => string,
): readonly (readonly number[])[] {
  const alike = Map.groupBy(targets.keys(), (index) =>
    targets[index]?.refusal === null
      ? JSON.stringify(packages.map((entry) => cell(entry.on[index] ?? null)))
      : refused,
  );
  return [...alike.values()];
}

function versionTable(
  { targets }: Comparison,
  packages: readonly ComparedPackage[],
  columns: readonly (readonly number[])[],
  style: Style,
): readonly (readonly string[])[] {
  const titles = columns.map((members) => formatSome(members, targets));
  const header = ['Package', ...titles].map((title) => style.dim(title));
  const rows = packages.map((entry) => [
    nameCell(entry, style),
    ...columns.map(([first = 0]) =>
      targets[first]?.refusal === null
        ? versionCell(entry.on[first]?.version ?? null, entry, style)
        : style.dim(refused),
    ),
  ]);
  return [header, ...rows, downloads(targets, columns, style)];
}

/** What is to be downloaded may differ among targets that have the same versions. */
function downloads(
  targets: Comparison['targets'],
  columns: readonly (readonly number[])[],
  style: Style,
): readonly string[] {
  const cells = columns.map((members) => {
    const sizes = members.flatMap((index) => targets[index]?.download?.bytes ?? []);
    if (sizes.length === 0) return '';
    const [low, high] = [formatBytes(Math.min(...sizes)), formatBytes(Math.max(...sizes))];
    return low === high ? low : `${low} to ${high}`;
  });
  return ['to download', ...cells].map((cell) => style.dim(cell));
}

function nameCell({ name, difference }: ComparedPackage, style: Style): string {
  return difference === 'none' || difference === 'file' ? name : style.bold(name);
}

function versionCell(version: string | null, { difference }: ComparedPackage, style: Style): string {
  if (version === null) return style.dim('-');
  return difference === 'none' || difference === 'file' ? version : style.yellow(version);
}

function plainTable(rows: readonly (readonly string[])[], { width }: Layout): readonly string[] {
  return formatTable(
    (rows[0] ?? []).map(() => ({})),
    rows,
    width,
  );
}

function widthOf(rows: readonly (readonly string[])[]): number {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...rows.map((row) => visibleLength(row[index] ?? ''))),
  );
  return widths.reduce((sum, width) => sum + width + 2, -2);
}

/** Why, below a table that has no room for it. */
function reasonLines(packages: readonly ComparedPackage[], layout: Layout): readonly string[] {
  const told = packages.filter((entry) => entry.because.length > 0);
  if (told.length === 0) return [];
  const width = Math.max(...told.map(({ name }) => name.length)) + 2;
  return [
    '',
    layout.style.dim('Why'),
    ...told.flatMap((entry) =>
      toldCauses(entry.name, entry.because).flatMap((text, index) => {
        const head = index === 0 ? entry.name : '';
        const [first = '', ...more] = wrapText(text, layout.width - width, '  ');
        return [head.padEnd(width) + first, ...more.map((line) => ' '.repeat(width) + line)];
      }),
    ),
  ];
}

/** A line for each version, with the targets that get it. */
function versionList(
  { targets }: Comparison,
  packages: readonly ComparedPackage[],
  layout: Layout,
): readonly string[] {
  const lines = packages.flatMap((entry) => {
    const planned = [...targets.keys()].filter((index) => targets[index]?.refusal === null);
    const byVersion = Map.groupBy(planned, (index) => entry.on[index]?.version ?? '-');
    const width = Math.max(5, ...[...byVersion.keys()].map((version) => version.length)) + 2;
    const line = (head: string, painted: string, text: string): readonly string[] => {
      const [first = '', ...more] = wrapText(text, layout.width - width - 2, '');
      const space = ' '.repeat(Math.max(0, width - head.length));
      return [`  ${painted}${space}${first}`, ...more.map((rest) => ' '.repeat(width + 2) + rest)];
    };
    return [
      nameCell(entry, layout.style),
      ...[...byVersion].flatMap(([version, members]) =>
        line(
          version,
          versionCell(version === '-' ? null : version, entry, layout.style),
          formatSome(members, targets),
        ),
      ),
      ...toldCauses(entry.name, entry.because).flatMap((text, index) => {
        const head = index === 0 ? 'why' : '';
        return line(head, layout.style.dim(head), text);
      }),
    ];
  });
  return lines;
}

function fileLines(
  comparison: Comparison,
  packages: readonly ComparedPackage[],
  layout: Layout,
): readonly string[] {
  const { style } = layout;
  const { targets } = comparison;
  const shown = shownTag(targets);
  const columns = columnsOf(comparison, packages, (file) => file?.filename ?? '');
  const titles = columns.map((members) => formatSome(members, targets));
  const header = ['Same version, other file', '', ...titles].map((title) => style.dim(title));
  const rows = packages.map((entry) => [
    entry.name,
    style.dim(entry.on.find((file) => file !== null)?.version ?? ''),
    ...columns.map(([first = 0]) => {
      if (targets[first]?.refusal !== null) return style.dim(refused);
      const file = entry.on[first] ?? null;
      return file === null ? '-' : `${formatBytes(file.size)} ${style.dim(shown(file.filename))}`;
    }),
  ]);
  const narrow: readonly Column[] = [{}, {}, ...columns.map(() => ({ shrink: true }))];
  const table = formatTable(narrow, [header, ...rows], layout.width);
  if (table.every((line) => visibleLength(line) <= layout.width)) return table;
  return [
    style.dim('Same version, other file for some'),
    ...wrapText(packages.map(({ name }) => name).join(', '), layout.width - 2, '').map((line) => `  ${line}`),
  ];
}

/** Of a wheel's tags those that differ between targets: the interpreter's, the platform's, or all. */
function shownTag(targets: Comparison['targets']): (filename: string) => string {
  const onePlatform = new Set(targets.map((target) => target.platform)).size === 1;
  const onePython = new Set(targets.map((target) => target.python)).size === 1;
  return (filename) => {
    if (!filename.endsWith('.whl')) return 'sdist';
    const tags = filename.slice(0, -'.whl'.length).split('-').slice(-3);
    const [python = '', abi = '', platform = ''] = tags;
    if (onePlatform) return abi === 'none' || abi === python ? python : `${python}-${abi}`;
    // Of a compressed set the first platform will do.
    return onePython ? (platform.split('.')[0] ?? '') : tags.join('-');
  };
}

function summaryOf(comparison: Comparison, { style, width }: Layout): readonly string[] {
  const planned = comparison.targets.filter(({ refusal }) => refusal === null);
  if (planned.length === 0) return [];
  const same = comparison.packages.filter((entry) => entry.difference === 'none').length;
  const differing = comparison.packages.length - same;
  const differ = differing === 1 ? 'differs' : 'differ';
  const head = `${count(differing, 'package')} ${differ}, ${same} the same`;
  const where = `(${formatTargets(planned)})`;
  if (head.length + 1 + where.length <= width) return [`${style.bold(head)} ${where}`];
  return [style.bold(head), ...wrapText(where, width, '')];
}
