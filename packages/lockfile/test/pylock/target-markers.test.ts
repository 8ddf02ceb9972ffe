import { evaluateMarker, parseMarker } from '@pyplan/markers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LockWriteError } from '../../src/index.ts';
import { targetMarkers } from '../../src/target-markers.ts';
import { type TestPlatform, testTarget } from '../support/plans.ts';

const grid = (pythons: readonly string[], platforms: readonly TestPlatform[]) =>
  pythons.flatMap((python) => platforms.map((platform) => testTarget(python, platform)));

describe('markers of targets', () => {
  test.each([
    [[0, 2], "sys_platform != 'darwin'"],
    [[1], "sys_platform == 'darwin'"],
    [[0], "sys_platform == 'linux'"],
  ])('part %j of three platforms is %s', (part, marker) => {
    expect(targetMarkers(grid(['3.12'], ['linux', 'macos', 'windows'])).partMarker(new Set(part))).toBe(
      marker,
    );
  });

  test.each([
    [[0], "python_version < '3.11'"],
    [[0, 1], "python_version < '3.12'"],
    [[2, 3], "python_version >= '3.12'"],
    [[1], "python_version == '3.11'"],
    [[1, 2], "python_version >= '3.11' and python_version < '3.13'"],
    [[0, 3], "python_version == '3.10' or python_version == '3.13'"],
    [[0, 1, 2, 3], null],
  ])('part %j of four Pythons is %s', (part, marker) => {
    expect(targetMarkers(grid(['3.10', '3.11', '3.12', '3.13'], ['linux'])).partMarker(new Set(part))).toBe(
      marker,
    );
  });

  test('law: the marker of a part holds on its targets and on no other, and so do the environments', () => {
    const targets = grid(['3.9', '3.10', '3.12', '3.12.4'], ['linux', 'macos', 'windows']);
    const markers = targetMarkers(targets);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(targets.length - 1), { minLength: 1 }), (positions) => {
        const part = new Set(positions);
        const text = markers.partMarker(part);
        const held = targets.filter(
          (target) => text === null || evaluateMarker(parseMarker(text), target.environment),
        );
        expect(held).toEqual(targets.filter((_, index) => part.has(index)));
      }),
    );
    for (const [index, text] of markers.environments.entries()) {
      const held = targets.filter((target) => evaluateMarker(parseMarker(text), target.environment));
      expect(held).toEqual([targets[index]]);
    }
  });

  test('targets that no marker can tell apart are refused when they differ', () => {
    const markers = targetMarkers([
      testTarget('3.12', 'linux'),
      { ...testTarget('3.12', 'linux'), platform: 'musl' },
    ]);
    expect(markers.partMarker(new Set([0, 1]))).toBeNull();
    expect(() => markers.partMarker(new Set([0]))).toThrow(LockWriteError);
    expect(() => markers.partMarker(new Set([0]))).toThrow('3.12 on linux and 3.12 on musl');
  });
});
