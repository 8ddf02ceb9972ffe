import { joinBytes } from '../bytes/join-bytes.ts';
import { uint16, uint32, uint64 } from '../bytes/little-endian.ts';
import type { ArchiveStream, StreamWish } from './archive-stream.ts';
import { BadArchiveError } from './bad-archive-error.ts';
import { memberName } from './central-directory.ts';
import { unpackMember } from './inflate.ts';
import type { ArchiveLimits } from './limits.ts';

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const descriptorSignature = 0x08074b50;
/** What may follow a member: another one, the directory, its zip64 or its plain end, extra data of the archive. */
const recordSignatures: ReadonlySet<number> = new Set([
  localSignature,
  centralSignature,
  endSignature,
  0x06064b50,
  0x08064b50,
]);
const localHeaderSize = 30;
/** The longest data descriptor, with its signature and zip64 sizes. */
const descriptorSize = 24;

interface LocalHeader {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly size: number;
  readonly compressedSize: number;
}

type State =
  /** Looking for a header, at the start or after a gap. */
  | { readonly kind: 'seeking' }
  | { readonly kind: 'data'; readonly header: LocalHeader; left: number }
  /** In data whose length only the descriptor after it tells. */
  | { readonly kind: 'unsized'; readonly header: LocalHeader; length: number }
  /** At the end of a member: it counts once the next header shows that it ends where it says. */
  | { readonly kind: 'closing'; readonly header: LocalHeader }
  | { readonly kind: 'over' };

/**
 * Reads a zip from its beginning, by the local headers, holding no more than the members that are
 * wanted (APPNOTE 4.3.7). The central directory, which comes last, is not consulted.
 *
 * A member whose sizes follow it (data descriptor, 4.3.9) ends where a descriptor states exactly the
 * length that lies before it.
 */
export function zipStream(wish: StreamWish, limits: ArchiveLimits): ArchiveStream {
  const found = new Map<string, Uint8Array>();
  let state: State = { kind: 'seeking' };
  let pending: Uint8Array = new Uint8Array();
  let kept: Uint8Array[] = [];
  let keptSize = 0;
  let seen = 0;

  const consume = (count: number): Uint8Array => {
    const taken = pending.subarray(0, count);
    pending = pending.subarray(count);
    return taken;
  };
  const keep = (header: LocalHeader, bytes: Uint8Array): void => {
    if (!wish.wanted(header.name)) return;
    keptSize += bytes.length;
    if (keptSize > limits.memberSize) {
      throw new BadArchiveError(
        'too-large',
        `${header.name} has over ${limits.memberSize} bytes`,
        header.name,
      );
    }
    kept.push(bytes.slice());
  };
  const finish = (header: LocalHeader): void => {
    if (wish.wanted(header.name)) {
      if (found.has(header.name)) {
        throw new BadArchiveError('duplicate-member', `${header.name} is there twice`, header.name);
      }
      found.set(header.name, unpackMember(header, joinBytes(kept), limits));
    }
    kept = [];
    keptSize = 0;
    state = { kind: 'seeking' };
  };

  /** Each returns whether it could do something with what is pending. */
  const seek = (): boolean => {
    const at = nextHeader(pending);
    if (at === -1) {
      consume(Math.max(0, pending.length - 3));
      return false;
    }
    consume(at);
    if (uint32(pending, 0) !== localSignature) {
      state = { kind: 'over' };
      return false;
    }
    if (pending.length < localHeaderSize) return false;
    const headerEnd = localHeaderSize + uint16(pending, 26) + uint16(pending, 28);
    if (pending.length < headerEnd) return false;
    const header = parseLocalHeader(consume(headerEnd));
    seen++;
    const unsized = (header.flags & 8) !== 0;
    state = unsized
      ? { kind: 'unsized', header, length: 0 }
      : { kind: 'data', header, left: header.compressedSize };
    return true;
  };
  const passData = (current: Extract<State, { kind: 'data' }>): boolean => {
    const bytes = consume(Math.min(current.left, pending.length));
    current.left -= bytes.length;
    keep(current.header, bytes);
    if (current.left > 0) return false;
    state = { kind: 'closing', header: current.header };
    return true;
  };
  const passUnsized = (current: Extract<State, { kind: 'unsized' }>, ended: boolean): boolean => {
    const hit = findDescriptor(pending, current.length, ended);
    const dataLength = hit?.at ?? Math.max(0, pending.length - 2 * descriptorSize);
    keep(current.header, consume(dataLength));
    current.length += dataLength;
    if (hit === null) return false;
    consume(hit.size);
    state = { kind: 'closing', header: { ...current.header, crc32: hit.crc32, size: hit.unpacked } };
    return true;
  };
  const close = ({ header }: Extract<State, { kind: 'closing' }>): boolean => {
    if (pending.length < 4) return false;
    if (wish.wanted(header.name) && !recordSignatures.has(uint32(pending, 0))) {
      throw new BadArchiveError('corrupt', `${header.name} does not end where its header says`, header.name);
    }
    finish(header);
    return true;
  };
  const advance = (ended: boolean): void => {
    for (let more = true; more && !wish.enough(found); ) {
      const current: State = state;
      if (current.kind === 'seeking') more = seek();
      else if (current.kind === 'data') more = passData(current);
      else if (current.kind === 'unsized') more = passUnsized(current, ended);
      else if (current.kind === 'closing') more = close(current);
      else more = false;
    }
  };
  return {
    push: (chunk) => {
      if (state.kind !== 'over') {
        pending = pending.length === 0 ? chunk : joinBytes([pending, chunk]);
        advance(false);
      }
      return state.kind === 'over' || wish.enough(found);
    },
    end: () => {
      advance(true);
      if (state.kind === 'over' || wish.enough(found)) return;
      if (seen === 0) throw new BadArchiveError('not-an-archive', 'not a zip archive: it has no member');
      throw new BadArchiveError('truncated', 'the archive ends before its central directory');
    },
    found,
  };
}

