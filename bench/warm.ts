import { join } from 'node:path';
import { httpSource } from '@pyplan/package-index';
import { resolve } from '@pyplan/resolver';
import type { BenchOptions, BenchReport } from './bench.ts';
import { type Index, lockWithPyplan, lockWithUv } from './commands.ts';
import { type Bed, eachSet, withScratch } from './each-set.ts';
import { alternate, duration, median, ratio } from './measure.ts';
import { benchRequest } from './request.ts';
import type { RequirementSet } from './sets.ts';
import { markdownTable } from './table.ts';

/** Medians in milliseconds. */
interface WarmResult {
  readonly set: string;
  /** A later `resolve` over a source that has been asked before. */
  readonly inProcess: number;
  /** The whole command over a cache that holds everything. */
  readonly ours: number;
  readonly uv: number;
}

/** A second resolution in the same process, and the whole command over a full cache, beside uv. */
export async function runWarmBench(options: BenchOptions): Promise<BenchReport> {
  const results = await eachSet(options, (set, bed) => warmResult(set, bed, options.runs ?? 9));
  return { markdown: warmTable(results), data: results };
}

function warmResult(set: RequirementSet, { index, peers }: Bed, runs: number): Promise<WarmResult> {
  return withScratch(async (cache) => {
    const ours = (): Promise<void> => lockWithPyplan(set, index, join(cache, 'pyplan'));
    const uv = (): Promise<void> => lockWithUv(set, index, join(cache, 'uv'), peers);
    await ours();
    await uv();
    const times = await alternate({ ours, uv }, runs);
    const inProcess = await secondResolution(set, index, runs);
    return { set: set.name, inProcess, ours: median(times.ours), uv: median(times.uv) };
  });
}

async function secondResolution(set: RequirementSet, index: Index, runs: number): Promise<number> {
  const source = httpSource({ indexUrl: index.url });
  try {
    const request = benchRequest(set, source);
    await resolve(request);
    const { again } = await alternate({ again: () => resolve(request) }, runs);
    return median(again);
  } finally {
    await source.close();
  }
}

function warmTable(results: readonly WarmResult[]): string {
  const heading = ['set', 'in process', 'command', 'uv', 'in process / uv', 'command / uv'];
  const rows = results.map(({ set, inProcess, ours, uv }) => [
    set,
    ...[duration(inProcess), duration(ours), duration(uv)],
    ...[ratio(inProcess, uv), ratio(ours, uv)],
  ]);
  const overall = (of: (result: WarmResult) => number): string =>
    `${median(results.map((result) => of(result) / result.uv)).toFixed(2)}x`;
  return [
    'Warm',
    '',
    markdownTable(heading, rows),
    '',
    `Median ratios: in process ${overall(({ inProcess }) => inProcess)}, command ${overall(({ ours }) => ours)}`,
  ].join('\n');
}
