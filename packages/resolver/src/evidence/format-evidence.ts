import type { ApartEvidence, Evidence } from './document.ts';

/** So many levels are laid out with a line for each entry; what lies deeper stays on its line. */
const levels = { files: 4, plan: 5, refusal: 5 };

/** The document as JSON, the same bytes for the same evidence: a line for each file, package and step. */
export function formatEvidence(evidence: Evidence | ApartEvidence): string {
  return `${format(evidence, 0, 3, 0)}\n`;
}

/** @param start the depth at which the evidence of one answer begins */
function format(value: unknown, depth: number, limit: number, start: number): string {
  if (depth >= limit || typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = '\n'.padEnd(depth + 2, ' ');
  const outer = '\n'.padEnd(depth + 1, ' ');
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => format(item, depth + 1, limit, start));
    return items.length === 0 ? '[]' : `[${inner}${items.join(`,${inner}`)}${outer}]`;
  }
  const entries = Object.entries<unknown>({ ...value }).map(([key, item]) => {
    if (key === 'answer') return `${JSON.stringify(key)}: ${format(item, depth + 1, depth + 4, depth + 1)}`;
    const further = Object.entries(levels).find(([name]) => name === key)?.[1] ?? 0;
    return `${JSON.stringify(key)}: ${format(item, depth + 1, Math.max(limit, start + further), start)}`;
  });
  return entries.length === 0 ? '{}' : `{${inner}${entries.join(`,${inner}`)}${outer}}`;
}
