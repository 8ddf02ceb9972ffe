import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainFile } from '../src/simple/json/plain-file.ts';

const key = fc.oneof(fc.constantFrom('filename', 'url', 'hashes', 'yanked'), fc.string({ maxLength: 6 }));
const single = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('"filename":"x"', '{"url":"y"}', 'url', '}', '{'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(true, false, null),
);
const value = fc.oneof(
  single,
  fc.dictionary(key, single, { maxKeys: 3 }),
  fc.array(single, { maxLength: 2 }),
);

/** The text of a file's object, its members in any order, perhaps with one of them twice, perhaps with white space. */
const fileText = fc
  .tuple(
    fc.array(fc.tuple(key, value), { maxLength: 4 }),
    fc.string({ maxLength: 8 }),
    fc.string({ maxLength: 8 }),
    fc.nat({ max: 4 }),
    fc.constantFrom('', ' ', '\n '),
  )
  .map(([members, filename, url, place, space]) => {
    const named: [string, unknown][] = [
      ['filename', filename],
      ['url', url],
    ];
    const all = [...members.slice(0, place), ...named, ...members.slice(place)];
    const texts = all.map(([name, one]) => `${JSON.stringify(name)}:${space}${JSON.stringify(one)}`);
    return `{${texts.join(`,${space}`)}${space}}`;
  });

const damage = fc.tuple(
  fc.nat(),
  fc.constantFrom('', '"', '\\', ',', ':', '{', '}', '0', '-', '.', ' ', '\n', '"url":"z",'),
);

/** What the whole object says, where it is valid. */
function parsed(text: string): Readonly<Record<string, unknown>> {
  return JSON.parse(text);
}

describe('a file object found at once', () => {
  test('is what the parser reads, or is left to the scanner', () => {
    let found = 0;
    fc.assert(
      fc.property(fileText, fc.string({ maxLength: 5 }), (text, before) => {
        const file = plainFile(`${before}${text},{}`, before.length);
        if (file === null) return;
        found++;
        expect(file.end).toBe(before.length + text.length);
        expect(parsed(text)).toMatchObject({ filename: file.filename, url: file.url });
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(100);
  });

  test('is never one that is damaged', () => {
    fc.assert(
      fc.property(fileText, damage, (text, [place, put]) => {
        const at = place % (text.length + 1);
        const damaged = text.slice(0, at) + put + text.slice(at + (place % 2));
        const file = plainFile(damaged, 0);
        if (file === null) return;
        const { filename, url } = parsed(damaged.slice(0, file.end));
        expect([file.filename, file.url]).toEqual([filename, url]);
      }),
      { numRuns: 3000 },
    );
  });

  test('fails in linear time', () => {
    const long = 100_000;
    for (const text of [
      `{"filename":"a"${' '.repeat(long)}`,
      `{"filename":"${'a'.repeat(long)}`,
      `{${'"a":1,'.repeat(long)}`,
      `{"a":{${'"a":1,'.repeat(long)}`,
      `{${' '.repeat(long)}x`,
    ]) {
      expect(plainFile(text, 0)).toBe(null);
    }
  });
});
