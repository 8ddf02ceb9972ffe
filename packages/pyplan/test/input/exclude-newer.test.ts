import { uploadBound } from '@pyplan/resolver';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/input/input-error.ts';
import { parseExcludeNewer, parseUploadLimit } from '../../src/input/options/exclude-newer.ts';

const now = Date.parse('2026-11-15T12:00:00Z');
const moment = (text: string): string => new Date(uploadBound(parseExcludeNewer(text, now))).toISOString();

describe('parseExcludeNewer', () => {
  it.each([
    ['2026-11-01T00:00:00Z', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01t00:00:00z', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01 02:30:00+02:30', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T00:00:00.250Z', '2026-11-01T00:00:00.250Z'],
    ['2026-11-01', '2026-11-02T00:00:00.000Z'],
    ['2024-02-29', '2024-03-01T00:00:00.000Z'],
    ['P7D', '2026-11-08T12:00:00.000Z'],
    ['P1W', '2026-11-08T12:00:00.000Z'],
    ['PT36H', '2026-11-14T00:00:00.000Z'],
    ['P1DT12H', '2026-11-14T00:00:00.000Z'],
    ['7 days', '2026-11-08T12:00:00.000Z'],
    ['1 week', '2026-11-08T12:00:00.000Z'],
    ['12 hours ago', '2026-11-15T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(moment(text)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2026-13-01',
    '2026-02-30',
    'P',
    'PT',
    'P1M',
    'P1Y',
    '3 months',
    '2026-11-01T00:00:00',
    '7',
  ])('refuses %j', (text) => {
    expect(() => parseExcludeNewer(text, now)).toThrow(InputError);
  });

  it('counts an ISO duration back exactly', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (days, hours, minutes) => {
        const back = ((days * 24 + hours) * 60 + minutes) * 60_000;
        expect(parseExcludeNewer(`P${days}DT${hours}H${minutes}M`, now)).toEqual({ now, age: back });
      }),
    );
  });

  it('reads back any time it could print', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
        expect(parseExcludeNewer(date.toISOString(), now)).toBe(date.getTime());
      }),
    );
  });

  it('lifts a limit only where that may be', () => {
    const origin = { option: 'exclude-newer-package', place: { source: 'pyproject.toml' } };
    expect(parseUploadLimit('false', now, origin)).toBe(null);
    expect(parseUploadLimit('P1D', now, origin)).toEqual({ now, age: 86_400_000 });
    expect(() => parseUploadLimit('no', now, origin)).toThrow(/^exclude-newer-package can't read "no"/);
    expect(() => parseExcludeNewer('false', now)).toThrow(InputError);
  });
});
