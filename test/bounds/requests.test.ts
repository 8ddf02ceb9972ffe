import { join } from 'node:path';
import { httpSource } from '@pyplan/package-index';
import { resolve, target } from '@pyplan/resolver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mirror, startMirror } from '../support/mirror.ts';
import { hasShared, shared } from '../support/paths.ts';
import { countRequests } from '../support/request-counts.ts';
import { conformanceOptions } from '../support/requests.ts';
import { readRequirementSet } from '../support/requirement-set.ts';

const directory = join(shared, 'snapshot');

/** Pages and sidecars that uv 0.13.9 asks for on Python 3.12 and linux (snapshot/README.md). */
const uvAsks = [
  { set: 'boto3-urllib3', pages: 7, metadata: 3041 },
  { set: 'otel-grpc', pages: 51, metadata: 1175 },
  { set: 'otel-grpc', pages: 51, metadata: 1175 },
  { set: 'jupyter', pages: 96, metadata: 96 },
];

describe.runIf(hasShared('snapshot'))('the work of a cold resolution', () => {
  let mirror: Mirror;
  beforeAll(async () => {
    mirror = await startMirror(directory);
  });
  afterAll(() => mirror.close());

  test.each(uvAsks)(
    'is for $set at most $pages pages and $metadata sidecars, each asked for once',
    async (uv) => {
      const source = httpSource({ indexUrl: mirror.indexUrl });
      try {
        const resolution = await resolve({
          ...readRequirementSet(join(directory, 'sets', `${uv.set}.in`)),
          overrides: [],
          targets: [target('3.12', 'linux')],
          source,
          options: {
            ...conformanceOptions,
            excludeNewer: Date.parse('2026-11-01T00:00:00Z'),
            onlyBinary: 'all',
          },
        });
        expect(resolution.status).toBe('resolved');
      } finally {
        await source.close();
      }
      const requests = await mirror.requests();
      const asked = countRequests(requests);
      expect(asked.pages).toBeGreaterThan(0);
      expect(asked.pages).toBeLessThanOrEqual(uv.pages);
      expect(asked.metadata).toBeLessThanOrEqual(uv.metadata);
      expect(asked.others).toEqual([]);
      expect(new Set(requests.map(({ path }) => path)).size).toBe(requests.length);
    },
  );
});
