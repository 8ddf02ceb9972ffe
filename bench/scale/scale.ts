import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { httpSource } from '@pyplan/package-index';
import { resolve } from '@pyplan/resolver';
import { type BenchOptions, type BenchReport, cutoff } from '../bench.ts';
import { buildPyplan, type Index, lockWithPyplan, lockWithUv } from '../commands.ts';
import { alternate, duration, median, ratio } from '../measure.ts';
import { findPeers, type Peers } from '../peers.ts';
import { benchRequest } from '../request.ts';
import type { RequirementSet } from '../sets.ts';
import { markdownTable } from '../table.ts';
import { growthExponent } from './growth.ts';
import { shapes } from './world.ts';

const usualSizes = [100, 300, 1000, 3000, 10_000, 20_000];
/** Beyond some 500 packages of them the search by versions gives up. */
const usualSizesOfFronts = [75, 150, 225, 300, 450];
const seed = 1;

/** Milliseconds, medians but for `first`. */
interface ScaleResult {
  readonly shape: string;
  readonly size: number;
  /** The first resolution of a process, over HTTP and without a cache. */
  readonly first: number;
  /** A later one over the same source, by a search of its own. */
  readonly second: number;
  /** The whole command over a full cache. */
  readonly command: number;
  readonly uv: number;
}

/** How time grows with the number of packages, on made-up indexes, beside uv. */
export async function runScaleBench(options: BenchOptions): Promise<BenchReport> {
  const peers = findPeers();
  await buildPyplan();
  const results: ScaleResult[] = [];
  for (const shape of Object.keys(shapes)) {
    if (options.names.length > 0 && !options.names.includes(shape)) continue;
    for (const size of options.sizes ?? (shape === 'fronts' ? usualSizesOfFronts : usualSizes)) {
      results.push(await scaleResult(shape, size, peers, options.runs ?? 3));
      options.progress(`${shape} ${size}`);
    }
  }
  return { markdown: `Scale\n\n${scaleTable(results)}`, data: results };
}

async function scaleResult(shape: string, size: number, peers: Peers, runs: number): Promise<ScaleResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'pyplan-scale-'));
  const server = await serveWorld(shape, size);
  const index: Index = { url: server.indexUrl, cutoff };
  const source = httpSource({ indexUrl: index.url });
  try {
    const set: RequirementSet = { name: shape, path: join(scratch, `${shape}.in`) };
    const { requires } = shapes[shape]?.(size, seed) ?? { requires: [] };
    writeFileSync(set.path, `${requires.join('\n')}\n`);
    const request = benchRequest(set, source);
    let { maxSteps } = request.options;
    const again = async (): Promise<void> => {
      // With a bound that no request had before, the search of none of them is followed.
      const { status } = await resolve({ ...request, options: { ...request.options, maxSteps: ++maxSteps } });
      if (status !== 'resolved') throw new Error(`${shape} ${size} should have a plan`);
    };
    const { first } = await alternate({ first: again }, 1);
    const { second } = await alternate({ second: again }, runs);
    const command = (): Promise<void> => lockWithPyplan(set, index, join(scratch, 'pyplan'));
    const uv = (): Promise<void> => lockWithUv(set, index, join(scratch, 'uv'), peers);
    await command();
    await uv();
    const times = await alternate({ command, uv }, runs);
    return {
      shape,
      size,
      first: median(first),
      second: median(second),
      command: median(times.command),
      uv: median(times.uv),
    };
  } finally {
    await source.close();
    server.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface WorldServer {
  readonly indexUrl: string;
  close(): void;
}

/** The server is a process of its own, so that it takes no time of the one that is measured. */
async function serveWorld(shape: string, size: number): Promise<WorldServer> {
  const program = join(import.meta.dirname, 'serve.ts');
  const child: ChildProcess = spawn(process.execPath, [program, shape, String(size), String(seed)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the server has no pipes');
  const port = await new Promise<string>((ready, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`the server ended with ${code} before it was ready`)));
    createInterface({ input: stdout }).once('line', ready);
  });
  return { indexUrl: `http://127.0.0.1:${port}/simple`, close: () => stdin.end() };
}

const columns = ['first', 'second', 'command', 'uv'] as const;

function scaleTable(results: readonly ScaleResult[]): string {
  const heading = ['shape', 'packages', ...columns, 'second / uv', 'command / uv'];
  const rows = [...new Set(results.map(({ shape }) => shape))].flatMap((shape) => {
    const own = results.filter((result) => result.shape === shape);
    const growth = columns.map((column) =>
      growthExponent(own.map((result) => ({ size: result.size, time: result[column] }))).toFixed(2),
    );
    const sizes = own.map((result) => [
      shape,
      String(result.size),
      ...columns.map((column) => duration(result[column])),
      ...[ratio(result.second, result.uv), ratio(result.command, result.uv)],
    ]);
    return own.length < 2 ? sizes : [...sizes, [shape, 'exponent', ...growth, '', '']];
  });
  return markdownTable(heading, rows);
}
