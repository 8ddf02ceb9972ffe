import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceError } from '@pyplan/resolver';
import { afterEach } from 'vitest';
import { type HttpSource, type HttpSourceOptions, httpSource } from '../../src/index.ts';
import { fakeClock } from './clock.ts';
import type { TestServer } from './server.ts';
import { type WorldOptions, worldServer } from './world.ts';

/** What a test opens; it is closed after the test. */
export interface Served {
  /** A server of three releases of flask and one of click. */
  serve(options?: WorldOptions): Promise<TestServer>;
  source(server: TestServer, options?: Partial<HttpSourceOptions>): HttpSource;
  /** An empty directory. */
  directory(): string;
}

/** To be called at the head of a file of tests. */
export function served(): Served {
  const cleanUps: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });
  return {
    serve: async (options = {}) => {
      const server = await worldServer({ flask: ['1.0', '2.0', '3.0'], click: ['8.0'] }, options);
      cleanUps.push(() => server.close());
      return server;
    },
    source: (server, options = {}) => {
      const made = httpSource({ indexUrl: `${server.origin}/simple`, clock: fakeClock(), ...options });
      cleanUps.push(() => made.close());
      return made;
    },
    directory: () => {
      const path = mkdtempSync(join(tmpdir(), 'pyplan-cache-'));
      cleanUps.push(() => rmSync(path, { recursive: true, force: true }));
      return path;
    },
  };
}

/** The error of a source that a promise ends in. @throws Error where it ends in none */
export async function failure(promise: unknown): Promise<SourceError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('expected a SourceError');
}
