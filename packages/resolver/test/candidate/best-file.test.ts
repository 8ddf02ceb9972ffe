import { describe, expect, test } from 'vitest';
import type { MemoryVersion } from '../../src/index.ts';
import { packageOf, pinsOf, planOf } from '../support/solve.ts';

const fileOn = async (on: string, files: readonly string[]): Promise<string> => {
  const planned = await packageOf({ lib: { '1.0': { files } } }, { requires: ['lib'], on }, 'lib');
  return planned.file.filename;
};

describe('the file of a version', () => {
  test('is a wheel before the sdist, in whatever order the page has them', async () => {
    const files = ['lib-1.0.tar.gz', 'lib-1.0-py3-none-any.whl'];
    expect(await fileOn('3.12 linux', files)).toBe('lib-1.0-py3-none-any.whl');
    expect(await fileOn('3.12 linux', files.toReversed())).toBe('lib-1.0-py3-none-any.whl');
  });

  test('is the wheel whose tag comes first for the target', async () => {
    const files = [
      'lib-1.0-py3-none-any.whl',
      'lib-1.0-cp312-cp312-manylinux_2_17_x86_64.whl',
      'lib-1.0-cp39-abi3-manylinux_2_17_x86_64.whl',
      'lib-1.0-cp312-cp312-macosx_11_0_arm64.whl',
      'lib-1.0-cp313-cp313t-manylinux_2_17_x86_64.whl',
    ];
    expect(await fileOn('3.12 linux', files)).toBe('lib-1.0-cp312-cp312-manylinux_2_17_x86_64.whl');
    expect(await fileOn('3.11 linux', files)).toBe('lib-1.0-cp39-abi3-manylinux_2_17_x86_64.whl');
    expect(await fileOn('3.13t linux', files)).toBe('lib-1.0-cp313-cp313t-manylinux_2_17_x86_64.whl');
    expect(await fileOn('3.12 macos', files)).toBe('lib-1.0-cp312-cp312-macosx_11_0_arm64.whl');
    expect(await fileOn('3.12 windows', files)).toBe('lib-1.0-py3-none-any.whl');
  });

  test('has the higher build number, compared as a number, where tags are the same', async () => {
    const files = ['lib-1.0-9-py3-none-any.whl', 'lib-1.0-10-py3-none-any.whl', 'lib-1.0-py3-none-any.whl'];
    expect(await fileOn('3.12 linux', files)).toBe('lib-1.0-10-py3-none-any.whl');
    const lettered = ['lib-1.0-2b-py3-none-any.whl', 'lib-1.0-2a-py3-none-any.whl'];
    expect(await fileOn('3.12 linux', lettered)).toBe('lib-1.0-2b-py3-none-any.whl');
  });

  test('has the better tag before the higher build number', async () => {
    const files = ['lib-1.0-5-py3-none-any.whl', 'lib-1.0-1-cp312-cp312-manylinux_2_17_x86_64.whl'];
    expect(await fileOn('3.12 linux', files)).toBe('lib-1.0-1-cp312-cp312-manylinux_2_17_x86_64.whl');
  });

  test('is the sdist where no wheel fits', async () => {
    const files = ['lib-1.0-cp312-cp312-win_amd64.whl', 'lib-1.0.tar.gz'];
    expect(await fileOn('3.12 linux', files)).toBe('lib-1.0.tar.gz');
  });

  test('is one of equal spellings of the version', async () => {
    const files = ['lib-1.0.0-py3-none-any.whl', 'lib-1.0.tar.gz'];
    const planned = await packageOf({ lib: { '1.0': { files } } }, { requires: ['lib==1'] }, 'lib');
    expect([planned.version, planned.file.filename]).toEqual(['1.0.0', 'lib-1.0.0-py3-none-any.whl']);
  });
});

describe('which versions have a file', () => {
  const windowsOnly: MemoryVersion = { files: ['lib-2.0-cp312-cp312-win_amd64.whl'] };

  test('depends on the target, so that targets get different versions', async () => {
    const world = { lib: { '1.0': {}, '2.0': windowsOnly } };
    expect(await pinsOf(world, { requires: ['lib'], on: '3.12 linux' })).toEqual({ lib: '1.0' });
    expect(await pinsOf(world, { requires: ['lib'], on: '3.12 windows' })).toEqual({ lib: '2.0' });
  });

  test('leaves out those whose sdist would have to be built', async () => {
    const dynamic: MemoryVersion = { files: ['lib-2.0.tar.gz'], dynamic: true };
    expect(await pinsOf({ lib: { '1.0': {}, '2.0': dynamic } }, { requires: ['lib'] })).toEqual({
      lib: '1.0',
    });
    const stat: MemoryVersion = { files: ['lib-2.0.tar.gz'] };
    expect(await pinsOf({ lib: { '1.0': {}, '2.0': stat } }, { requires: ['lib'] })).toEqual({ lib: '2.0' });
  });

  test('leaves out those whose requirements can not be read', async () => {
    const world = { lib: { '1.0': {}, '2.0': { requires: ['what is this?'] } } };
    expect(await pinsOf(world, { requires: ['lib'] })).toEqual({ lib: '1.0' });
  });

  test('passes over what is no file of the project, and a page without any', async () => {
    const world = { lib: { '1.0': {}, '2.0': { files: ['lib-2.0.exe', 'other-2.0-py3-none-any.whl'] } } };
    expect(await pinsOf(world, { requires: ['lib'] })).toEqual({ lib: '1.0' });
  });

  test('leaves the plan without packages where nothing is asked for', async () => {
    expect((await planOf({}, { requires: [] })).packages).toEqual([]);
    const elsewhere = { requires: ['lib; sys_platform == "win32"'] };
    expect((await planOf({}, elsewhere)).packages).toEqual([]);
  });
});
