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
  { set: 'black', pages: 36, metadata: 36 },
  { set: 'boto3-urllib3', pages: 7, metadata: 3041 },
  { set: 'django-stack', pages: 87, metadata: 91 },
  { set: 'fastapi-stack', pages: 102, metadata: 102 },
  { set: 'flask', pages: 7, metadata: 7 },
  { set: 'home-assistant', pages: 101, metadata: 102 },
  { set: 'jupyter', pages: 96, metadata: 96 },
  { set: 'llm-stack', pages: 264, metadata: 928 },
  { set: 'mkdocs-material', pages: 71, metadata: 227 },
  { set: 'otel-grpc', pages: 51, metadata: 1175 },
  { set: 'sci-splits', pages: 75, metadata: 75 },
  { set: 'sphinx-autodoc', pages: 119, metadata: 119 },
  { set: 'starlette-fastapi', pages: 17, metadata: 29 },
  { set: 'transformers-extras', pages: 230, metadata: 564 },
  { set: 'trio-docs', pages: 37, metadata: 37 },
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
