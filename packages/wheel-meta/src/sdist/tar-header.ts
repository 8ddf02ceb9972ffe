import { decodeLatin1, decodeUtf8 } from '../bytes/text.ts';
import { BadArchiveError } from '../zip/bad-archive-error.ts';

/** A member of a tar, as its header block has it (POSIX.1-2001 ustar and pax, GNU tar, V7). */
export interface TarHeader {
  readonly name: string;
  /** One character: `0` a file, `5` a directory, `x` pax fields of the next member, `L` a GNU long name. */
  readonly type: string;
  /** Bytes of data that follow, before padding. */
  readonly size: number;
}

export const tarBlock = 512;

/**
 * Reads a header block; null for the block of zeros that ends the archive.
 *
 * @throws BadArchiveError `corrupt` where its checksum is wrong.
 */
export function parseTarHeader(block: Uint8Array): TarHeader | null {
  if (block.every((byte) => byte === 0)) return null;
  if (!isChecksumRight(block)) throw new BadArchiveError('corrupt', 'a tar header has a wrong checksum');
  const posix = decodeLatin1(block.subarray(257, 263)) === 'ustar\0';
  const prefix = posix ? tarText(block.subarray(345, 500)) : '';
  const name = tarText(block.subarray(0, 100));
  const typeByte = block[156] ?? 0;
  const type = typeByte === 0 ? '0' : String.fromCharCode(typeByte);
  const full = prefix === '' ? name : `${prefix}/${name}`;
  return {
    name: full,
    // A V7 directory is a file whose name ends with a slash.
    type: type === '0' && full.endsWith('/') ? '5' : type,
    size: tarNumber(block.subarray(124, 136)),
  };
}

/** Whether the member has data blocks: links, devices and directories have none, whatever size they state. */
export function hasData(header: TarHeader): boolean {
  return !'123456'.includes(header.type);
}

/** The sum of all bytes, those of the checksum itself as spaces; old tars summed them as signed ones. */
function isChecksumRight(block: Uint8Array): boolean {
  let unsigned = 256;
  let signed = 256;
  for (let at = 0; at < tarBlock; at++) {
    if (at >= 148 && at < 156) continue;
    const byte = block[at] ?? 0;
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  const stated = tarNumber(block.subarray(148, 156));
  return stated === unsigned || stated === signed;
}

/** A number in octal digits, or, where the first bit is set, in base 256 (GNU). */
function tarNumber(field: Uint8Array): number {
  const [first = 0, ...rest] = field;
  if (first === 0x80) return rest.reduce((value, byte) => value * 256 + byte, 0);
  const digits = tarText(field).trim();
  if (digits === '') return 0;
  if (!/^[0-7]+$/.test(digits))
    throw new BadArchiveError('corrupt', `a tar header has "${digits}" for a number`);
  return Number.parseInt(digits, 8);
}

/** Text up to its NUL, in UTF-8, or Latin-1 where it is not. */
export function tarText(field: Uint8Array): string {
  const nul = field.indexOf(0);
  const bytes = nul === -1 ? field : field.subarray(0, nul);
  return decodeUtf8(bytes) ?? decodeLatin1(bytes);
}

/** The `path` and `size` of a pax extended header: records as `27 path=some/long/name\n`. */
export function parsePaxFields(data: Uint8Array): { readonly path?: string; readonly size?: number } {
  const fields: { path?: string; size?: number } = {};
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at);
    const length = Number(decodeLatin1(data.subarray(at, Math.max(at, space))));
    if (space === -1 || !Number.isInteger(length) || length < 5 || at + length > data.length) {
      throw new BadArchiveError('corrupt', 'a pax header of the tar is malformed');
    }
    const record = data.subarray(space + 1, at + length - 1);
    const equals = record.indexOf(0x3d);
    const value = record.subarray(equals + 1);
    const key = decodeLatin1(record.subarray(0, Math.max(0, equals)));
    if (key === 'path') fields.path = tarText(value);
    if (key === 'size') fields.size = Number(decodeLatin1(value));
    at += length;
  }
  return fields;
}
