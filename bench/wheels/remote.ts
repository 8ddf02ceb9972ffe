import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRemoteMetadata, type ServerHabit } from '@pyplan/wheel-meta';
import { type Mirror, type MirrorRequest, startMirror } from '../../test/support/mirror.ts';
import { cutoff } from '../bench.ts';
import { median } from '../measure.ts';
import type { Peers } from '../peers.ts';
import { runProgram } from '../run-program.ts';
import { type RequirementSet, requirementSets } from '../sets.ts';
import { markdownTable } from '../table.ts';
import { bestByVersion } from './local.ts';
import { pageFilenames } from './snapshot-data.ts';

type Client = 'pyplan' | 'uv' | 'pip fast-deps';

/** What one client asked of an index without sidecars, for one set. */
interface Cost {
  readonly set: string;
  readonly client: Client;
  readonly wheels: number;
  /** Requests per wheel: median and most. */
  readonly requests: number;
  readonly mostRequests: number;
  /** Bytes of bodies per wheel: median and most. */
  readonly bytes: number;
  readonly mostBytes: number;
}

/** Sets that pip too resolves within seconds. */
const usualSets = ['flask', 'trio-docs', 'django-stack'];

/** What reading METADATA out of wheels costs where an index has no sidecars, beside uv and pip. */
export async function runRemoteBench(
  directories: { readonly snapshot: string; readonly sets: string },
  names: readonly string[],
  peers: Peers,
  progress: (text: string) => void,
): Promise<{ readonly markdown: string; readonly data: readonly Cost[] }> {
  const mirror = await startMirror(directories.snapshot, { flags: ['--no-metadata'] });
  const costs: Cost[] = [];
  try {
    for (const set of requirementSets(directories.sets, names.length === 0 ? usualSets : names)) {
      const clients: Readonly<Record<Client, () => Promise<void>>> = {
        pyplan: () => readPinned(set, mirror, directories.snapshot),
        uv: () => compileWithUv(set, mirror, peers),
        'pip fast-deps': () => resolveWithPip(set, mirror, peers),
      };
      for (const [client, run] of Object.entries(clients)) {
        await mirror.requests();
        await run();
        costs.push(costOf(set, client as Client, await mirror.requests()));
      }
      progress(`${set.name}, without sidecars`);
    }
  } finally {
    await mirror.close();
  }
  const rows = costs.map((cost) => [
    `${cost.set}, ${cost.client}`,
    ...[cost.wheels, cost.requests, cost.mostRequests, cost.bytes, cost.mostBytes].map(String),
  ]);
  const heading = ['set, client', 'wheels', 'requests a wheel', 'most', 'bytes a wheel', 'most'];
  return { markdown: markdownTable(heading, rows), data: costs };
}

/** Reads the METADATA of every wheel that uv pins, as a resolution would. */
async function readPinned(set: RequirementSet, mirror: Mirror, snapshot: string): Promise<void> {
  const expected = join(snapshot, 'expected', `${set.name}.py312-linux.json`);
  const { pins } = JSON.parse(readFileSync(expected, 'utf8')) as {
    readonly pins: Readonly<Record<string, string>>;
  };
  const habits = new Map<string, ServerHabit>();
  for (const [name, files] of Object.entries(pageFilenames(snapshot, Object.keys(pins)))) {
    const wheel = bestByVersion(name, files).get(pins[name] ?? '');
    if (wheel === undefined) continue;
    await readRemoteMetadata(new URL(`/files/${name}/${wheel}`, mirror.indexUrl).href, fetch, { habits });
  }
}

async function compileWithUv(set: RequirementSet, mirror: Mirror, peers: Peers): Promise<void> {
  await runProgram(peers.program('uv'), [
    ...['pip', 'compile', set.path, '--no-build', '--no-config', '--no-cache', '-q'],
    ...['--python', peers.program('python'), '--python-version', '3.12', '--python-platform', 'linux'],
    ...['--exclude-newer', cutoff, '--index-url', mirror.indexUrl],
  ]);
}

async function resolveWithPip(set: RequirementSet, mirror: Mirror, peers: Peers): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'pyplan-pip-'));
  try {
    await runProgram(peers.program('python'), [
      ...['-m', 'pip', 'install', '--dry-run', '--ignore-installed', '--only-binary', ':all:', '-q'],
      ...['--use-feature=fast-deps', '--no-cache-dir', '--disable-pip-version-check'],
      ...['--target', directory, '--python-version', '3.12', '--implementation', 'cp'],
      ...['--platform', 'manylinux_2_28_x86_64', '--platform', 'manylinux2014_x86_64'],
      ...['--index-url', mirror.indexUrl, '-r', set.path],
    ]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function costOf(set: RequirementSet, client: Client, requests: readonly MirrorRequest[]): Cost {
  const wheels = new Map<string, { requests: number; bytes: number }>();
  for (const { path, bytes } of requests) {
    if (!path.endsWith('.whl')) continue;
    const wheel = wheels.get(path) ?? { requests: 0, bytes: 0 };
    wheels.set(path, { requests: wheel.requests + 1, bytes: wheel.bytes + bytes });
  }
  const all = [...wheels.values()];
  return {
    set: set.name,
    client,
    wheels: all.length,
    requests: median(all.map((wheel) => wheel.requests)),
    mostRequests: Math.max(...all.map((wheel) => wheel.requests)),
    bytes: median(all.map((wheel) => wheel.bytes)),
    mostBytes: Math.max(...all.map((wheel) => wheel.bytes)),
  };
}
