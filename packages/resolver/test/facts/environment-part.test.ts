import { evaluateMarker, parseMarker } from '@pyplan/markers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { environmentPart } from '../../src/facts/environment-part.ts';
import { target } from '../../src/index.ts';

const part = (text: string): string => environmentPart(parseMarker(text));

describe('what a marker asks of the environment', () => {
  test.each([
    ['extra == "x"', ''],
    ['sys_platform == "linux" and extra == "x"', 'sys_platform == "linux"'],
    ['extra == "x" or sys_platform == "linux"', ''],
    ['(extra == "x" or extra == "y") and os_name == "nt"', 'os_name == "nt"'],
    ['os_name == "nt" and os_name == "nt"', 'os_name == "nt"'],
  ])('of %s is %s', (marker, expected) => {
    expect(part(marker)).toBe(expected);
  });

  test('of no marker is nothing', () => {
    expect(environmentPart(null)).toBe('');
  });

  test('is the same text whatever the order of its parts', () => {
    const parts = ['os_name == "nt"', 'sys_platform == "linux"', 'python_version >= "3.8"', 'extra == "x"'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(parts, { minLength: 4 }),
        fc.constantFrom('and', 'or'),
        (order, word) => {
          expect(part(order.join(` ${word} `))).toBe(part(parts.join(` ${word} `)));
        },
      ),
    );
  });

  test('holds wherever the marker holds under some extra', () => {
    const atom = fc.constantFrom(
      'extra == "x"',
      'sys_platform == "linux"',
      'sys_platform == "win32"',
      'python_version >= "3.12"',
      'platform_machine != "arm64"',
    );
    const marker = fc.letrec<{ marker: string }>((tie) => ({
      marker: fc.oneof(
        { depthSize: 'small' },
        atom,
        fc
          .tuple(tie('marker'), fc.constantFrom('and', 'or'), tie('marker'))
          .map(([a, word, b]) => `(${a}) ${word} (${b})`),
      ),
    })).marker;
    const environments = ['3.10 linux', '3.12 macos', '3.13 windows'].map((name) => {
      const [python = '', platform = ''] = name.split(' ');
      return target(python, platform).environment;
    });
    fc.assert(
      fc.property(marker, (text) => {
        const left = part(text);
        for (const environment of environments) {
          const holds = evaluateMarker(parseMarker(text), environment, 'x');
          expect(left === '' || evaluateMarker(parseMarker(left), environment)).toBe(holds || left === '');
        }
      }),
    );
  });
});
