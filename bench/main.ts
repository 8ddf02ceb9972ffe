import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { shared } from '../test/support/paths.ts';
import type { Bench, BenchOptions } from './bench.ts';

const usage = `Usage: pnpm bench [warm|cold|compare|universal|scale|memory|markers|wheels]... [--json] [SET|SHAPE...]

Runs side by side with peers, taking turns, and prints medians and ratios (under 1x: faster).
The index is the frozen snapshot beside the project, served on loopback by its mirror.py.
uv and the other peers come from the venv PYPLAN_PEERS, or are installed into .cache/peers.

  --sets DIR        requirement sets, <name>.in (default: ../shared/snapshot/sets)
  --snapshot DIR    what the mirror serves (default: ../shared/snapshot)
  --runs N          runs of each contender
  --latency-ms N    milliseconds before each answer of the index
  --known-dependencies FILE   another table than the command's own of what projects depend on; none: none
  --sizes N,N...    numbers of packages of the made-up indexes of scale (default: 100 to 20000)
  --json            data instead of tables`;

/** Each bench with its module, loaded when asked for. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  warm: async () => (await import('./warm.ts')).runWarmBench,
  cold: async () => (await import('./cold.ts')).runColdBench,
  compare: async () => (await import('./compare.ts')).runCompareBench,
  universal: async () => (await import('./universal.ts')).runUniversalBench,
  scale: async () => (await import('./scale/scale.ts')).runScaleBench,
  memory: async () => (await import('./memory/memory.ts')).runMemoryBench,
  markers: async () => (await import('./markers/markers.ts')).runMarkersBench,
  wheels: async () => (await import('./wheels/wheels.ts')).runWheelsBench,
};

/** Run where none is named. */
const usual = ['warm', 'cold'];

class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Command {
  readonly benches: readonly string[];
  readonly json: boolean;
  readonly options: BenchOptions;
}

function wholeNumber(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d+$/.test(text)) throw new UsageError(`--${option} takes a whole number, not "${text}"`);
  return Number(text);
}

function tableText(file: string | undefined): string | null {
  if (file === undefined) return null;
  return file === 'none' ? '' : readFileSync(file, 'utf8');
}

function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      sets: { type: 'string' },
      snapshot: { type: 'string' },
      runs: { type: 'string' },
      'latency-ms': { type: 'string' },
      sizes: { type: 'string' },
      'known-dependencies': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const named = positionals.filter((word) => word in benches);
  const snapshot = values.snapshot ?? join(shared, 'snapshot');
  return {
    benches: named.length === 0 ? usual : named,
    json: values.json,
    options: {
      sets: values.sets ?? join(snapshot, 'sets'),
      snapshot,
      names: positionals.filter((word) => !(word in benches)),
      runs: wholeNumber('runs', values.runs),
      sizes: values.sizes?.split(',').map((size) => wholeNumber('sizes', size) ?? 0) ?? null,
      knownDependencies: tableText(values['known-dependencies']),
      latencyMs: wholeNumber('latency-ms', values['latency-ms']) ?? 0,
      progress: (text) => process.stderr.write(`  ${text}\n`),
    },
  };
}

try {
  const command = readCommand(process.argv.slice(2));
  for (const name of command.benches) {
    const bench = await benches[name]?.();
    const report = await bench?.(command.options);
    if (report === undefined) continue;
    process.stdout.write(
      command.json ? `${JSON.stringify({ bench: name, data: report.data })}\n` : `${report.markdown}\n\n`,
    );
  }
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const isUsage =
    error instanceof UsageError || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  process.stderr.write(isUsage ? `${error.message}\n\n${usage}\n` : `${error.stack}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
