/** How many bytes each byte order mark takes, and what it announces; UTF-32 before UTF-16, whose mark it begins with. */
const MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];

/**
 * The text of a requirements file, as pip reads it: by its byte order mark, else by a
 * `# -*- coding: … -*-` comment in the first two lines (PEP 263), else as UTF-8.
 *
 * @throws RangeError if the encoding is unknown or the bytes are not of it
 */
export function decodeRequirementsFile(content: string | Uint8Array): string {
  if (typeof content === 'string') return content.startsWith('\ufeff') ? content.slice(1) : content;
  for (const [encoding, mark] of MARKS) {
    if (mark.every((byte, index) => content[index] === byte))
      return decode(content.subarray(mark.length), encoding);
  }
  return decode(content, declaredEncoding(content) ?? 'utf-8');
}

function declaredEncoding(content: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(content.subarray(0, 1000)).split('\n').slice(0, 2);
  for (const line of head) {
    const name = line.startsWith('#') ? /coding[:=]\s*([-\w.]+)/.exec(line)?.[1] : undefined;
    if (name !== undefined) return name;
  }
  return null;
}

function decode(bytes: Uint8Array, encoding: string): string {
  if (encoding.startsWith('utf-32')) return decodeUtf32(bytes, encoding === 'utf-32le');
  let decoder: TextDecoder;
  try {
    // Python takes `latin-1` and `utf_8` for what the web's registry calls `latin1` and `utf-8`.
    decoder = new TextDecoder(encoding.toLowerCase().replace('latin-', 'latin').replaceAll('_', '-'), {
      fatal: true,
    });
  } catch {
    throw new RangeError(`its encoding '${encoding}' is not known; save it as UTF-8`);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw new RangeError(
      `it is not valid ${encoding}; save it as UTF-8 or name its encoding in a '# -*- coding: … -*-' line`,
    );
  }
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const point = view.getUint32(at, littleEndian);
    if (point > 0x10ffff) throw new RangeError('it is not valid UTF-32; save it as UTF-8');
    text += String.fromCodePoint(point);
  }
  return text;
}
