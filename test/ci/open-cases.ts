import { readFileSync } from 'node:fs';
import type { CaseResult } from '../conformance/case-run.ts';

/** What `pnpm conformance --json` prints. */
export interface ConformanceReport {
  readonly kind: string;
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly CaseResult[];
}

/** Cases by kind that later work is to mend, each group with the reason. */
export type OpenCases = Readonly<
  Record<string, readonly { readonly reason: string; readonly ids: readonly string[] }[]>
>;

export function readOpenCases(): OpenCases {
  return JSON.parse(readFileSync(new URL('open.json', import.meta.url), 'utf8'));
}

/** Parts failures into those on record as open and the others; `stale` are on record but did not fail. */
export function sortFailures(
  { kind, failures }: ConformanceReport,
  cases: OpenCases,
): {
  readonly open: readonly CaseResult[];
  readonly failed: readonly CaseResult[];
  readonly stale: readonly string[];
} {
  const known = new Set((cases[kind] ?? []).flatMap(({ ids }) => ids));
  const failing = new Set(failures.map(({ id }) => id));
  return {
    open: failures.filter(({ id }) => known.has(id)),
    failed: failures.filter(({ id }) => !known.has(id)),
    stale: [...known].filter((id) => !failing.has(id)),
  };
}
