import type { Demand, Plan, PlannedPackage } from '@pyplan/resolver';
import type { Changes } from '../verbs/changes.ts';
import { downloadOf } from '../verbs/download.ts';
import { count, formatBytes, formatDownload, formatTarget } from './quantities.ts';
import type { Style } from './style.ts';
import { type Column, formatTable } from './table.ts';

export interface Layout {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly width: number;
}

const columns: readonly Column[] = [
  {},
  { shrink: true },
  { shrink: true },
  { align: 'right' },
  { shrink: true },
];

/** A plan as a person reads it: package, version, file, size, and why each is there. */
export function formatPlan(plan: Plan, layout: Layout): string {
  const { style, width } = layout;
  const header = ['Package', 'Version', 'File', 'Size', 'Asked for by'].map((title) => style.dim(title));
  const rows = plan.packages.map((planned) => [
    isDirect(planned) ? style.bold(planned.name) : planned.name,
    style.cyan(planned.version),
    style.dim(fileKind(planned)),
    formatBytes(planned.file.size),
    whyText(planned.demands),
  ]);
  return [
    style.bold(formatTarget(plan.target)),
    '',
    ...formatTable(columns, [header, ...rows], width),
    '',
    summaryOf(plan, style),
    '',
  ].join('\n');
}

function summaryOf(plan: Plan, style: Style): string {
  const packages = style.bold(count(plan.packages.length, 'package'));
  return `${packages}, to download: ${formatDownload(downloadOf(plan.packages))}`;
}

function isDirect(planned: PlannedPackage): boolean {
  return planned.demands.some((demand) => demand.from === null);
}

/**
 * What of a file's name its package and version do not already say: the tags of a wheel
 * (`py3-none-any`; of several platforms the first), the format of an sdist. What is no file is named whole.
 */
export function fileKind(planned: PlannedPackage): string {
  const { filename } = planned.file;
  if (filename.endsWith('.whl')) {
    const [python = '', abi = '', platform = ''] = filename.slice(0, -'.whl'.length).split('-').slice(-3);
    return `${python}-${abi}-${platform.split('.')[0] ?? ''}`;
  }
  if (/^(directory|git|hg|bzr|svn) /.test(filename)) return filename;
  return `sdist ${/\.(tar\.\w+|\w+)$/.exec(filename)?.[0] ?? ''}`.trimEnd();
}

/** Who asks: the user first, with the place, then packages by name. */
function whyText(demands: readonly Demand[]): string {
  const own = demands.find((demand) => demand.from === null);
  const askers = [...new Set(demands.flatMap((demand) => (demand.from === null ? [] : [demand.from])))];
  return [...(own === undefined ? [] : [userText(own)]), ...askers].join(', ');
}

function userText({ origin }: Demand): string {
  if (origin === null || origin.source === 'argument') return 'you';
  const name = origin.source.split(/[/\\]/).at(-1) ?? origin.source;
  return `you (${name}${origin.line === null ? '' : `:${origin.line}`})`;
}

const changeColumns: readonly Column[] = [{}, {}, { shrink: true }, { align: 'right' }];

/** What an install would change, one line a package. */
export function formatChanges(changes: Changes, layout: Layout): string {
  const { style, width } = layout;
  const rows = [
    ...changes.add.map((to) => [style.green('+'), to.name, to.version, formatBytes(to.file.size)]),
    ...changes.change.map(({ from, to, direction }) => [
      style.yellow('~'),
      to.name,
      `${from.version ?? 'unknown version'} → ${to.version}${direction === 'downgrade' ? ' (older)' : ''}`,
      formatBytes(to.file.size),
    ]),
    ...changes.remove.map((from) => [style.red('-'), from.name, from.version ?? 'unknown version', '']),
  ];
  const download = downloadOf([...changes.add, ...changes.change.map(({ to }) => to)]);
  const summary = [
    `${changes.add.length} to add`,
    `${changes.change.length} to change`,
    `${changes.remove.length} to remove`,
    `${changes.unchanged.length} unchanged`,
  ].join(', ');
  const table = rows.length === 0 ? [] : [...formatTable(changeColumns, rows, width), ''];
  return [...table, `${style.bold(summary)}; to download: ${formatDownload(download)}`, ''].join('\n');
}
