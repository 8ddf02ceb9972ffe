import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchOptions, BenchReport } from '../bench.ts';
import { type Invocation, pyplanLock, uvCompile } from '../commands.ts';
import { type Bed, eachSet, withScratch } from '../each-set.ts';
import { median, ratio } from '../measure.ts';
import type { RequirementSet } from '../sets.ts';
import { markdownTable } from '../table.ts';
import { peakMemory } from './peak-memory.ts';

/** Bytes of ours and of uv's. */
type Pair = readonly [ours: number, uv: number];

/** Medians of the peaks of resident memory. */
interface MemoryResult {
  readonly set: string;
  /** One target, an empty cache. */
  readonly cold: Pair;
  /** One target, a cache that holds everything. */
  readonly warm: Pair;
  /** A lock from Python 3.10 on, for every platform; a cache that holds everything. */
  readonly universal: Pair;
}

/** The peak of each command's memory, cold, warm and for a universal lock, beside uv's. */
export async function runMemoryBench(options: BenchOptions): Promise<BenchReport> {
  const idle = await peakMemory({ program: process.execPath, args: ['-e', ''] });
  const results = await eachSet(options, (set, bed) => memoryResult(set, bed, options.runs ?? 3));
  const base = `Node alone: ${megabytes(idle)}`;
  return { markdown: `Memory\n\n${memoryTable(results)}\n\n${base}`, data: { idle, results } };
}

function memoryResult(set: RequirementSet, { index, peers }: Bed, runs: number): Promise<MemoryResult> {
  return withScratch(async (cache) => {
    const [ours, uv] = [join(cache, 'pyplan'), join(cache, 'uv')];
    const fresh = (directory: string): string => {
      rmSync(directory, { recursive: true, force: true });
      return directory;
    };
    const targets = ['--universal', '--python', '3.10'];
    const theirTargets = ['--universal', '--python-version', '3.10'];
    const pair = async (one: () => Invocation, other: () => Invocation): Promise<Pair> => [
      await peakOf(one, runs),
      await peakOf(other, runs),
    ];
    return {
      set: set.name,
      cold: await pair(
        () => pyplanLock(set, index, fresh(ours)),
        () => uvCompile(set, index, fresh(uv), peers),
      ),
      warm: await pair(
        () => pyplanLock(set, index, ours),
        () => uvCompile(set, index, uv, peers),
      ),
      universal: await pair(
        () => pyplanLock(set, index, ours, [...targets, '--format', 'pylock']),
        () => uvCompile(set, index, uv, peers, theirTargets),
      ),
    };
  });
}

async function peakOf(invocation: () => Invocation, runs: number): Promise<number> {
  const peaks: number[] = [];
  for (let i = 0; i < runs; i++) peaks.push(await peakMemory(invocation()));
  return median(peaks);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}

function memoryTable(results: readonly MemoryResult[]): string {
  const kinds = ['cold', 'warm', 'universal'] as const;
  const heading = ['set', ...kinds.flatMap((kind) => [kind, 'uv', 'ratio'])];
  const rows = results.map((result) => [
    result.set,
    ...kinds.flatMap((kind) => {
      const [ours, uv] = result[kind];
      return [megabytes(ours), megabytes(uv), ratio(ours, uv)];
    }),
  ]);
  return markdownTable(heading, rows);
}
