import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultOptions,
  memorySource,
  type PackageSource,
  type Resolution,
  type ResolveProgress,
  resolve,
} from '../../src/index.ts';
import { lines, solve, targetNamed } from '../support/solve.ts';

const linuxWheel = 'lib-1.0-cp312-cp312-manylinux_2_17_x86_64.whl';
const windowsWheel = 'lib-1.0-cp312-cp312-win_amd64.whl';
const world = {
  lib: { '1.0': { files: [linuxWheel, windowsWheel] } },
  tty: { '1.0': {} },
  console: { '1.0': {} },
  old: { '1.0': { yanked: 'why' } },
};

/** The wheels of lib disagree about what it requires. */
function disagreeing(): PackageSource {
  const source = memorySource(world);
  return {
    ...source,
    metadata: (page, file) => {
      if (page.name !== 'lib') return source.metadata(page, file);
      return {
        kind: 'metadata',
        metadata: {
          requiresDist: [file.filename === linuxWheel ? 'tty' : 'console'],
          requiresPython: null,
          providesExtra: [],
          digest: null,
        },
      };
    },
  };
}

function summary({ plans, notes }: Resolution): unknown {
  return {
    plans: plans.map(({ target, packages }) => [target.platform, packages.map(({ name }) => name)]),
    notes: notes.map(({ text }) => text),
  };
}

describe('several targets', () => {
  test('get the metadata each of its own wheel', async () => {
    const resolution = await solve(disagreeing(), { requires: ['lib'] }, ['3.12 linux', '3.12 windows']);
    expect(summary(resolution)).toMatchObject({
      plans: [
        ['linux', ['lib', 'tty']],
        ['windows', ['console', 'lib']],
      ],
    });
  });

  test('get their plans in the order asked for, also where some have none', async () => {
    const part = { lib: { '1.0': { files: [windowsWheel] } } };
    const resolution = await solve(part, { requires: ['lib'] }, ['3.12 linux', '3.12 windows', '3.12 macos']);
    expect(resolution.status).toBe('no-solution');
    expect(resolution.plans.map(({ target }) => target.platform)).toEqual(['windows']);
    if (resolution.status !== 'no-solution') return;
    expect(resolution.refusals.map(({ target }) => target.platform)).toEqual(['linux', 'macos']);
  });

  test('ask the source for each page and each file once', async () => {
    const asked: string[] = [];
    const source = disagreeing();
    const counting: PackageSource = {
      ...source,
      page: async (name) => {
        asked.push(name);
        return source.page(name);
      },
      metadata: async (page, file) => {
        asked.push(file.filename);
        return source.metadata(page, file);
      },
    };
    await solve(counting, { requires: ['lib'] }, ['3.12 linux', '3.12 windows', '3.12 linux']);
    expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
    await solve(counting, { requires: ['lib'] });
    expect(asked).toHaveLength(new Set(asked).size);
  });

  test('tell a note that concerns all of them once, in the order of targets', async () => {
    const ask = { requires: ['old==1.0'] };
    const resolution = await solve(world, ask, ['3.12 linux', '3.12 windows']);
    expect(resolution.notes.map(({ text }) => text)).toEqual(['old 1.0 was yanked: why']);
  });

  test('say the same whatever the order in which answers come', async () => {
    const names = ['3.12 linux', '3.12 windows', '3.12 macos'];
    const ask = { requires: ['lib[nope]; sys_platform != "darwin"', 'old==1.0'] };
    const atOnce = summary(await solve(disagreeing(), ask, names));
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const source = disagreeing();
        const later: PackageSource = {
          ...source,
          page: scheduler.scheduleFunction(async (name: string) => source.page(name)),
          metadata: scheduler.scheduleFunction(async (...of: Parameters<PackageSource['metadata']>) =>
            source.metadata(...of),
          ),
        };
        const resolution = await scheduler.waitFor(solve(later, ask, names));
        expect(summary(resolution)).toEqual(atOnce);
      }),
      { numRuns: 100 },
    );
  });
});

describe('progress', () => {
  test('counts pages and metadata up, and ends with done', async () => {
    const seen: ResolveProgress[] = [];
    await resolve({
      requirements: lines('requirements.in', ['lib']),
      constraints: [],
      overrides: [],
      targets: [targetNamed()],
      source: disagreeing(),
      options: defaultOptions,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.at(-1)).toMatchObject({ phase: 'done', pages: 2, metadata: 2 });
    const counts = seen.map(({ pages, metadata }) => pages + metadata);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(new Set(seen.slice(0, -1).map(({ name }) => name))).toEqual(new Set(['lib', 'tty']));
  });
});
