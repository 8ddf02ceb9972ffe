import type { NewestPython } from '../verbs/comparing/newest-python.ts';
import { downloadOf } from '../verbs/download.ts';
import type { Layout } from './plan-text.ts';
import { count, formatDownload } from './quantities.ts';
import { wrapText } from './wrap.ts';

/** The newest Python for each platform, and what blocks the next; platforms that are alike are told together. */
export function formatNewestPython(platforms: readonly NewestPython[], layout: Layout): string {
  const alike = Map.groupBy(platforms, ({ newest, blocked }) =>
    JSON.stringify([newest?.python, blocked?.python, blocked?.explanation]),
  );
  return [...alike.values()].map((group) => groupText(group, layout)).join('\n');
}

function groupText(group: readonly NewestPython[], { style, width }: Layout): string {
  const [first] = group;
  if (first === undefined) return '';
  const { newest, blocked } = first;
  const where = group.map(({ platform }) => platform).join(', ');
  const head =
    newest === null
      ? `No Python has a plan on ${where}`
      : `Python ${newest.python} is the newest on ${where}`;
  const plans = group.flatMap(({ platform, newest: own }) => {
    if (own === null) return [];
    const { packages } = own.plan;
    const on = group.length > 1 ? `${platform}: ` : '';
    return [
      style.dim(`  ${on}${count(packages.length, 'package')}, ${formatDownload(downloadOf(packages))}`),
    ];
  });
  const explained =
    blocked === null
      ? ['  It is the newest that is out.']
      : [
          `  ${style.yellow(`Python ${blocked.python}`)} is blocked:`,
          ...blocked.explanation
            .split('\n')
            .flatMap((line) => wrapText(line.trim(), width - 4, '  ').map((part) => `    ${part}`)),
        ];
  return [style.bold(head), ...plans, ...explained, ''].join('\n');
}
