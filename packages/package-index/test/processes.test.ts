import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diskCache, httpSource } from '../src/index.ts';
import type { TestServer } from './support/server.ts';
import { visitAll } from './support/visit.ts';
import { worldServer } from './support/world.ts';

const SCRIPT = join(import.meta.dirname, 'support', 'visit-process.ts');
/** More of them in a longer run: `PYPLAN_KILLS=200`. */
const KILLS = Number(process.env['PYPLAN_KILLS'] ?? 4);
const names = Array.from({ length: 12 }, (_, number) => `project-${number}`);
const world = Object.fromEntries(
  names.map((name, number) => [name, Array.from({ length: 3 + number }, (_, minor) => `1.${minor}`)]),
);

let server: TestServer;
let folder = '';
let expected = '';

beforeAll(async () => {
  server = await worldServer(world);
  folder = mkdtempSync(join(tmpdir(), 'pyplan-processes-'));
  const source = httpSource({ indexUrl: `${server.origin}/simple` });
  expected = await visitAll(source, names);
  await source.close();
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});

function start(cache: string): { readonly child: ChildProcess; readonly ended: Promise<string> } {
  const child = spawn(process.execPath, [SCRIPT, `${server.origin}/simple`, cache, ...names], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return { child, ended: new Promise((resolve) => child.on('close', () => resolve(output.trim()))) };
}

async function runWith(cache: string): Promise<{ readonly digest: string; readonly requests: number }> {
  const source = httpSource({ indexUrl: `${server.origin}/simple`, cache: diskCache(cache) });
  const digest = await visitAll(source, names);
  await source.close();
  return { digest, requests: source.stats.requests };
}

describe('one cache directory', () => {
  test('serves 16 processes that begin with it cold at the same time', async () => {
    const cache = join(folder, 'shared');
    const outputs = await Promise.all(Array.from({ length: 16 }, () => start(cache).ended));
    for (const output of outputs) expect(output.split(' ')[0]).toBe(expected);
    expect(await runWith(cache)).toEqual({ digest: expected, requests: 0 });
    const leftovers = readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.tmp'),
    );
    expect(leftovers).toEqual([]);
  });

  test('outlives processes that are killed, at any moment', { timeout: KILLS * 15_000 }, async () => {
    const cache = join(folder, 'killed');
    let finished = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const { child, ended } = start(cache);
      const seen = server.requests.length;
      // Killed after a number of requests that grows, so at every stage of a run.
      await Promise.race([ended, requestsAfter(seen, 1 + ((kill * 37) % 140))]);
      child.kill('SIGKILL');
      if ((await ended) !== '') finished++;
    }
    expect(finished).toBeLessThan(KILLS);
    expect((await runWith(cache)).digest).toBe(expected);
    expect(await runWith(cache)).toEqual({ digest: expected, requests: 0 });
  });

  test('with any file cut short or overwritten asks again and mends it', async () => {
    const cache = join(folder, 'damaged');
    await runWith(cache);
    const files = readdirSync(cache, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.name.startsWith('page-'),
    );
    files.forEach((entry, number) => {
      const path = join(entry.parentPath, entry.name);
      if (number % 3 === 0) truncateSync(path, number * 17);
      else if (number % 3 === 1) writeFileSync(path, Buffer.alloc(500, number));
      else writeFileSync(path, '');
    });
    expect((await runWith(cache)).digest).toBe(expected);
    expect(await runWith(cache)).toEqual({ digest: expected, requests: 0 });
  });
});

/** Resolves when the server was asked `count` more times. */
async function requestsAfter(seen: number, count: number): Promise<void> {
  while (server.requests.length < seen + count) await new Promise((resolve) => setImmediate(resolve));
}
