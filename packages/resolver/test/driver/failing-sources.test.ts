import { describe, expect, test } from 'vitest';
import {
  BudgetError,
  defaultOptions,
  memorySource,
  type PackageSource,
  resolve,
  SourceError,
} from '../../src/index.ts';
import { lines, pinsOf, solve, targetNamed } from '../support/solve.ts';

const world = {
  app: { '1.0': { requires: ['lib'] } },
  lib: { '1.0': {}, '2.0': { requires: ['gone'] } },
};

const broken = new SourceError('lib: the page is truncated', {
  kind: 'corrupt',
  url: 'https://example.org/simple/lib/',
});

/** A source that fails for one project, at once or later. */
function failing(project: string, how: 'throws' | 'rejects'): PackageSource {
  const source = memorySource(world);
  return {
    ...source,
    page: (name) => {
      if (name !== project) return source.page(name);
      if (how === 'throws') throw broken;
      return Promise.reject(broken);
    },
  };
}

describe('a source that fails', () => {
  test.each(['throws', 'rejects'] as const)(
    'for what is needed passes its error through as it is (%s)',
    async (how) => {
      await expect(solve(failing('lib', how), { requires: ['app'] })).rejects.toBe(broken);
      expect([broken.kind, broken.url]).toEqual(['corrupt', 'https://example.org/simple/lib/']);
    },
  );

  test.each(['throws', 'rejects'] as const)(
    'for what is not needed in the end is unheard (%s)',
    async (how) => {
      // `gone` is looked at ahead of time, as lib 2.0 would be chosen; the constraint comes later.
      const ask = { requires: ['app', 'lib<2'] };
      expect(await pinsOf(failing('gone', how), ask)).toEqual({ app: '1.0', lib: '1.0' });
    },
  );

  test('fails the same way for a later call, and can recover', async () => {
    const source = memorySource({ lib: { '1.0': {} } });
    let isDown = true;
    const flaky: PackageSource = {
      ...source,
      page: (name) => (isDown ? Promise.reject(broken) : source.page(name)),
    };
    await expect(solve(flaky, { requires: ['lib'] })).rejects.toBe(broken);
    isDown = false;
    expect(await pinsOf(flaky, { requires: ['lib'] })).toEqual({ lib: '1.0' });
  });

  test('with an error that is none of its own is not hidden', async () => {
    const source: PackageSource = {
      ...memorySource(world),
      metadata: () => {
        throw new TypeError('a defect');
      },
    };
    await expect(solve(source, { requires: ['app'] })).rejects.toThrow(TypeError);
  });
});

describe('an abort', () => {
  const request = (source: PackageSource, signal: AbortSignal) => ({
    requirements: lines('requirements.in', ['app']),
    constraints: [],
    overrides: [],
    targets: [targetNamed()],
    source,
    options: defaultOptions,
    signal,
  });

  test('before the start ends the call with its reason', async () => {
    const reason = new Error('interrupted');
    await expect(resolve(request(memorySource(world), AbortSignal.abort(reason)))).rejects.toBe(reason);
  });

  test('while a page is awaited ends the call, and the source is handed the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const source: PackageSource = {
      ...memorySource(world),
      page: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
          queueMicrotask(() => controller.abort(reason));
        }),
    };
    await expect(resolve(request(source, controller.signal))).rejects.toBe(reason);
  });
});

describe('the budget', () => {
  test('ends a search that takes more decisions than allowed, and says how many', async () => {
    const error = await solve(world, { requires: ['app'], options: { maxSteps: 2 } }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(BudgetError);
    expect(error).toHaveProperty('steps', 3);
    expect(error).toHaveProperty('message', expect.stringContaining('after 2 decisions'));
  });

  test('is not used up by a search that stays within it', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`p${i}`, { '1.0': { requires: i < 19 ? [`p${i + 1}`] : [] } }]),
    );
    const pins = await pinsOf(chain, { requires: ['p0'], options: { maxSteps: 21 } });
    expect(Object.keys(pins)).toHaveLength(20);
  });
});
