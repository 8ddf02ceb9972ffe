import { checkEvidence } from '@pyplan/lockfile';
import { parseRequirement } from '@pyplan/markers';
import {
  evidenceOf,
  formatEvidence,
  memorySource,
  type ResolveRequest,
  resolve,
  target,
} from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceOn } from '../../packages/resolver/src/evidence/evidence-of.ts';
import { provenByClauses } from '../../packages/resolver/src/evidence/refusal-evidence.ts';
import { digestedSource } from '../support/evidence/digested-source.ts';
import { evidenceFault, noEvidence } from '../support/evidence/evidence-fault.ts';
import type { World, WorldTarget } from '../support/judge/world.ts';
import { memoryWorld } from '../support/memory-world.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';
import { smallWorld, worldTarget } from '../support/world-arbitrary.ts';

function requestOf(world: World, on: readonly WorldTarget[]): ResolveRequest {
  return {
    requirements: world.root.requires.map((text) => rootRequirement(parseRequirement(text))),
    constraints: [],
    overrides: [],
    targets: on.map(({ python, platform }) => target(python, platform)),
    source: digestedSource(memorySource(memoryWorld(world))),
    options: conformanceOptions,
  };
}

describe('the evidence of small worlds', () => {
  test('holds, by itself and against the index: of every plan and every refusal', async () => {
    const count = noEvidence();
    await fc.assert(
      fc.asyncProperty(smallWorld, worldTarget, async (world, on) => {
        const request = requestOf(world, [on]);
        expect(await evidenceFault(request, await resolve(request), count)).toBeNull();
      }),
      { numRuns: 400 },
    );
    expect(count.plans).toBeGreaterThan(20);
    expect(count.refusals).toBeGreaterThan(20);
  });

  test("holds, too, where the refusal is the Boolean solver's", async () => {
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(smallWorld, worldTarget, async (world, on) => {
        const request = requestOf(world, [on]);
        const resolution = await resolve(request);
        if (resolution.status === 'resolved') return;
        const evidence = await evidenceOn(request, [], resolution.refusals, {}, provenByClauses);
        expect(await checkEvidence(evidence)).toMatchObject({ holds: true });
        expect(await checkEvidence(evidence, { source: request.source })).toMatchObject({ holds: true });
        refusals++;
      }),
      { numRuns: 400 },
    );
    expect(refusals).toBeGreaterThan(20);
  });

  test('is the same bytes whatever was resolved before', async () => {
    await fc.assert(
      fc.asyncProperty(smallWorld, worldTarget, worldTarget, async (world, on, other) => {
        const alone = requestOf(world, [on]);
        const first = formatEvidence(await evidenceOf(alone, await resolve(alone)));
        const later = requestOf(world, [on]);
        await resolve({ ...later, targets: requestOf(world, [other]).targets });
        await resolve(later);
        expect(formatEvidence(await evidenceOf(later, await resolve(later)))).toBe(first);
      }),
      { numRuns: 100 },
    );
  });
});
