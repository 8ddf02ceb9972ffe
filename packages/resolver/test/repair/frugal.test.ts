import { describe, expect, test } from 'vitest';
import {
  defaultOptions,
  type MemoryWorld,
  memorySource,
  type PackageSource,
  type Refusal,
  resolve,
} from '../../src/index.ts';
import { lines, targetNamed } from '../support/solve.ts';

/** Versions 1 to 200 of lib, each for the core of its number alone. */
function twins(uploadTime: (version: number) => string | null): MemoryWorld {
  const all = Array.from({ length: 200 }, (_, i) => i + 1);
  return {
    lib: Object.fromEntries(
      all.map((n) => [`${n}`, { requires: [`core==${n}`], uploadTime: uploadTime(n) }] as const),
    ),
    core: Object.fromEntries(all.map((n) => [`${n}`, { uploadTime: uploadTime(n) }] as const)),
  };
}

const untimed = twins(() => null);
const timed = twins((n) => new Date(Date.UTC(2026, 0, n)).toISOString());

interface Tried {
  readonly refusal: Refusal | undefined;
  /** Versions whose metadata was asked for. */
  readonly asked: number;
}

async function tryRepairs(world: MemoryWorld, repairVersions?: number): Promise<Tried> {
  const source = memorySource(world);
  const asked = new Set<string>();
  const counting: PackageSource = {
    ...source,
    metadata: (page, file, signal) => {
      asked.add(file.filename);
      return source.metadata(page, file, signal);
    },
  };
  const resolution = await resolve({
    requirements: lines('requirements.in', ['lib==150', 'core==20']),
    constraints: [],
    overrides: [],
    targets: [targetNamed()],
    source: counting,
    options: defaultOptions,
    repairTrials: 24,
    ...(repairVersions === undefined ? {} : { repairVersions }),
  });
  const refusal = resolution.status === 'resolved' ? undefined : resolution.refusals[0];
  return { refusal, asked: asked.size };
}

const textsOf = ({ refusal }: Tried): readonly string[] => refusal?.repairs?.map(({ text }) => text) ?? [];
const ofCore = 'change core==20 (requirements.in:2) to core or to ==150';
const ofLib = 'change lib==150 (requirements.in:1) to lib or to ==20';

describe('a trial of a repair looks into few versions', () => {
  test('and where that leaves one untried, the refusal says so', async () => {
    const tried = await tryRepairs(untimed);
    expect(textsOf(tried)).toEqual([ofCore]);
    expect(tried.refusal?.untried).toBe(true);
    expect(tried.asked).toBeLessThan(30);
  });

  test('those that were uploaded with what they have to go with before long', async () => {
    const tried = await tryRepairs(timed);
    expect(textsOf(tried)).toEqual([ofLib, ofCore]);
    expect(tried.refusal?.untried).toBeUndefined();
    expect(tried.asked).toBeLessThan(35);
  });

  test('unless it may look into as many as it likes', async () => {
    const tried = await tryRepairs(untimed, Number.POSITIVE_INFINITY);
    expect(textsOf(tried)).toEqual([ofLib, ofCore]);
    expect(tried.refusal?.untried).toBeUndefined();
    expect(tried.asked).toBeGreaterThan(180);
  });
});
