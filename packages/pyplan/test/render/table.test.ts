import { stripVTControlCharacters, styleText } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, formatBytes, formatDownload, formatDuration } from '../../src/render/quantities.ts';
import { formatTable, visibleLength } from '../../src/render/table.ts';

describe('formatTable', () => {
  it('aligns columns and leaves no trailing space', () => {
    const rows = [
      ['name', 'size', ''],
      ['flask', '1.0 kB', 'x'],
      ['b', '12.5 MB', ''],
    ];
    expect(formatTable([{}, { align: 'right' }, {}], rows, 80)).toEqual([
      'name      size',
      'flask   1.0 kB  x',
      'b      12.5 MB',
    ]);
  });

  it('cuts the widest column that may shrink, with an ellipsis', () => {
    const rows = [['a', 'y'.repeat(30), 'z'.repeat(20)]];
    expect(formatTable([{}, { shrink: true }, { shrink: true }], rows, 40)).toEqual([
      `a  ${'y'.repeat(16)}…  ${'z'.repeat(17)}…`,
    ]);
  });

  it('does not count colours', () => {
    const red = styleText('red', 'x'.repeat(30), { validateStream: false });
    const [line = ''] = formatTable([{ shrink: true }, {}], [[red, 'end']], 25);
    expect(stripVTControlCharacters(line)).toBe(`${'x'.repeat(19)}…  end`);
    expect(line).toContain('\u001b[31m');
  });

  it('keeps within the width wherever shrinking columns can be cut that far', () => {
    const word = fc.stringMatching(/^[a-z]{0,60}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, word), { minLength: 1 }),
        fc.integer({ min: 30, max: 120 }),
        (rows, width) => {
          for (const line of formatTable([{ shrink: true }, { shrink: true }], rows, width)) {
            expect(visibleLength(line)).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });
});

describe('quantities', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [14_200_000, '14.2 MB'],
    [3_000_000_000, '3.0 GB'],
    [null, '?'],
  ])('prints %s bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('counts in singular and plural', () => {
    expect(count(1, 'package')).toBe('1 package');
    expect(count(0, 'package')).toBe('0 packages');
  });

  it('tells files of unknown size', () => {
    expect(formatDownload({ files: 3, bytes: 2000, unknownSizes: 0 })).toBe('3 files, 2.0 kB');
    expect(formatDownload({ files: 3, bytes: 2000, unknownSizes: 1 })).toBe(
      '3 files, 2.0 kB and 1 file of unknown size',
    );
  });

  it('prints durations in the unit that people read', () => {
    expect([0.2, 38.4, 1240].map(formatDuration)).toEqual(['1 ms', '38 ms', '1.24 s']);
  });
});
