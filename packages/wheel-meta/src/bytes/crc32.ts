const table: Uint32Array = makeTable();

function makeTable(): Uint32Array {
  const entries = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    entries[byte] = value;
  }
  return entries;
}

/** The CRC-32 of ZIP and gzip (polynomial 0x04C11DB7, reflected). */
export function crc32(bytes: Uint8Array): number {
  return updateCrc32(0, bytes);
}

/** The CRC-32 of what `crc` is that of, followed by `bytes`. */
export function updateCrc32(crc: number, bytes: Uint8Array): number {
  let value = crc ^ 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
