import { describe, expect, test } from 'vitest';
import { defaultOptions, differencesOf, type MemoryWorld, memorySource, resolve } from '../../src/index.ts';
import { lines, targetNamed } from '../support/solve.ts';

/** What parts a package on two targets, a line for each cause that is no requirement of what differs itself. */
async function endsOf(
  world: MemoryWorld,
  requires: readonly string[],
  on: readonly string[],
): Promise<unknown> {
  const request = {
    requirements: lines('requirements.in', requires),
    constraints: [],
    overrides: [],
    source: memorySource(world),
    options: defaultOptions,
  };
  const { plans } = await resolve({ ...request, targets: on.map(targetNamed) });
  expect(plans).toHaveLength(on.length);
  const differences = differencesOf(plans.map((plan) => ({ request, plan })));
  return Object.fromEntries(
    differences.map(({ name, causes }) => [
      name,
      causes.flatMap((cause) =>
        'text' in cause && cause.kind === 'marker'
          ? [`${cause.by?.name} ${cause.by?.version}: ${cause.text} on ${cause.sides}`]
          : [],
      ),
    ]),
  );
}

describe('what keeps a version away is found', () => {
  const both = ['3.12 linux', '3.12 macos'];

  test('where an extra of a package that stays asks for another version of the one that moves', async () => {
    const world: MemoryWorld = {
      app: { '1.0': {}, '2.0': { requires: ['lib[fast]'] } },
      lib: { '1.0': { extras: { fast: ['app<2 ; sys_platform == "darwin"'] } } },
    };
    expect(await endsOf(world, ['app', 'lib'], both)).toEqual({
      app: ['lib 1.0: app<2 ; (sys_platform == "darwin") and extra == "fast" on 1'],
    });
  });

  test('where it asks for a version of a package that only the other side has', async () => {
    const world: MemoryWorld = {
      app: { '1.0': {}, '2.0': { requires: ['lib[fast]'] } },
      lib: { '1.0': { extras: { fast: ['gear', 'gear<2 ; sys_platform == "darwin"'] } } },
      gear: { '1.0': { requires: ['nobody'] }, '2.0': {} },
    };
    expect(await endsOf(world, ['app', 'lib'], both)).toEqual({
      app: ['lib 1.0: gear<2 ; (sys_platform == "darwin") and extra == "fast" on 1'],
      gear: [],
    });
  });

  test('where packages are there only since they ask for one another', async () => {
    const world: MemoryWorld = {
      app: { '1.0': { requires: ['gear'] }, '2.0': { requires: ['tool ; python_version >= "3.12"'] } },
      gear: { '1.0': { requires: ['app<2'] } },
      tool: { '1.0': { requires: ['nobody'] } },
    };
    const ends = ['app 2.0: tool ; python_version >= "3.12" on 1'];
    expect(await endsOf(world, ['app'], ['3.11 linux', '3.12 linux'])).toEqual({ app: ends, gear: [] });
  });
});
