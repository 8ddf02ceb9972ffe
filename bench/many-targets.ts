import { join } from 'node:path';
import { httpSource } from '@pyplan/package-index';
import type { PackageSource } from '@pyplan/resolver';
import { root } from '../test/support/paths.ts';
import type { BenchOptions, BenchReport } from './bench.ts';
import { type Index, run } from './commands.ts';
import { type Bed, eachSet, withScratch } from './each-set.ts';
import { alternate, duration, median, ratio } from './measure.ts';
import { nabMatrix } from './nab-matrix.ts';
import type { Peers } from './peers.ts';
import { lineAdder } from './request.ts';
import type { RequirementSet } from './sets.ts';
import { markdownTable } from './table.ts';

/** A change to a request. */
type Edit = ReturnType<typeof lineAdder>;

/** A question about many targets, and how each side is asked it. */
export interface ManyTargets {
  readonly title: string;
  /** Runs of each contender where the caller does not say. */
  readonly runs: number;
  /** A heading for uv's column. */
  readonly theirs: string;
  /** One resolution in this process, of a request that is edited before. */
  resolve(set: RequirementSet, source: PackageSource, edit: Edit): Promise<unknown>;
  /** Arguments of `pyplan lock`. */
  readonly pyplan: readonly string[];
  /** Arguments of each `uv pip compile` that it takes. */
  readonly uv: readonly (readonly string[])[];
  /** Whether nab is asked, too, for the same targets as a matrix. */
  readonly nab: boolean;
}

/** Medians in milliseconds. */
interface Result {
  readonly set: string;
  /** A later resolution over a source that has been asked before. */
  readonly again: number;
  /** The same with a line more that no earlier request had. */
  readonly edited: number;
  /** The whole command over a cache that holds everything. */
  readonly ours: number;
  /** All runs of uv together, over a cache that holds everything. */
  readonly uv: number;
  /** nab over a cache that holds everything; null where it was given up, undefined where it was not asked. */
  readonly nab: number | null | undefined;
}

/** One answer for many targets, in process and as a command over a full cache, beside uv. */
export async function runManyTargets(question: ManyTargets, options: BenchOptions): Promise<BenchReport> {
  const runs = options.runs ?? question.runs;
  const results = await eachSet(options, (set, bed) =>
    withScratch((cache) => measure(question, set, bed, cache, runs)),
  );
  return { markdown: table(question, results), data: results };
}

async function measure(
  question: ManyTargets,
  set: RequirementSet,
  { index, peers }: Bed,
  cache: string,
  runs: number,
): Promise<Result> {
  const source = httpSource({ indexUrl: index.url });
  try {
    const ours = (): Promise<void> => lockMany(question, set, index, join(cache, 'pyplan'));
    const uv = (): Promise<void> => compileMany(question, set, index, join(cache, 'uv'), peers);
    const again = (): Promise<unknown> => question.resolve(set, source, (request) => request);
    const addLine = lineAdder();
    const edited = (): Promise<unknown> => question.resolve(set, source, addLine);
    for (const warmUp of [again, edited, ours, uv]) await warmUp();
    const times = await alternate({ again, edited, ours, uv }, runs);
    return {
      set: set.name,
      again: median(times.again),
      edited: median(times.edited),
      ours: median(times.ours),
      uv: median(times.uv),
      nab: question.nab ? await nabMatrix(set, index, cache, peers, runs) : undefined,
    };
  } finally {
    await source.close();
  }
}

function lockMany(question: ManyTargets, set: RequirementSet, index: Index, cache: string): Promise<void> {
  return run(process.execPath, [
    join(root, 'packages', 'pyplan', 'dist', 'pyplan.cjs'),
    ...['lock', set.path, '--only-binary', ':all:', '--exclude-newer', index.cutoff],
    ...['--index-url', index.url, '--cache-dir', cache, '--format', 'json', '-q'],
    ...question.pyplan,
  ]);
}

async function compileMany(
  question: ManyTargets,
  set: RequirementSet,
  index: Index,
  cache: string,
  peers: Peers,
): Promise<void> {
  for (const args of question.uv) {
    await run(peers.program('uv'), [
      ...['pip', 'compile', set.path, '--no-build', '--no-config', '--generate-hashes', '-q'],
      // Naming an interpreter spares uv the search for one.
      ...['--python', peers.program('python'), '--exclude-newer', index.cutoff],
      ...['--index-url', index.url, '--cache-dir', cache, ...args],
    ]);
  }
}

function table({ title, theirs, nab: asksNab }: ManyTargets, results: readonly Result[]): string {
  const ratios = ['again / uv', 'edited / uv', 'command / uv'];
  const heading = ['set', 'again', 'edited', 'command', theirs, ...(asksNab ? ['nab'] : []), ...ratios];
  const rows = results.map(({ set, again, edited, ours, uv, nab }) => [
    set,
    ...[again, edited, ours, uv].map(duration),
    ...(nab === undefined ? [] : [nab === null ? '>60 s' : duration(nab)]),
    ...[again, edited, ours].map((time) => ratio(time, uv)),
  ]);
  const overall = (of: (result: Result) => number): string =>
    `${median(results.map((result) => of(result) / result.uv)).toFixed(2)}x`;
  const medians = [
    `again ${overall((result) => result.again)}`,
    `edited ${overall((result) => result.edited)}`,
    `command ${overall((result) => result.ours)}`,
  ];
  return [title, '', markdownTable(heading, rows), '', `Median ratios: ${medians.join(', ')}`].join('\n');
}
