import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mirror, startMirror } from '../test/support/mirror.ts';
import { countRequests, type RequestCounts } from '../test/support/request-counts.ts';
import { type BenchOptions, type BenchReport, cutoff } from './bench.ts';
import { buildPyplan, type Index, lockWithPyplan, lockWithUv } from './commands.ts';
import { alternate, duration, median, ratio } from './measure.ts';
import { findPeers, type Peers } from './peers.ts';
import { type RequirementSet, requirementSets } from './sets.ts';
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
  const peers = findPeers();
  await buildPyplan();
  const mirror = await startMirror(options.snapshot, { latencyMs: options.latencyMs });
  const results: ColdResult[] = [];
  try {
    for (const set of requirementSets(options.sets, options.names)) {
      results.push(await coldResult(set, mirror, peers, options.runs ?? 5));
      options.progress(set.name);
    }
  } finally {
    await mirror.close();
  }
  return { markdown: coldTable(results, options.latencyMs), data: results };
}

async function coldResult(
  set: RequirementSet,
  mirror: Mirror,
  peers: Peers,
  runs: number,
): Promise<ColdResult> {
  const index: Index = { url: mirror.indexUrl, cutoff };
  const ours = (cache: string): Promise<void> => lockWithPyplan(set, index, cache);
  const uv = (cache: string): Promise<void> => lockWithUv(set, index, cache, peers);
  // Counted first and apart, which also lets the mirror inflate and keep what it will serve.
  await mirror.requests();
  await withEmptyCache(ours);
  const oursAsked = countRequests(await mirror.requests());
  await withEmptyCache(uv);
  const uvAsked = countRequests(await mirror.requests());
  const times = await alternate({ ours: () => withEmptyCache(ours), uv: () => withEmptyCache(uv) }, runs);
  return {
    set: set.name,
    ours: oursAsked,
    uv: uvAsked,
    oursMs: median(times.ours),
    uvMs: median(times.uv),
  };
}

async function withEmptyCache(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'pyplan-cold-'));
  try {
    await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
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
