/** Gathers the chunks of a body into one piece of memory of its own, so that none of them has to be kept. */
export interface BodyGatherer {
  readonly size: number;
  add(chunk: Buffer): void;
  whole(): Buffer;
}

/** @param expected bytes that will probably come */
export function bodyGatherer(expected: number): BodyGatherer {
  let bytes = Buffer.allocUnsafeSlow(expected);
  let size = 0;
  return {
    get size() {
      return size;
    },
    add: (chunk) => {
      const needed = size + chunk.length;
      if (needed > bytes.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * bytes.length));
        bytes.copy(larger, 0, 0, size);
        releaseBytes(bytes);
        bytes = larger;
      }
      size += chunk.copy(bytes, size);
    },
    whole: () => bytes.subarray(0, size),
  };
}

/**
 * Gives the memory of bytes that nobody uses any more back at once. The collector sees how small the object is, not
 * what it holds on to, and would leave some 50 MB of them lie. Bytes that share their memory with others are left.
 */
export function releaseBytes({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) buffer.transfer(0);
}
