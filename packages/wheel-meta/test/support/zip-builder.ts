import { crc32, deflateRawSync } from 'node:zlib';

/** One member to put into a zip, and the ways in which it may be odd. */
export interface ZipMember {
  readonly name: string;
  readonly data: string | Uint8Array;
  readonly stored?: boolean;
  /** Sizes and CRC follow the data instead of standing before it. */
  readonly descriptor?: 'signed' | 'unsigned' | 'signed64';
  /** Sizes and offset in zip64 extra fields. */
  readonly zip64?: boolean;
  readonly flags?: number;
  readonly method?: number;
  /** Stated instead of the true ones. */
  readonly crc?: number;
  readonly size?: number;
  /** In the local header instead of `name`. */
  readonly localName?: string;
  /** Bytes of extra field in the local header alone. */
  readonly localExtra?: number;
  readonly mode?: number;
}

export interface ZipOptions {
  readonly prefix?: Uint8Array;
  readonly comment?: Uint8Array;
  readonly suffix?: Uint8Array;
  /** Zip64 end records. */
  readonly zip64?: boolean;
}

/** A zip made by hand, so that it can be as odd as a test wants it. */
export function buildZip(members: readonly ZipMember[], options: ZipOptions = {}): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const local = localPart(member);
    centrals.push(centralPart(member, offset));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = endPart(members.length, directory.length, offset, options);
  return new Uint8Array(
    Buffer.concat([
      options.prefix ?? new Uint8Array(),
      ...locals,
      directory,
      end,
      options.suffix ?? new Uint8Array(),
    ]),
  );
}

interface Packed {
  readonly name: Buffer;
  readonly data: Buffer;
  readonly packed: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly method: number;
  readonly flags: number;
}

function pack(member: ZipMember): Packed {
  const data = Buffer.from(member.data as string);
  const packed = member.stored === true ? data : deflateRawSync(data);
  return {
    name: Buffer.from(member.name),
    data,
    packed,
    crc: member.crc ?? crc32(data),
    size: member.size ?? data.length,
    method: member.method ?? (member.stored === true ? 0 : 8),
    flags: (member.flags ?? 0x800) | (member.descriptor === undefined ? 0 : 8),
  };
}

function localPart(member: ZipMember): Buffer {
  const { packed, crc, size, method, flags } = pack(member);
  const name = Buffer.from(member.localName ?? member.name);
  const follows = member.descriptor !== undefined;
  const extra = Buffer.concat([
    member.zip64 === true ? zip64Field([size, packed.length]) : Buffer.alloc(0),
    Buffer.alloc(member.localExtra ?? 0),
  ]);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt32LE(follows ? 0 : crc, 14);
  header.writeUInt32LE(follows ? 0 : member.zip64 === true ? 0xffffffff : packed.length, 18);
  header.writeUInt32LE(follows ? 0 : member.zip64 === true ? 0xffffffff : size, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra, packed, descriptorPart(member, crc, packed.length, size)]);
}

function descriptorPart(member: ZipMember, crc: number, packedSize: number, size: number): Buffer {
  if (member.descriptor === undefined) return Buffer.alloc(0);
  const wide = member.descriptor === 'signed64';
  const body = Buffer.alloc(wide ? 20 : 12);
  body.writeUInt32LE(crc, 0);
  if (wide) {
    body.writeBigUInt64LE(BigInt(packedSize), 4);
    body.writeBigUInt64LE(BigInt(size), 12);
  } else {
    body.writeUInt32LE(packedSize, 4);
    body.writeUInt32LE(size, 8);
  }
  return member.descriptor === 'unsigned' ? body : Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), body]);
}

function centralPart(member: ZipMember, offset: number): Buffer {
  const { name, packed, crc, size, method, flags } = pack(member);
  const wide = member.zip64 === true;
  const extra = wide ? zip64Field([size, packed.length, offset]) : Buffer.alloc(0);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(0x0314, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(wide ? 0xffffffff : packed.length, 20);
  header.writeUInt32LE(wide ? 0xffffffff : size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE((member.mode ?? 0o100644) * 0x10000, 38);
  header.writeUInt32LE(wide ? 0xffffffff : offset, 42);
  return Buffer.concat([header, name, extra]);
}

function zip64Field(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return field;
}

function endPart(count: number, size: number, offset: number, options: ZipOptions): Buffer {
  const parts: Buffer[] = [];
  if (options.zip64 === true) {
    const record = Buffer.alloc(56);
    record.writeUInt32LE(0x06064b50, 0);
    record.writeBigUInt64LE(44n, 4);
    record.writeBigUInt64LE(BigInt(count), 24);
    record.writeBigUInt64LE(BigInt(count), 32);
    record.writeBigUInt64LE(BigInt(size), 40);
    record.writeBigUInt64LE(BigInt(offset), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(BigInt(offset + size), 8);
    locator.writeUInt32LE(1, 16);
    parts.push(record, locator);
  }
  const comment = Buffer.from(options.comment ?? new Uint8Array());
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(options.zip64 === true ? 0xffff : count, 8);
  end.writeUInt16LE(options.zip64 === true ? 0xffff : count, 10);
  end.writeUInt32LE(options.zip64 === true ? 0xffffffff : size, 12);
  end.writeUInt32LE(options.zip64 === true ? 0xffffffff : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, end, comment]);
}

/** The members of a small wheel of `foo` 1.0, with `padding` bytes that do not compress before its dist-info. */
export function wheelMembers(padding = 0): readonly ZipMember[] {
  return [
    { name: 'foo/__init__.py', data: 'x = 1\n' },
    ...(padding === 0 ? [] : [{ name: 'foo/data.bin', data: noise(padding), stored: true }]),
    { name: 'foo-1.0.dist-info/METADATA', data: fooMetadata },
    {
      name: 'foo-1.0.dist-info/WHEEL',
      data: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    },
    { name: 'foo-1.0.dist-info/RECORD', data: 'foo/__init__.py,,\nfoo-1.0.dist-info/RECORD,,\n' },
  ];
}

export const fooMetadata =
  'Metadata-Version: 2.1\nName: foo\nVersion: 1.0\nRequires-Dist: bar>=2\n\nA description.\n';

/** Bytes that look random and are always the same. */
export function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 0x2545f491;
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}
