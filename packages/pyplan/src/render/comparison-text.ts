import type { ComparedPackage, ComparedTarget, Comparison } from '../verbs/comparison.ts';
import type { Layout } from './plan-text.ts';
import { count, formatBytes, formatTargets } from './quantities.ts';
import type { Style } from './style.ts';
import { type Column, formatTable } from './table.ts';

/**
 * What differs between targets: a table of the packages whose version differs or that some targets
 * do not have, then those with another file of the same version.
 */
export function formatComparison(comparison: Comparison, layout: Layout & { readonly all: boolean }): string {
  const { packages } = comparison;
  const versions = packages.filter(
    (entry) => layout.all || ['presence', 'version'].includes(entry.difference),
  );
  const files = packages.filter((entry) => entry.difference === 'file');
  return [
    ...(versions.length === 0 ? [] : [...versionTable(comparison, versions, layout), '']),
    ...(files.length === 0 ? [] : [...fileTable(comparison, files, layout), '']),
    summaryOf(comparison, layout.style),
    '',
  ].join('\n');
}

function versionTable(
  comparison: Comparison,
  packages: readonly ComparedPackage[],
  layout: Layout,
): readonly string[] {
  const { style } = layout;
  const hasReasons = packages.some((entry) => entry.because.length > 0);
  const header = ['Package', ...targetTitles(comparison.targets), ...(hasReasons ? ['Why'] : [])];
  const rows = packages.map((entry) => [
    entry.difference === 'none' || entry.difference === 'file' ? entry.name : style.bold(entry.name),
    ...entry.on.map((file) => (file === null ? style.dim('-') : versionCell(file.version, entry, style))),
    ...(hasReasons ? [entry.because.join('; ')] : []),
  ]);
  const download = [
    style.dim('to download'),
    ...comparison.targets.map((target) => style.dim(formatBytes(target.download.bytes))),
    ...(hasReasons ? [''] : []),
  ];
  const columns: readonly Column[] = [
    {},
    ...comparison.targets.map(() => ({})),
    ...(hasReasons ? [{ shrink: true }] : []),
  ];
  return formatTable(columns, [header.map((title) => style.dim(title)), ...rows, download], layout.width);
}

function versionCell(version: string, entry: ComparedPackage, style: Style): string {
  return entry.difference === 'version' ? style.yellow(version) : style.cyan(version);
}

/** What of the targets differs is their title: only Pythons, only platforms, or both. */
function targetTitles(targets: readonly ComparedTarget[]): readonly string[] {
  const onePlatform = new Set(targets.map((target) => target.platform)).size === 1;
  const onePython = new Set(targets.map((target) => target.python)).size === 1;
  if (onePlatform) return targets.map((target) => `Python ${target.python}`);
  if (onePython) return targets.map((target) => target.platform);
  return targets.map((target) => `${target.python} ${target.platform}`);
}

function fileTable(
  comparison: Comparison,
  packages: readonly ComparedPackage[],
  layout: Layout,
): readonly string[] {
  const { style } = layout;
  const header = ['Same version, other file', '', ...targetTitles(comparison.targets)];
  const shown = shownTag(comparison.targets);
  const rows = packages.map((entry) => [
    entry.name,
    style.dim(entry.on.find((file) => file !== null)?.version ?? ''),
    ...entry.on.map((file) =>
      file === null ? '-' : `${formatBytes(file.size)} ${style.dim(shown(file.filename))}`,
    ),
  ]);
  const columns: readonly Column[] = [{}, {}, ...comparison.targets.map(() => ({ shrink: true }))];
  return formatTable(columns, [header.map((title) => style.dim(title)), ...rows], layout.width);
}

/** Of a wheel's tags those that differ between targets: the interpreter's, the platform's, or all. */
function shownTag(targets: readonly ComparedTarget[]): (filename: string) => string {
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

function summaryOf(comparison: Comparison, style: Style): string {
  const same = comparison.packages.filter((entry) => entry.difference === 'none').length;
  const differing = comparison.packages.length - same;
  const differ = differing === 1 ? 'differs' : 'differ';
  return `${style.bold(`${count(differing, 'package')} ${differ}, ${same} the same`)} (${formatTargets(comparison.targets)})`;
}
