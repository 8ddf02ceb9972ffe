import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBytes, bytesOf, missingPart, sparseBytes } from '../src/bytes/sparse-bytes.ts';
import { BadArchiveError, readWheelMetadata, readZipDirectory, readZipMember } from '../src/index.ts';
import { readDirectory } from '../src/zip/central-directory.ts';
import { defaultLimits } from '../src/zip/limits.ts';
import { zipStream } from '../src/zip/zip-stream.ts';
import {
  buildZip,
  fooMetadata,
  noise,
  wheelMembers,
  type ZipMember,
  type ZipOptions,
} from './support/zip-builder.ts';

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
const members: readonly ZipMember[] = [
  { name: 'one.txt', data: 'first '.repeat(50) },
  { name: 'zwei/ü.txt', data: 'second' },
  { name: 'empty', data: '', stored: true },
];
const endRecord = (comment: number): Uint8Array => {
  const record = new Uint8Array(22);
  record.set([0x50, 0x4b, 5, 6]);
  record[20] = comment;
  return record;
};

/** Reads all members from a stream that comes in chunks of `size` bytes. */
function streamed(zip: Uint8Array, size: number): ReadonlyMap<string, Uint8Array> {
  const reader = zipStream({ wanted: () => true, enough: () => false }, defaultLimits);
  for (let at = 0; at < zip.length; at += size) if (reader.push(zip.subarray(at, at + size))) break;
  reader.end();
  return reader.found;
}

const shapes: readonly (readonly [string, readonly ZipMember[], ZipOptions])[] = [
  ['plain', members, {}],
  ['stored', members.map((member) => ({ ...member, stored: true })), {}],
  ['with data descriptors', members.map((member) => ({ ...member, descriptor: 'signed' as const })), {}],
  [
    'with descriptors without signature',
    members.map((member) => ({ ...member, descriptor: 'unsigned' as const })),
    {},
  ],
  ['with zip64 descriptors', members.map((member) => ({ ...member, descriptor: 'signed64' as const })), {}],
  [
    'stored with descriptors',
    members.map((member) => ({ ...member, stored: true, descriptor: 'signed' as const })),
    {},
  ],
  ['in zip64', members.map((member) => ({ ...member, zip64: true })), { zip64: true }],
  ['with bytes put before it', members, { prefix: bytes('#!/bin/sh\nexec PK python\n'.repeat(100)) }],
  ['in zip64 with bytes put before it', members, { zip64: true, prefix: noise(1000) }],
  ['with a comment', members, { comment: bytes('a comment') }],
  [
    'with a false end record in its comment',
    members,
    { comment: new Uint8Array([...endRecord(0), 1, 2, 3]) },
  ],
  ['with a longer local header', members.map((member) => ({ ...member, localExtra: 300 })), {}],
];

