import { countRequests, type RequestCounts } from '../test/support/request-counts.ts';
import type { BenchOptions, BenchReport } from './bench.ts';
import { lockWithPyplan, lockWithUv } from './commands.ts';
import { type Bed, eachSet, withScratch } from './each-set.ts';
import { alternate, duration, median, ratio } from './measure.ts';
import type { RequirementSet } from './sets.ts';
import { markdownTable } from './table.ts';

interface ColdResult {
  readonly set: string;
  readonly ours: RequestCounts;
  readonly uv: RequestCounts;
  /** Medians in milliseconds. */
  readonly oursMs: number;
  readonly uvMs: number;
}

/** The whole command with an empty cache, and what it asks of the index, beside uv. */
export async function runColdBench(options: BenchOptions): Promise<BenchReport> {
  const results = await eachSet(options, (set, bed) => coldResult(set, bed, options.runs ?? 5));
  return { markdown: coldTable(results, options.latencyMs), data: results };
}

async function coldResult(
  set: RequirementSet,
  { mirror, index, peers }: Bed,
  runs: number,
): Promise<ColdResult> {
  const ours = (cache: string): Promise<void> => lockWithPyplan(set, index, cache);
  const uv = (cache: string): Promise<void> => lockWithUv(set, index, cache, peers);
  // Counted first and apart, which also lets the mirror inflate and keep what it will serve.
  await mirror.requests();
  await withScratch(ours);
  const oursAsked = countRequests(await mirror.requests());
  await withScratch(uv);
  const uvAsked = countRequests(await mirror.requests());
  const times = await alternate({ ours: () => withScratch(ours), uv: () => withScratch(uv) }, runs);
  return {
    set: set.name,
    ours: oursAsked,
    uv: uvAsked,
    oursMs: median(times.ours),
    uvMs: median(times.uv),
  };
}

function coldTable(results: readonly ColdResult[], latencyMs: number): string {
  const heading = ['set', 'pages', 'uv', 'sidecars', 'uv', 'MB', 'uv', 'cold', 'uv', 'ratio'];
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  const rows = results.map(({ set, ours, uv, oursMs, uvMs }) => [
    set,
    ...[String(ours.pages), String(uv.pages), String(ours.metadata), String(uv.metadata)],
    ...[megabytes(ours.bytes), megabytes(uv.bytes)],
    ...[duration(oursMs), duration(uvMs), ratio(oursMs, uvMs)],
  ]);
  const overall = median(results.map(({ oursMs, uvMs }) => oursMs / uvMs));
  return `Cold, ${latencyMs} ms latency\n\n${markdownTable(heading, rows)}\n\nMedian ratio ${overall.toFixed(2)}x`;
}
