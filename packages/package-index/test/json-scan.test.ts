import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonScanError, jsonText, skipSpace, skipValue } from '../src/simple/json/json-scan.ts';

/** Whether all of `text` is one JSON value. */
function accepts(text: string): boolean {
  try {
    const json = jsonText(text);
    const end = skipValue(json, skipSpace(json, 0));
    return skipSpace(json, end) === text.length;
  } catch (error) {
    if (error instanceof JsonScanError) return false;
    throw error;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON with a byte replaced, removed or put in, of the kind that grammars trip over. */
const damaged = fc
  .tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom('', '"', '\\', ',', ':', '{', '}', '[', ']', '0', '-', '.', 'e', ' ', 't', '\n'),
  )
  .map(([text, place, byte]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + byte + text.slice(at + (place % 2));
  });

describe('scanning JSON', () => {
  test('accepts what JSON.parse accepts', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(accepts(text)).toBe(true);
      }),
    );
  });

  test('accepts damaged JSON exactly where JSON.parse does', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        expect(accepts(text)).toBe(parses(text));
      }),
      { numRuns: 5000 },
    );
  });

  test('refuses numbers, words and escapes that are not JSON', () => {
    for (const text of [
      '01',
      '1.',
      '.5',
      '+1',
      '1e',
      'tru',
      'NaN',
      '"\\x"',
      '"\\u12g4"',
      '"\t"',
      '{a:1}',
      '[1,]',
      '{"a":1,}',
      '',
    ]) {
      expect(accepts(text), text).toBe(false);
    }
  });

  test('refuses nesting without end', () => {
    expect(accepts('['.repeat(100_000))).toBe(false);
  });
});
