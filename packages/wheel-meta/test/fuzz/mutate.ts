/** Numbers that look random and depend on the seed alone (mulberry32), from 0 up to `below`, excluded. */
export type Random = (below: number) => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  };
}

/** A copy of the bytes with one to four random changes. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let current: Uint8Array = bytes.slice();
  for (let changes = 1 + random(4); changes > 0; changes--) current = changeOnce(current, random);
  return current;
}

function changeOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random(Math.max(1, bytes.length));
  const length = 1 + random(Math.min(64, Math.max(1, bytes.length)));
  switch (random(7)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      return bytes;
    case 1:
      bytes[at] = random(256);
      return bytes;
    case 2:
      return bytes.slice(0, at);
    case 3:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    case 4:
      return joined(bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at));
    case 5:
      // A number that means something: all ones, zero, a signature.
      for (const [index, byte] of (interesting[random(interesting.length)] ?? []).entries())
        bytes[at + index] = byte;
      return bytes;
    default: {
      const from = random(Math.max(1, bytes.length - length));
      bytes.copyWithin(at, from, from + length);
      return bytes;
    }
  }
}

const interesting: readonly (readonly number[])[] = [
  [0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0],
  [0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff],
  [0x50, 0x4b, 1, 2],
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
  [0x50, 0x4b, 6, 7],
  [0x50, 0x4b, 7, 8],
];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
