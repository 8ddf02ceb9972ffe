import { describe, expect, test } from 'vitest';
import { packageOf, pinsOf, refusalOf } from '../support/solve.ts';

const world = {
  both: { '1.0': { files: ['both-1.0-py3-none-any.whl', 'both-1.0.tar.gz'] } },
  mixed: { '1.0': {}, '2.0': { files: ['mixed-2.0.tar.gz'] } },
};

describe('only binary', () => {
  test('leaves sdists out of all packages, or of those named', async () => {
    const ask = { requires: ['mixed'] };
    expect(await pinsOf(world, ask)).toEqual({ mixed: '2.0' });
    expect(await pinsOf(world, { ...ask, options: { onlyBinary: 'all' } })).toEqual({ mixed: '1.0' });
    const named = { onlyBinary: new Set(['mixed']) };
    expect(await pinsOf(world, { ...ask, options: named })).toEqual({ mixed: '1.0' });
    const others = { onlyBinary: new Set(['both']) };
    expect(await pinsOf(world, { ...ask, options: others })).toEqual({ mixed: '2.0' });
  });

  test('is named where it leaves nothing', async () => {
    const options = { onlyBinary: 'all' as const };
    const { explanation } = await refusalOf(world, { requires: ['mixed>=2'], options });
    expect(explanation).toContain('mixed 2.0 has only a source distribution, which --only-binary excludes');
  });
});

describe('no binary', () => {
  test('leaves wheels out of all packages, or of those named', async () => {
    const fileUnder = async (noBinary: 'all' | ReadonlySet<string>): Promise<string> =>
      (await packageOf(world, { requires: ['both'], options: { noBinary } }, 'both')).file.filename;
    expect(await fileUnder(new Set())).toBe('both-1.0-py3-none-any.whl');
    expect(await fileUnder('all')).toBe('both-1.0.tar.gz');
    expect(await fileUnder(new Set(['both']))).toBe('both-1.0.tar.gz');
    expect(await fileUnder(new Set(['mixed']))).toBe('both-1.0-py3-none-any.whl');
  });

  test('is named where it leaves nothing', async () => {
    const options = { noBinary: 'all' as const };
    const { explanation } = await refusalOf(world, { requires: ['mixed<2'], options });
    expect(explanation).toContain('mixed 1.0 has only wheels, which --no-binary excludes');
  });
});
