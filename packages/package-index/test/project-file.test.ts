import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  encodeProject,
  openProjectFile,
  type ProjectFile,
  type ProjectSections,
} from '../src/cache/project-file.ts';

const line = fc.string({ minLength: 1 }).filter((text) => !text.includes('\n'));
const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));

const sections: fc.Arbitrary<ProjectSections> = fc
  .record({
    expires: fc.double({ noNaN: true }),
    head: fc.json(),
    items: fc.array(fc.tuple(line, bytes), { maxLength: 8 }),
    sidecars: fc.array(fc.tuple(line, bytes), { maxLength: 8 }),
    passedOver: bytes,
  })
  .map(({ items, sidecars, ...rest }) => ({
    ...rest,
    versions: items.map(([version]) => version),
    slices: items.map(([, slice]) => slice),
    sidecars: new Map(sidecars),
  }));

function open(file: Buffer): ProjectFile | null {
  return openProjectFile((offset, length) => file.subarray(offset, offset + length), file.length);
}

/** All that a file answers; an item is null where it is damaged. */
function contents(file: ProjectFile): unknown {
  return {
    head: file.head,
    versions: file.versions,
    keys: file.sidecarKeys,
    slices: file.versions.map((_, index) => file.slice(index)),
    sidecars: file.sidecarKeys.map((_, index) => file.sidecar(index)),
    passedOver: file.passedOver(),
  };
}

describe('a cached project', () => {
  test('reading after writing is the identity', () => {
    fc.assert(
      fc.property(sections, (given) => {
        const file = open(encodeProject(given));
        expect(file?.expires).toBe(given.expires);
        expect(file && contents(file)).toEqual({
          head: given.head,
          versions: given.versions,
          keys: [...given.sidecars.keys()],
          slices: given.slices,
          sidecars: [...given.sidecars.values()],
          passedOver: given.passedOver,
        });
      }),
    );
  });

  test('cut short at any byte counts as absent', () => {
    fc.assert(
      fc.property(sections, fc.nat(), (given, place) => {
        const whole = encodeProject(given);
        expect(open(whole.subarray(0, place % whole.length))).toBeNull();
      }),
    );
  });

  test('with any byte changed never gives another answer', () => {
    fc.assert(
      fc.property(sections, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, place, change) => {
        const whole = encodeProject(given);
        const before = open(whole);
        const damaged = Buffer.from(whole);
        const at = place % whole.length;
        damaged.writeUInt8((damaged[at] ?? 0) ^ change, at);
        const after = open(damaged);
        if (after === null || before === null) return;
        expect([before.expires, 0]).toContain(after.expires);
        const expected = contents(before) as Record<string, unknown>;
        for (const [key, value] of Object.entries(contents(after) as Record<string, unknown>)) {
          const wanted = expected[key];
          if (!Array.isArray(value)) expect([wanted, null]).toContainEqual(value);
          else {
            value.forEach((item, index) => {
              expect([(wanted as unknown[])[index], null]).toContainEqual(item);
            });
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('of another format number is not read', () => {
    const file = encodeProject({
      expires: 0,
      head: '{}',
      versions: [],
      slices: [],
      sidecars: new Map(),
      passedOver: Buffer.from('[]'),
    });
    file.writeUInt8(255, 7);
    expect(open(file)).toBeNull();
  });
});