describe('reading a zip', () => {
  it.each(shapes)('%s: by its table of contents', (_shape, list, options) => {
    const zip = buildZip(list, options);
    expect(readZipDirectory(zip).entries.map(({ name }) => name)).toEqual(list.map(({ name }) => name));
    for (const { name, data } of list) expect(text(readZipMember(zip, name))).toBe(data);
  });

  it.each(shapes)('%s: from a stream, in chunks of any size', (_shape, list, options) => {
    const zip = buildZip(list, options);
    for (const size of [1, 7, 64, 100_000]) {
      const found = Object.fromEntries([...streamed(zip, size)].map(([name, data]) => [name, text(data)]));
      expect(found).toEqual(Object.fromEntries(list.map(({ name, data }) => [name, data])));
    }
  });

  it.each(shapes)('%s: from its end, asking for what is missing', (_shape, list, options) => {
    const zip = buildZip(list, options);
    for (let known = 1; known <= zip.length; known += 13) {
      const file = sparseBytes(zip.length);
      addBytes(file, zip.length - known, zip.subarray(-known));
      for (let turns = 0; ; turns++) {
        const step = readDirectory(file, defaultLimits);
        if (step.kind === 'done') {
          expect(step.value.entries).toEqual(readZipDirectory(zip).entries);
          break;
        }
        const span = missingPart(file, step.span);
        expect(turns).toBeLessThan(4);
        if (span !== null) addBytes(file, span.start, zip.subarray(span.start, span.end));
      }
    }
  });

  it('takes names for code page 437 where they are not marked as UTF-8', () => {
    const zip = buildZip([{ name: 'ab', data: '', flags: 0 }]);
    const at = zip.lastIndexOf(0x61);
    zip[at] = 0x81;
    expect(readZipDirectory(zip).entries[0]?.name).toBe('üb');
  });

  it('reads an archive that has something after its end', () => {
    const zip = buildZip(members, { suffix: bytes('\n\n') });
    expect(readZipDirectory(zip).entries).toHaveLength(3);
  });

  const metadata = { name: 'foo-1.0.dist-info/METADATA', data: fooMetadata };
  it.each([
    ['nothing', new Uint8Array(), 'not-an-archive'],
    ['text', bytes('<html>not found</html>'), 'not-an-archive'],
    ['a cut archive', buildZip(wheelMembers()).subarray(0, 400), 'not-an-archive'],
    ['a wrong CRC', buildZip([{ ...metadata, crc: 1 }]), 'crc-mismatch'],
    ['a size too small', buildZip([{ ...metadata, size: 10 }]), 'size-mismatch'],
    ['a size too large', buildZip([{ ...metadata, size: 1000 }]), 'size-mismatch'],
    ['an encrypted member', buildZip([{ ...metadata, flags: 0x801 }]), 'encrypted'],
    ['LZMA', buildZip([{ ...metadata, method: 14 }]), 'unsupported'],
    ['two names', buildZip([{ ...metadata, localName: 'foo-1.0.dist-info/metadata' }]), 'corrupt'],
    ['a bomb', buildZip([{ ...metadata, data: new Uint8Array(20_000_000) }]), 'too-large'],
    ['a huge member', buildZip([{ ...metadata, size: 2 ** 31 }]), 'too-large'],
    [
      'garbage for data',
      buildZip([{ ...metadata, data: noise(500), stored: true, method: 8, size: 500 }]),
      'corrupt',
    ],
    ['METADATA missing', buildZip([{ name: 'foo-1.0.dist-info/WHEEL', data: '' }]), 'missing-member'],
  ] as const)('refuses %s by name', (_what, zip, kind) => {
    const error = thrownBy(() => readWheelMetadata(zip, 'foo-1.0-py3-none-any.whl'));
    expect(error).toBeInstanceOf(BadArchiveError);
    expect(error).toMatchObject({ kind });
  });

  it('refuses a stream that ends too early, or holds no zip', () => {
    const zip = buildZip(members);
    expect(() => streamed(zip.subarray(0, 60), 7)).toThrow(expect.objectContaining({ kind: 'truncated' }));
    expect(() => streamed(bytes('<html>'), 3)).toThrow(expect.objectContaining({ kind: 'not-an-archive' }));
  });

  it('does not believe a local header that ends its member too early', () => {
    const zip = buildZip([{ ...metadata, descriptor: 'signed' }]);
    // Stored, empty, nothing to follow it: what comes next is data all the same.
    zip.fill(0, 6, 10);
    expect(() => streamed(zip, 50)).toThrow(
      expect.objectContaining({ kind: 'corrupt', member: metadata.name }),
    );
  });

  it('refuses an archive whose offsets point beyond it', () => {
    const zip = buildZip([metadata]);
    zip.set([0xff, 0xff, 0xff, 0x00], zip.length - 22 - metadata.name.length - 4);
    expect(() => readWheelMetadata(zip, 'foo-1.0-py3-none-any.whl')).toThrow(
      expect.objectContaining({ kind: 'truncated' }),
    );
  });

  it('does not ask for a member that is small only when unpacked', () => {
    const zip = buildZip([metadata]);
    const packedSize = zip.length - 22 - metadata.name.length - 46 + 20;
    zip.set([0xff, 0xff, 0xff, 0x7f], packedSize);
    expect(() => readWheelMetadata(zip, 'foo-1.0-py3-none-any.whl')).toThrow(
      expect.objectContaining({ kind: 'too-large' }),
    );
  });

  it('refuses a part of an archive split over disks', () => {
    const zip = buildZip([metadata]);
    zip[zip.length - 22 + 4] = 1;
    expect(() => readZipDirectory(zip)).toThrow(expect.objectContaining({ kind: 'unsupported' }));
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}

describe('SparseBytes', () => {
  it('knows exactly what was added, however it came', () => {
    const whole = noise(200);
    const span = fc
      .tuple(fc.nat(199), fc.integer({ min: 1, max: 80 }))
      .map(([start, length]) => [start, Math.min(200, start + length)] as const);
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), span, (added, [start, end]) => {
        const file = sparseBytes(200);
        for (const [from, to] of added) addBytes(file, from, whole.subarray(from, to));
        const known = (at: number): boolean => added.some(([from, to]) => from <= at && at < to);
        const all = Array.from({ length: end - start }, (_, index) => start + index).every(known);
        expect(bytesOf(file, start, end)).toEqual(all ? whole.subarray(start, end) : null);
        const missing = missingPart(file, { start, end });
        if (all) expect(missing).toBeNull();
        else expect([known(missing?.start ?? -1), known((missing?.end ?? 0) - 1)]).toEqual([false, false]);
      }),
    );
  });
});
