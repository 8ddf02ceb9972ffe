import { describe, expect, test } from 'vitest';
import { memorySource, type PackageSource, projectPage } from '../../src/index.ts';
import { notesOf, packageOf, pinsOf, refusalOf } from '../support/solve.ts';

const world = {
  app: { '1.0': { requires: ['lib==2.0'] } },
  lib: { '1.0': {}, '2.0': { yanked: 'loses data' } },
  gone: { '1.0': { yanked: true } },
};

describe('a yanked version', () => {
  test('is passed over', async () => {
    expect(await pinsOf(world, { requires: ['lib'] })).toEqual({ lib: '1.0' });
  });

  test.each(['lib==2.0', 'lib==2', 'lib===2.0'])('is chosen where the user pins it: %s', async (pin) => {
    expect(await pinsOf(world, { requires: [pin] })).toEqual({ lib: '2.0' });
  });

  test.each(['lib>=2', 'lib==2.*', 'lib~=2.0', 'lib==2.0,!=1.5'])(
    'is not chosen for a requirement that is no sole pin: %s',
    async (requirement) => {
      const { explanation } = await refusalOf(world, { requires: [requirement] });
      expect(explanation).toContain(
        'lib 2.0 was yanked ("loses data"): only the exact pin lib==2.0 admits it',
      );
    },
  );

  test('is chosen where a constraint or an override pins it', async () => {
    expect(await pinsOf(world, { requires: ['lib'], constraints: ['lib==2.0'] })).toEqual({ lib: '2.0' });
    expect(await pinsOf(world, { requires: ['lib'], overrides: ['lib==2.0'] })).toEqual({ lib: '2.0' });
  });

  test('is not chosen because a package pins it', async () => {
    await refusalOf(world, { requires: ['app'] });
    expect(await pinsOf(world, { requires: ['app', 'lib==2.0'] })).toEqual({ app: '1.0', lib: '2.0' });
  });

  test('is told of in a note, with the reason where there is one', async () => {
    expect(await notesOf(world, { requires: ['lib==2.0'] })).toEqual([
      'yanked: lib 2.0 was yanked: loses data',
    ]);
    expect(await notesOf(world, { requires: ['gone==1.0'] })).toEqual(['yanked: gone 1.0 was yanked']);
  });

  test('counts by file: what is left of it is chosen', async () => {
    const file = (filename: string, yanked: string | null) => ({
      filename,
      url: `https://example.org/${filename}`,
      hashes: {},
      size: null,
      uploadTime: null,
      requiresPython: null,
      yanked,
      coreMetadata: true,
    });
    const page = projectPage({
      name: 'lib',
      files: [file('lib-1.0-py3-none-any.whl', 'bad wheel'), file('lib-1.0.tar.gz', null)],
    });
    const source: PackageSource = {
      ...memorySource({}),
      page: () => page,
      metadata: () => ({
        kind: 'metadata',
        metadata: { requiresDist: [], requiresPython: null, providesExtra: [], digest: null },
      }),
    };
    const planned = await packageOf(source, { requires: ['lib'] }, 'lib');
    expect(planned.file.filename).toBe('lib-1.0.tar.gz');
  });
});
