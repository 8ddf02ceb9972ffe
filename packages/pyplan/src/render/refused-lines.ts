import type { Refusal } from '@pyplan/resolver';
import type { Layout } from './plan-text.ts';
import { formatTargets } from './quantities.ts';
import { wrapText } from './wrap.ts';

/** What a table says of a target without a plan. */
export const refused = 'refused';

/** So many of the user's lines are named. */
const linesNamed = 3;

/**
 * Targets without a plan, those of one reason together, each reason as a line with an empty one below.
 *
 * @param where what they were refused with, if that is to be told
 */
export function refusedLines(
  refusals: readonly Refusal[],
  { style, width }: Layout,
  where = '',
): readonly string[] {
  const byReason = Map.groupBy(refusals, reasonLine);
  return [...byReason].flatMap(([reason, group]) => {
    const targets = formatTargets(group.map(({ target }) => target));
    const [first = '', ...more] = wrapText(`${refused}${where}: ${targets}: ${reason}`, width, '  ');
    return [style.yellow(refused) + first.slice(refused.length), ...more, ''];
  });
}

/** The user's lines that conflict, and the first fact that makes them. */
function reasonLine({ conflicting, reasons = [] }: Refusal): string {
  const named = conflicting.slice(0, linesNamed).map(({ requirement, origin: { source, line } }) => {
    const place = line === null ? source : `${source}:${line}`;
    return `${requirement.text} (${place})`;
  });
  const others = conflicting.length - named.length;
  const lines = [...named, ...(others > 0 ? [`${others} more`] : [])].join(' with ');
  const [first] = reasons;
  return `it can't have ${lines}${first === undefined ? '' : `: ${first.text}`}`;
}
