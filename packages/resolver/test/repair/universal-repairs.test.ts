import { describe, expect, test } from 'vitest';
import type { MemoryWorld, Repair } from '../../src/index.ts';
import { solveUniverse, type UniverseAsk } from '../support/lock.ts';

async function repairsOf(world: MemoryWorld, ask: UniverseAsk): Promise<readonly Repair[]> {
  const resolution = await solveUniverse(world, { trials: 24, ...ask });
  if (resolution.status === 'resolved') throw new Error('has a lock');
  return resolution.repairs ?? [];
}

async function textsOf(world: MemoryWorld, ask: UniverseAsk): Promise<readonly string[]> {
  return (await repairsOf(world, ask)).map(({ text }) => text);
}

const wheel = (name: string, platform: string): string => `${name}-py3-none-${platform}.whl`;

describe('repairs of a universe', () => {
  const conflict: MemoryWorld = {
    a: { '1': { requires: ['c<2'] }, '2': { requires: ['c>=2'] } },
    b: { '1': { requires: ['c<2'] }, '2': { requires: ['c>=2'] } },
    c: { '1': {}, '2': {} },
  };

  test('change the lines that conflict everywhere', async () => {
    expect(await textsOf(conflict, { requires: ['a==1', 'b==2'] })).toEqual([
      'change a==1 (requirements.in:1) to a or to ==2',
      'change b==2 (requirements.in:2) to b or to ==1',
    ]);
  });

  test('are none where no trials are allowed', async () => {
    const resolution = await solveUniverse(conflict, { requires: ['a==1', 'b==2'] });
    expect(resolution).toMatchObject({ status: 'no-solution' });
    expect('repairs' in resolution).toBe(false);
  });

  test('are told to be perhaps not all where a lock more would have to be tried', async () => {
    const requires = ['a==1', 'b==2'];
    const few = await solveUniverse(conflict, { requires, trials: 3 });
    expect(few).toMatchObject({ status: 'no-solution', repairs: [{ kind: 'loosen' }], untried: true });
    const all = await solveUniverse(conflict, { requires, trials: 24 });
    expect(all).toMatchObject({ repairs: [{ kind: 'loosen' }, { kind: 'loosen' }], untried: false });
  });

  test('meet the conflicts of several platforms together', async () => {
    const world: MemoryWorld = { ...conflict, d: { '1': {} } };
    const requires = [
      'a==1 ; sys_platform == "linux"',
      'b==2 ; sys_platform == "linux"',
      'd>1 ; sys_platform == "darwin"',
    ];
    const platforms = ['linux', 'macos', 'windows'];
    expect(await textsOf(world, { requires, platforms })).toEqual(['leave out the platforms linux, macos']);
    const [repair] = await repairsOf(world, { requires, platforms: ['linux', 'macos'] });
    expect(repair?.text).toBe(
      'change a==1 ; sys_platform == "linux" (requirements.in:1) to a; sys_platform == "linux" or to ==2 ' +
        'and d>1 ; sys_platform == "darwin" (requirements.in:3) to d; sys_platform == "darwin" or to ==1',
    );
  });

  test('leave out a named platform that nothing covers', async () => {
    const world: MemoryWorld = {
      a: { '1': { files: [wheel('a-1', 'manylinux2014_x86_64'), wheel('a-1', 'win_amd64')] } },
    };
    expect(await repairsOf(world, { requires: ['a'], platforms: ['linux', 'macos', 'windows'] })).toEqual([
      { kind: 'platforms', platforms: ['macos'], text: 'leave out the platform macos' },
    ]);
  });

  test('loosen a line only where the whole universe has a lock then', async () => {
    // Version 1 is for Linux alone, version 2 for macOS alone.
    const world: MemoryWorld = {
      a: {
        '1': { files: [wheel('a-1', 'manylinux2014_x86_64')] },
        '2': { files: [wheel('a-2', 'macosx_11_0_arm64')] },
      },
      b: { '1': { requires: ['a<2'] }, '2': { requires: ['a'] } },
    };
    expect(await repairsOf(world, { requires: ['b==1'], platforms: ['linux', 'macos'] })).toMatchObject([
      { kind: 'loosen', becomes: ['b'], versions: ['2'] },
      { kind: 'platforms', platforms: ['macos'] },
    ]);
    expect(await repairsOf(world, { requires: ['b', 'a==1'], platforms: ['linux', 'macos'] })).toMatchObject([
      // It gets a version on each, so that none is named.
      { kind: 'loosen', becomes: ['a'], versions: [''], text: 'change a==1 (requirements.in:2) to a' },
      { kind: 'platforms', platforms: ['macos'] },
    ]);
  });

  test('take the Pythons that everything has a plan for, within those asked for', async () => {
    const world: MemoryWorld = { a: { '1': { requiresPython: '>=3.10,<3.14' } } };
    expect(
      await repairsOf(world, { requires: ['a'], requiresPython: '>=3.9', platforms: ['linux'] }),
    ).toEqual([{ kind: 'python', python: '>=3.10,<3.14', text: 'take Python >=3.10,<3.14' }]);
    expect(
      await textsOf(world, { requires: ['a'], requiresPython: '>=3.9,!=3.11.*,<3.13', platforms: ['linux'] }),
    ).toEqual(['take Python >=3.10,<3.13,!=3.11.*']);
  });

  test('leave out an environment that is required in vain', async () => {
    const world: MemoryWorld = { a: { '1': { files: [wheel('a-1', 'manylinux2014_x86_64')] } } };
    const power = "platform_machine == 'ppc64le'";
    expect(await repairsOf(world, { requires: ['a'], requiredEnvironments: [power] })).toEqual([
      { kind: 'environments', environments: [power], text: `leave out the environment ${power}` },
    ]);
    const [linux, windows] = ["sys_platform == 'linux'", "sys_platform == 'win32'"];
    expect(await repairsOf(world, { requires: ['a'], environments: [linux, windows] })).toEqual([
      { kind: 'environments', environments: [windows], text: `leave out the environment ${windows}` },
    ]);
    // Limited to nothing else, the lock would be limited no more.
    expect(await repairsOf(world, { requires: ['a'], environments: [windows] })).toEqual([]);
  });

  test('name the options that admit what is there', async () => {
    const world: MemoryWorld = { a: { '1a1': {} } };
    expect(await textsOf(world, { requires: ['a'], options: { prerelease: 'disallow' } })).toEqual([
      'allow pre-releases (--prerelease-package a=allow)',
    ]);
  });

  test('give two names that were misspelt their names back', async () => {
    const asked = { requires: ['flsk', 'dajngo'], spelling: { flsk: 'flask', dajngo: 'django' } };
    expect(await textsOf({ flask: { '1': {} }, django: { '1': {} } }, asked)).toEqual([
      'change flsk (requirements.in:1) to flask and dajngo (requirements.in:2) to django',
    ]);
  });
});
