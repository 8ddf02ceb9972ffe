import type { ReportedTarget } from '@pyplan/resolver';
import { tagStrings } from '@pyplan/wheel-meta';
import type { InstalledPackage } from '../input/locked/installed.ts';
import { count, formatTarget } from './quantities.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';

/** An interpreter's report for people: how to name it as a target, what markers see there, which wheels fit. */
export function formatReportedTarget(
  { target, assumed }: ReportedTarget,
  installed: readonly InstalledPackage[] | null,
  layout: { readonly style: Style; readonly width: number },
): string {
  const { style, width } = layout;
  const tags = tagStrings(target.tags);
  const markers = Object.entries(target.environment).map(([name, value]) => [style.dim(name), value]);
  return [
    style.bold(formatTarget(target)),
    `--python ${target.python} --platform ${target.platform}`,
    '',
    ...formatTable([{}, { shrink: true }], markers, width),
    '',
    `${count(tags.length, 'wheel tag')}, ${tags[0] ?? ''} first`,
    ...(installed === null ? [] : [`${count(installed.length, 'package')} installed`]),
    ...assumed.map((what) => `Assumed ${what}`),
    '',
  ].join('\n');
}
