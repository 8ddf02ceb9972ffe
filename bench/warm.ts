import { join } from 'node:path';
import { httpSource } from '@pyplan/package-index';
import { type Resolution, resolve } from '@pyplan/resolver';
import type { BenchOptions, BenchReport } from './bench.ts';
import { type Index, lockWithPyplan, lockWithUv } from './commands.ts';
import { type Bed, eachSet, withScratch } from './each-set.ts';
import { alternate, duration, median, ratio } from './measure.ts';
import { benchRequest, lineAdder } from './request.ts';
import type { RequirementSet } from './sets.ts';
import { markdownTable } from './table.ts';

/** Medians in milliseconds. */
interface WarmResult {
  readonly set: string;
  /** A later `resolve` over a source that has been asked before. */
  readonly again: number;
  /** The same with a line more that no earlier request had. */
  readonly edited: number;
  /** The whole command over a cache that holds everything. */
  readonly ours: number;
  readonly uv: number;
}

/** Later resolutions in the same process, and the whole command over a full cache, beside uv. */
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
    const inProcess = await laterResolutions(set, index, runs);
    return { set: set.name, ...inProcess, ours: median(times.ours), uv: median(times.uv) };
  });
}

async function laterResolutions(
  set: RequirementSet,
  index: Index,
  runs: number,
): Promise<Pick<WarmResult, 'again' | 'edited'>> {
  const source = httpSource({ indexUrl: index.url });
  try {
    const request = benchRequest(set, source);
    const addLine = lineAdder();
    const edited = (): Promise<Resolution> => resolve(addLine(request));
    await resolve(request);
    await edited();
    const times = await alternate({ again: () => resolve(request), edited }, runs);
    return { again: median(times.again), edited: median(times.edited) };
  } finally {
    await source.close();
  }
}

function warmTable(results: readonly WarmResult[]): string {
  const heading = ['set', 'again', 'edited', 'command', 'uv', 'again / uv', 'edited / uv', 'command / uv'];
  const rows = results.map(({ set, again, edited, ours, uv }) => [
    set,
    ...[again, edited, ours, uv].map(duration),
    ...[again, edited, ours].map((time) => ratio(time, uv)),
  ]);
  const overall = (of: (result: WarmResult) => number): string =>
    `${median(results.map((result) => of(result) / result.uv)).toFixed(2)}x`;
  const ratios = [
    `again ${overall(({ again }) => again)}`,
    `edited ${overall(({ edited }) => edited)}`,
    `command ${overall(({ ours }) => ours)}`,
  ];
  return ['Warm', '', markdownTable(heading, rows), '', `Median ratios: ${ratios.join(', ')}`].join('\n');
}
