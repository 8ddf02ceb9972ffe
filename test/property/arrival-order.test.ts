import { join } from 'node:path';
import { type PackageSource, resolve, resolveUniversal, target } from '@pyplan/resolver';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasShared, shared } from '../support/paths.ts';
import { openRecordedSnapshot } from '../support/recorded-snapshot.ts';
import { recordedSource } from '../support/recorded-source.ts';
import { conformanceOptions } from '../support/requests.ts';
import { readRequirementSet } from '../support/requirement-set.ts';
import { resolutionText } from '../support/resolution-text.ts';
import { shuffledSource } from '../support/shuffled-source.ts';

const directory = join(shared, 'snapshot');

describe.runIf(hasShared('snapshot'))('the order in which a real index answers', () => {
  let source: PackageSource;
  beforeAll(() => {
    source = recordedSource(openRecordedSnapshot(directory));
  });
  const request = (set: string, from: PackageSource) => ({
    ...readRequirementSet(join(directory, 'sets', `${set}.in`)),
    overrides: [],
    source: from,
    options: {
      ...conformanceOptions,
      excludeNewer: Date.parse('2026-11-01T00:00:00Z'),
      onlyBinary: 'all' as const,
    },
  });

  test.each(['starlette-fastapi', 'jupyter', 'otel-grpc', 'unsat-deep'])(
    'leaves no trace in the plans of %s',
    async (set) => {
      const targets = [target('3.12', 'linux'), target('3.10', 'windows')];
      const atOnce = resolutionText(await resolve({ ...request(set, source), targets }));
      const seeds = fc.sample(fc.integer(), 2);
      for (const seed of seeds) {
        const shuffled = await resolve({ ...request(set, shuffledSource(source, seed)), targets });
        expect(resolutionText(shuffled) === atOnce, `with seed ${seed}`).toBe(true);
      }
    },
  );

  test('leaves no trace in a universal lock', async () => {
    const lock = async (from: PackageSource): Promise<string> => {
      const resolution = await resolveUniversal({
        ...request('sci-splits', from),
        requiresPython: '>=3.12,<3.14',
        platforms: null,
      });
      return resolution.status === 'resolved' ? JSON.stringify(resolution.lock.packages) : 'no solution';
    };
    const atOnce = await lock(source);
    expect(atOnce).toContain('scipy');
    for (const seed of fc.sample(fc.integer(), 2)) {
      expect((await lock(shuffledSource(source, seed))) === atOnce, `with seed ${seed}`).toBe(true);
    }
  });
});
