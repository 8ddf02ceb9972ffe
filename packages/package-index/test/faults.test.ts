import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceError } from '@pyplan/resolver';
import { expect, test } from 'vitest';
import { diskCache, httpSource } from '../src/index.ts';
import { fakeClock } from './support/clock.ts';
import { testServer } from './support/server.ts';
import { visitAll } from './support/visit.ts';
import { worldHandler, worldServer } from './support/world.ts';

const names = Array.from({ length: 8 }, (_, number) => `p${number}`);
const world = Object.fromEntries(names.map((name) => [name, ['1.0', '2.0']]));
/** The seeds of a run; another beginning by `PYPLAN_SEED`. */
const FIRST_SEED = Number(process.env['PYPLAN_SEED'] ?? 1);
const SEEDS = 60;

test(`an index that fails three times in ten gives the same answer or one clear error (seeds from ${FIRST_SEED})`, async () => {
  const clean = await worldServer(world);
  const wanted = httpSource({ indexUrl: `${clean.origin}/simple` });
  const normal = (text: string, origin: string): string => text.replaceAll(origin, '');
  const expected = normal(await describeAll(wanted), clean.origin);
  await wanted.close();
  await clean.close();
  let failures = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const handler = worldHandler(world);
    const server = await testServer((request, response, count) => {
      const draw = hash('sha256', `${seed} ${request.url} ${count}`);
      if (Number.parseInt(draw.slice(0, 8), 16) / 2 ** 32 >= 0.3) return handler(request, response, count);
      switch (Number.parseInt(draw.slice(8, 10), 16) % 3) {
        case 0:
          response.writeHead(503).end('fault');
          break;
        case 1:
          request.socket.resetAndDestroy();
          break;
        default:
          response.writeHead(200, {
            'content-length': 10_000,
            'content-type': 'application/vnd.pypi.simple.v1+json',
          });
          response.write('{"meta":{"api-version":"1.0"},"files":[', () => response.destroy());
      }
    });
    const folder = mkdtempSync(join(tmpdir(), 'pyplan-faults-'));
    const open = () =>
      httpSource({
        indexUrl: `${server.origin}/simple`,
        clock: fakeClock(),
        maxAttempts: 3,
        cache: diskCache(folder),
      });
    for (let run = 0; ; run++) {
      const source = open();
      const outcome = await describeAll(source).catch((error: unknown) => error);
      await source.close();
      if (typeof outcome === 'string') {
        expect(normal(outcome, server.origin), `seed ${seed}`).toBe(expected);
        break;
      }
      if (!(outcome instanceof SourceError)) throw outcome;
      expect(outcome.kind).toBe('unreachable');
      expect(outcome.message).toContain(server.origin);
      failures++;
      // What the run got before it failed is kept, so each run has less to ask for.
      expect(run).toBeLessThan(20);
    }
    rmSync(folder, { recursive: true });
    await server.close();
  }
  expect(failures).toBeGreaterThan(0);
});

async function describeAll(source: ReturnType<typeof httpSource>): Promise<string> {
  await visitAll(source, names);
  const pages = await Promise.all(names.map((name) => source.page(name)));
  return JSON.stringify(
    await Promise.all(pages.map(async (page) => page?.versions.map((_, index) => page.filesOf(index)))),
  );
}
