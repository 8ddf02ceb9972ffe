import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/command/arguments/suggest.ts';

describe('nearest', () => {
  it.each([
    ['falsk', 'flask'],
    ['requets', 'requests'],
    ['numpyy', 'numpy'],
    ['pandsa', 'pandas'],
    ['--indx-url', '--index-url'],
  ])('finds what %s was meant to be', (word, meant) => {
    expect(nearest(word, ['flask', 'requests', 'numpy', 'pandas', '--index-url'])).toBe(meant);
  });

  it('prefers the nearer candidate, then the first', () => {
    expect(nearest('lok', ['look', 'lock'])).toBe('look');
    expect(nearest('flaskk', ['flasks-x', 'flask'])).toBe('flask');
  });

  it('completes a beginning', () => {
    expect(nearest('--pre', ['--python', '--prerelease'])).toBe('--prerelease');
  });

  it('gives nothing for what resembles nothing', () => {
    expect(nearest('qwertyuiop', ['flask', 'django'])).toBeNull();
    expect(nearest('x', [])).toBeNull();
  });
});

describe('editDistance', () => {
  it('counts a swap of neighbours once', () => {
    expect(editDistance('falsk', 'flask')).toBe(1);
    expect(editDistance('abc', '')).toBe(3);
  });

  it('is zero for equal words alone, symmetric, and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