/** Where the next local header, central directory or end record begins; -1 where none does. */
function nextHeader(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x50); at !== -1 && at + 4 <= bytes.length; at = bytes.indexOf(0x50, at + 1)) {
    const signature = uint32(bytes, at);
    if (signature === localSignature || signature === centralSignature || signature === endSignature)
      return at;
  }
  return -1;
}

function parseLocalHeader(bytes: Uint8Array): LocalHeader {
  const flags = uint16(bytes, 6);
  const nameEnd = localHeaderSize + uint16(bytes, 26);
  let compressedSize = uint32(bytes, 18);
  let size = uint32(bytes, 22);
  for (let at = nameEnd; at + 4 <= bytes.length; at += 4 + uint16(bytes, at + 2)) {
    if (uint16(bytes, at) !== 1) continue;
    if (size === 0xffffffff) size = uint64(bytes, at + 4);
    if (compressedSize === 0xffffffff) compressedSize = uint64(bytes, at + 12);
  }
  return {
    name: memberName(bytes.subarray(localHeaderSize, nameEnd), flags),
    flags,
    method: uint16(bytes, 8),
    crc32: uint32(bytes, 14),
    size,
    compressedSize,
  };
}

interface Descriptor {
  readonly at: number;
  readonly size: number;
  readonly crc32: number;
  readonly unpacked: number;
}

/**
 * The descriptor, with or without a signature, that states the length of the data before it, of which
 * `before` bytes are no longer pending.
 */
function findDescriptor(bytes: Uint8Array, before: number, ended: boolean): Descriptor | null {
  for (let at = bytes.indexOf(0x50); at !== -1; at = bytes.indexOf(0x50, at + 1)) {
    if (at + descriptorSize > bytes.length && !ended) return null;
    const signature = uint32(bytes, at);
    if (signature === descriptorSignature) {
      const hit = descriptorAt(bytes, at, at + 4, before);
      if (hit !== null) return hit;
    } else if (signature === localSignature || signature === centralSignature) {
      for (const size of [12, 20]) {
        const hit = at >= size ? descriptorAt(bytes, at - size, at - size, before) : null;
        if (hit !== null && hit.at + hit.size === at) return hit;
      }
    }
  }
  return null;
}

/** The descriptor at `at`, whose CRC stands at `crcAt`, if it states the right length in 32 or 64 bits. */
function descriptorAt(bytes: Uint8Array, at: number, crcAt: number, before: number): Descriptor | null {
  const length = before + at;
  const crc = uint32(bytes, crcAt);
  const isNext = (end: number): boolean => end >= bytes.length || uint16(bytes, end) === 0x4b50;
  if (uint32(bytes, crcAt + 4) === length && isNext(crcAt + 12)) {
    return { at, size: crcAt + 12 - at, crc32: crc, unpacked: uint32(bytes, crcAt + 8) };
  }
  if (uint64(bytes, crcAt + 4) === length && isNext(crcAt + 20)) {
    return { at, size: crcAt + 20 - at, crc32: crc, unpacked: uint64(bytes, crcAt + 12) };
  }
  return null;
}
