import { describe, expect, test } from 'vitest';
import { memorySource, type PackageSource, projectPage } from '../../src/index.ts';
import { packageOf, pinsOf, refusalOf } from '../support/solve.ts';

const before = (time: string) => ({ options: { excludeNewer: Date.parse(time) } });
const world = {
  lib: {
    '1.0': { uploadTime: '2026-01-01T00:00:00Z' },
    '2.0': { uploadTime: '2026-03-01T12:00:00.250Z' },
    '3.0': { uploadTime: null },
  },
};

describe('files uploaded after a time', () => {
  test('are no candidates, nor is one uploaded at that very time', async () => {
    expect(await pinsOf(world, { requires: ['lib'], ...before('2026-03-02T00:00:00Z') })).toEqual({
      lib: '2.0',
    });
    expect(await pinsOf(world, { requires: ['lib'], ...before('2026-03-01T12:00:00.250Z') })).toEqual({
      lib: '1.0',
    });
    expect(await pinsOf(world, { requires: ['lib'], ...before('2026-03-01T12:00:00.251Z') })).toEqual({
      lib: '2.0',
    });
  });

  test('are told from files without a time, which are no candidates either', async () => {
    expect(await pinsOf(world, { requires: ['lib'] })).toEqual({ lib: '3.0' });
    const { explanation } = await refusalOf(world, {
      requires: ['lib>=2'],
      ...before('2026-02-01T00:00:00Z'),
    });
    expect(explanation).toContain(
      'lib 2.0 was uploaded on 2026-03-01, after the time of --exclude-newer: --exclude-newer-package lib=false admits it',
    );
    expect(explanation).toContain('lib 3.0 has no upload time, which --exclude-newer needs');
  });

  test('with a time that can not be read are no candidates', async () => {
    const odd = {
      lib: { '1.0': { uploadTime: '2026-01-01T00:00:00Z' }, '2.0': { uploadTime: 'yesterday' } },
    };
    expect(await pinsOf(odd, { requires: ['lib'], ...before('2030-01-01T00:00:00Z') })).toEqual({
      lib: '1.0',
    });
  });

  test('are left out one by one: an earlier file of the version still counts', async () => {
    const file = (filename: string, uploadTime: string) => ({
      filename,
      url: `https://example.org/${filename}`,
      hashes: {},
      size: null,
      uploadTime,
      requiresPython: null,
      yanked: null,
      coreMetadata: true,
    });
    const page = projectPage({
      name: 'lib',
      files: [
        file('lib-1.0-py3-none-any.whl', '2026-05-01T00:00:00Z'),
        file('lib-1.0.tar.gz', '2026-01-01T00:00:00Z'),
      ],
    });
    const source: PackageSource = {
      ...memorySource({}),
      page: () => page,
      metadata: () => ({
        kind: 'metadata',
        metadata: { requiresDist: [], requiresPython: null, providesExtra: [], digest: null },
      }),
    };
    const planned = await packageOf(source, { requires: ['lib'], ...before('2026-02-01T00:00:00Z') }, 'lib');
    expect(planned.file.filename).toBe('lib-1.0.tar.gz');
  });
});

const days = 86_400_000;
const now = Date.parse('2026-03-10T00:00:00Z');

describe('a limit for one package', () => {
  const two = {
    lib: { '1.0': { uploadTime: '2026-01-01T00:00:00Z' }, '2.0': { uploadTime: '2026-03-01T00:00:00Z' } },
    other: { '1.0': { uploadTime: '2026-01-01T00:00:00Z' }, '2.0': { uploadTime: '2026-03-01T00:00:00Z' } },
  };
  const requires = ['lib', 'other'];
  const early = Date.parse('2026-02-01T00:00:00Z');
  const late = Date.parse('2026-04-01T00:00:00Z');

  test.each([
    ['takes the place of that of all', early, late, { lib: '2.0', other: '1.0' }],
    ['may be the stricter one', late, early, { lib: '1.0', other: '2.0' }],
    ['may lift it', early, null, { lib: '2.0', other: '1.0' }],
    ['holds without one of all', null, early, { lib: '1.0', other: '2.0' }],
    ['may be an age', null, { now, age: 20 * days }, { lib: '1.0', other: '2.0' }],
  ])('%s', async (_, excludeNewer, own, pins) => {
    const options = { excludeNewer, excludeNewerPackages: new Map([['lib', own]]) };
    expect(await pinsOf(two, { requires, options })).toEqual(pins);
  });

  test('lets files without a time in where it lifts that of all', async () => {
    const options = { excludeNewer: early, excludeNewerPackages: new Map([['lib', null]]) };
    expect(await pinsOf(world, { requires: ['lib'], options })).toEqual({ lib: '3.0' });
  });
});

describe('a cool-down', () => {
  const fresh = {
    lib: {
      '1.0': { uploadTime: '2026-01-01T00:00:00Z' },
      '2.0': { uploadTime: '2026-03-05T00:00:00Z' },
      '3.0': { uploadTime: '2026-03-07T18:00:00Z' },
    },
  };

  test('keeps out what is not old enough, to the millisecond', async () => {
    const pins = (age: number) =>
      pinsOf(fresh, { requires: ['lib'], options: { excludeNewer: { now, age } } });
    expect(await pins(5 * days - 1)).toEqual({ lib: '2.0' });
    expect(await pins(5 * days)).toEqual({ lib: '1.0' });
  });

  test('is told with the age of what it keeps out, and what allows it', async () => {
    const options = { excludeNewer: { now, age: 7 * days } };
    const { explanation } = await refusalOf(fresh, { requires: ['lib>=3'], options });
    expect(explanation).toContain(
      'lib 3.0 was uploaded 2 days ago, within the cool-down of 7 days: --exclude-newer-package lib=false admits it',
    );
    const { explanation: ofTwo } = await refusalOf(fresh, { requires: ['lib>=2'], options });
    expect(ofTwo).toContain(
      'lib 3.0 and 2.0 were uploaded 2 days to 5 days ago, within the cool-down of 7 days: --exclude-newer-package lib=false admits them',
    );
  });
});
