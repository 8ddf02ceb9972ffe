import { describe, expect, test } from 'vitest';
import {
  defaultOptions,
  type MemoryWorld,
  memorySource,
  type Resolution,
  type ResolveOptions,
  resolve,
} from '../../src/index.ts';
import { lines, targetNamed } from '../support/solve.ts';

interface Ask {
  readonly requires: readonly string[];
  readonly constraints?: readonly string[];
  readonly options?: Partial<ResolveOptions>;
  readonly trials?: number;
}

function solve(
  world: MemoryWorld,
  { requires, constraints = [], options, trials = 16 }: Ask,
): Promise<Resolution> {
  return resolve({
    requirements: lines('requirements.in', requires),
    constraints: lines('constraints.txt', constraints),
    overrides: [],
    targets: [targetNamed('3.12 linux')],
    source: memorySource(world),
    options: { ...defaultOptions, ...options },
    repairTrials: trials,
  });
}

async function repairsOf(world: MemoryWorld, ask: Ask): Promise<readonly string[] | undefined> {
  const resolution = await solve(world, ask);
  if (resolution.status !== 'no-solution') throw new Error('has a solution');
  return resolution.refusals[0]?.repairs?.map(({ text }) => text);
}

describe('repairs', () => {
  const conflict: MemoryWorld = {
    a: { '1': { requires: ['c<2'] }, '2': { requires: ['c>=2'] } },
    b: { '1': { requires: ['c<2'] }, '2': { requires: ['c>=2'] } },
    c: { '1': {}, '2': {} },
  };

  test('loosen each line that helps alone, and say what it gets', async () => {
    expect(await repairsOf(conflict, { requires: ['a==1', 'b==2'] })).toEqual([
      'change a==1 (requirements.in:1) to a or to ==2',
      'change b==2 (requirements.in:2) to b or to ==1',
    ]);
  });

  test('reach constraints', async () => {
    expect(await repairsOf(conflict, { requires: ['a==2'], constraints: ['c<2'] })).toEqual([
      'change a==2 (requirements.in:1) to a or to ==1',
      'change c<2 (constraints.txt:1) to c or to ==2',
    ]);
  });

  test('keep extras and markers of a loosened line', async () => {
    const world: MemoryWorld = { a: { '1': { extras: { x: [] } } } };
    const resolution = await solve(world, { requires: ['a[x]>=2 ; python_version >= "3.8"'] });
    expect(resolution.status === 'no-solution' && resolution.refusals[0]?.repairs?.[0]?.kind).toBe('loosen');
  });

  test('name the nearest Python that has a plan, the newer of two', async () => {
    const world: MemoryWorld = { a: { '1': { requiresPython: '!=3.12.*' } } };
    expect(await repairsOf(world, { requires: ['a'] })).toEqual(['take Python 3.13']);
  });

  test('name the option that would admit what is there', async () => {
    expect(
      await repairsOf({ a: { '1a1': {} } }, { requires: ['a'], options: { prerelease: 'disallow' } }),
    ).toEqual(['allow pre-releases (--prerelease-package a=allow)']);
    expect(
      await repairsOf(
        { a: { '1': { files: ['a-1.tar.gz'] } } },
        { requires: ['a'], options: { onlyBinary: 'all' } },
      ),
    ).toEqual(['allow source distributions with static metadata (no --only-binary)']);
    expect(
      await repairsOf(
        { a: { '1': { uploadTime: '2026-01-02T00:00:00Z' } } },
        {
          requires: ['a'],
          options: { excludeNewer: Date.parse('2026-01-01T00:00:00Z') },
        },
      ),
    ).toEqual(['take newer files too (--exclude-newer-package a=false)']);
  });

  test('change two lines only where one is not enough', async () => {
    const world: MemoryWorld = {
      a: { '1': {}, '3': { requires: ['b>=3'] } },
      b: { '1': {}, '3': { requires: ['a>=3'] } },
    };
    expect(await repairsOf(world, { requires: ['a==2', 'b==2'] })).toEqual([
      'change a==2 (requirements.in:1) to a or to ==3 and b==2 (requirements.in:2) to b or to ==3',
    ]);
  });

  test('go through several conflicts that have nothing to do with one another', async () => {
    const world: MemoryWorld = { a: { '1': {} }, b: { '1': {} }, c: { '1': {} } };
    expect(await repairsOf(world, { requires: ['a==2', 'b==3', 'c==1'] })).toEqual([
      'change a==2 (requirements.in:1) to a or to ==1 and b==3 (requirements.in:2) to b or to ==1',
    ]);
  });

  test('leave a line out where no version of it helps', async () => {
    expect(await repairsOf({ a: { '1': {} } }, { requires: ['a', 'nothing'] })).toEqual([
      'leave out nothing (requirements.in:2)',
    ]);
  });

  test('are not sought unless trials are given', async () => {
    expect(await repairsOf(conflict, { requires: ['a==1', 'b==2'], trials: 0 })).toBeUndefined();
  });
});

