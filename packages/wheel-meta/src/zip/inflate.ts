import { Inflate, inflateSync } from 'fflate';
import { crc32 } from '../bytes/crc32.ts';
import { BadArchiveError } from './bad-archive-error.ts';
import type { ArchiveLimits } from './limits.ts';

/** Deflate makes at most 1,032 bytes of one: what can't exceed 16 MB is inflated in one go. */
const inOneGo = 16 * 1024;
/** Packed bytes handed on at a time, so that no more than 4 MB come out before the size is looked at. */
const step = 4096;

/** What unpacking a member needs to know of it. */
export interface PackedMember {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc32: number;
  readonly size: number;
}

/**
 * A member's contents, checked against the size and CRC that the archive states.
 *
 * @throws BadArchiveError `encrypted`, `unsupported`, `too-large`, `size-mismatch`, `crc-mismatch`, `corrupt`
 */
export function unpackMember(member: PackedMember, packed: Uint8Array, limits: ArchiveLimits): Uint8Array {
  const { name, size } = member;
  checkReadable(member, packed.length, limits);
  const bytes = member.method === 0 ? packed : inflate(packed, size, name);
  if (bytes.length !== size) {
    const found = bytes.length > size ? 'more' : `${bytes.length}`;
    throw new BadArchiveError(
      'size-mismatch',
      `${name} should unpack to ${size} bytes and has ${found}`,
      name,
    );
  }
  if (crc32(bytes) !== member.crc32) {
    throw new BadArchiveError('crc-mismatch', `${name} is damaged: its CRC-32 is not the stated one`, name);
  }
  return bytes;
}

/** Refuses, before anything is unpacked, what can't or must not be. */
export function checkReadable(member: PackedMember, packedSize: number, limits: ArchiveLimits): void {
  const { name, size } = member;
  if ((member.flags & 0x41) !== 0) throw new BadArchiveError('encrypted', `${name} is encrypted`, name);
  if (member.method !== 0 && member.method !== 8) {
    throw new BadArchiveError('unsupported', `${name} is compressed by method ${member.method}`, name);
  }
  const largest = Math.max(size, packedSize);
  if (largest > limits.memberSize) {
    throw new BadArchiveError('too-large', `${name} has ${largest} bytes, over ${limits.memberSize}`, name);
  }
  if (size > limits.ratioFloor && size > packedSize * limits.ratio) {
    throw new BadArchiveError(
      'too-large',
      `${name} unpacks to over ${limits.ratio} times its packed size`,
      name,
    );
  }
}

/** At most one byte more than `size`, so that the caller sees when it is exceeded. */
function inflate(packed: Uint8Array, size: number, name: string): Uint8Array {
  try {
    if (packed.length <= inOneGo) return inflateSync(packed, { out: new Uint8Array(size + 1) });
    return inflateInSteps(packed, size);
  } catch (error) {
    if (error instanceof BadArchiveError) throw error;
    throw new BadArchiveError('corrupt', `${name} is damaged: ${errorText(error)}`, name);
  }
}

function inflateInSteps(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size + 1);
  let length = 0;
  const inflater = new Inflate((chunk) => {
    out.set(chunk.subarray(0, out.length - length), length);
    length = Math.min(out.length, length + chunk.length);
  });
  for (let at = 0; at < packed.length && length <= size; at += step) {
    inflater.push(packed.subarray(at, at + step), at + step >= packed.length);
  }
  return out.subarray(0, length);
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
