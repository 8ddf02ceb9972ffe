import { join } from 'node:path';
import { httpSource } from '@pyplan/package-index';
import { type ResolveOptions, resolve, target } from '@pyplan/resolver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foreseenSource } from '../support/foreseen-source.ts';
import { type Mirror, type MirrorRequest, startMirror } from '../support/mirror.ts';
import { hasShared, shared } from '../support/paths.ts';
import { countRequests } from '../support/request-counts.ts';
import { conformanceOptions } from '../support/requests.ts';
import { readRequirementSet } from '../support/requirement-set.ts';

const directory = join(shared, 'snapshot');

interface UvAsks {
  readonly set: string;
  readonly pages: number;
  readonly metadata: number;
  readonly ahead?: number;
}

/**
 * Pages and sidecars that uv 0.13.9 asks for on Python 3.12 and linux (snapshot/README.md); `ahead` are pages
 * that may be asked for besides, where the page that shows a conflict happens to come late.
 */
const uvAsks: readonly UvAsks[] = [
  { set: 'black', pages: 36, metadata: 36 },
  { set: 'boto3-urllib3', pages: 7, metadata: 3041 },
  { set: 'django-stack', pages: 87, metadata: 91 },
  { set: 'fastapi-stack', pages: 102, metadata: 102 },
  { set: 'flask', pages: 7, metadata: 7 },
  { set: 'home-assistant', pages: 101, metadata: 102 },
  { set: 'jupyter', pages: 96, metadata: 96 },
  { set: 'llm-stack', pages: 264, metadata: 928 },
  { set: 'mkdocs-material', pages: 71, metadata: 227, ahead: 1 },
  { set: 'otel-grpc', pages: 51, metadata: 1175 },
  { set: 'sci-splits', pages: 75, metadata: 75 },
  { set: 'sphinx-autodoc', pages: 119, metadata: 119 },
  { set: 'starlette-fastapi', pages: 17, metadata: 29 },
  { set: 'transformers-extras', pages: 230, metadata: 564 },
  { set: 'trio-docs', pages: 37, metadata: 37 },
];

/**
 * What a refusal asks for: uv's own, what speculation may add while the search waits, the versions that an
 * explanation may use besides, and with repairs the plans of those and what their trials went through in vain.
 */
const refusals = [
  { set: 'unsat-deep', uv: [11, 11], explained: [24, 34], repaired: [26, 150] },
  { set: 'unsat-protobuf', uv: [23, 3], explained: [30, 30], repaired: [38, 56] },
  { set: 'unsat-python', uv: [3, 0], explained: [3, 0], repaired: [7, 7] },
] as const;

const options: ResolveOptions = {
  ...conformanceOptions,
  excludeNewer: Date.parse('2026-11-01T00:00:00Z'),
  onlyBinary: 'all',
};

describe.runIf(hasShared('snapshot'))('the work of a cold resolution', () => {
  let mirror: Mirror;
  beforeAll(async () => {
    mirror = await startMirror(directory);
  });
  afterAll(() => mirror.close());

  /** @param foresees whether pages are asked for ahead, as the command does */
  async function ask(
    set: string,
    repairTrials: number,
    foresees: boolean,
  ): Promise<readonly MirrorRequest[]> {
    const index = httpSource({ indexUrl: mirror.indexUrl });
    const lines = readRequirementSet(join(directory, 'sets', `${set}.in`));
    const source = foresees ? await foreseenSource(index, lines, options) : index;
    const isRefused = refusals.some((refusal) => refusal.set === set);
    try {
      const resolution = await resolve({
        ...lines,
        overrides: [],
        targets: [target('3.12', 'linux')],
        source,
        repairTrials,
        options,
      });
      expect(resolution.status).toBe(isRefused ? 'no-solution' : 'resolved');
    } finally {
      await index.close();
    }
    const requests = await mirror.requests();
    expect(countRequests(requests).others).toEqual([]);
    expect(new Set(requests.map(({ path }) => path)).size).toBe(requests.length);
    return requests;
  }

  test.each(uvAsks)(
    'is for $set at most $pages pages and $metadata sidecars, each asked for once',
    async (uv) => {
      for (const foresees of [false, true]) {
        const asked = countRequests(await ask(uv.set, 0, foresees));
        expect(asked.pages).toBeGreaterThan(0);
        expect(asked.pages).toBeLessThanOrEqual(uv.pages + (uv.ahead ?? 0));
        expect(asked.metadata).toBeLessThanOrEqual(uv.metadata);
      }
    },
  );

  test.each(refusals)('is bounded where $set is refused, and where repairs are tried', async (refusal) => {
    for (const [trials, most] of [
      [0, refusal.explained],
      [24, refusal.repaired],
    ] as const) {
      const asked = countRequests(await ask(refusal.set, trials, true));
      expect(asked.pages).toBeGreaterThanOrEqual(refusal.uv[0]);
      expect(asked.pages).toBeLessThanOrEqual(most[0]);
      expect(asked.metadata).toBeLessThanOrEqual(most[1]);
    }
  });
});
