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
    expect(explanation).toContain('lib 2.0 was uploaded after the time given with --exclude-newer');
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