describe('repairs are no larger than need be', () => {
  test('a line is left out only where fewer edits do not help', async () => {
    const world: MemoryWorld = {
      app: { '1': { requires: ['b>=2', 'c>=2'] } },
      b: { '1': {}, '2': {} },
      c: { '1': {}, '2': {} },
      other: { '1': {} },
    };
    // To leave app==1 out takes two edits as well, its specifier and itself.
    expect(await repairsOf(world, { requires: ['app==1', 'other'], constraints: ['b<2', 'c<2'] })).toEqual([
      'change b<2 (constraints.txt:1) to b or to ==2 and c<2 (constraints.txt:2) to c or to ==2',
    ]);
  });

  test('nothing is offered that leaves nothing to ask for', async () => {
    expect(await repairsOf({}, { requires: ['nothing'] })).toEqual([]);
  });

  test('a yanked version may be pinned, an override loosened', async () => {
    const world: MemoryWorld = {
      a: { '1': {}, '2': { yanked: 'broken' } },
      b: { '1': { requires: ['a<2'] } },
    };
    expect(await repairsOf(world, { requires: ['a>=2'] })).toEqual([
      'change a>=2 (requirements.in:1) to a or to ==1',
      'change a>=2 (requirements.in:1) to ==2, which was yanked',
    ]);
    const resolution = await resolve({
      requirements: lines('requirements.in', ['b']),
      constraints: [],
      overrides: lines('overrides.txt', ['a>=9']),
      targets: [targetNamed('3.12 linux')],
      source: memorySource(world),
      options: defaultOptions,
      repairTrials: 16,
    });
    expect(resolution.status === 'no-solution' && resolution.refusals[0]?.repairs).toMatchObject([
      { kind: 'loosen', lines: [{ requirement: { text: 'a>=9' } }], becomes: ['a'], versions: ['1'] },
    ]);
  });

  test('a misspelt name is offered the one that was meant, where that one solves', async () => {
    const world: MemoryWorld = { flask: { '1': {} } };
    const ask = async (near: string): Promise<Resolution> =>
      await resolve({
        requirements: lines('requirements.in', ['falsk>=1', 'flask']),
        constraints: [],
        overrides: [],
        targets: [targetNamed('3.12 linux')],
        source: memorySource(world),
        options: defaultOptions,
        repairTrials: 16,
        spelling: async (name) => (name === 'falsk' ? near : null),
      });
    const meant = await ask('flask');
    expect(meant.status === 'no-solution' && meant.refusals[0]?.repairs).toMatchObject([
      { kind: 'spelling', names: ['flask'], becomes: ['flask>=1'] },
    ]);
    const missing = await ask('flusk');
    expect(missing.status === 'no-solution' && missing.refusals[0]?.repairs).toMatchObject([
      { kind: 'drop', becomes: [null] },
    ]);
  });
});
