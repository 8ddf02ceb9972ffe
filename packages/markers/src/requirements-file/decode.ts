/** Byte order marks and what they announce; UTF-32 before UTF-16, whose mark it begins with. */
const MARKS: readonly (readonly [mark: string, encoding: string])[] = [
  ['\xef\xbb\xbf', 'utf-8'],
  ['\xff\xfe\0\0', 'utf-32le'],
  ['\0\0\xfe\xff', 'utf-32be'],
  ['\xfe\xff', 'utf-16be'],
  ['\xff\xfe', 'utf-16le'],
];

/**
 * The text of a requirements file, as pip reads it: by its byte order mark, else by a
 * `# -*- coding: … -*-` comment in the first two lines (PEP 263), else as UTF-8.
 *
 * @throws RangeError if the encoding is unknown or the bytes are not of it
 */
export function decodeRequirementsFile(content: string | Uint8Array): string {
  if (typeof content === 'string') return content.replace(/^\ufeff/, '');
  const head = String.fromCharCode(...content.subarray(0, 1000));
  const [mark, encoding] = MARKS.find(([start]) => head.startsWith(start)) ?? ['', declaredEncoding(head)];
  const bytes = content.subarray(mark.length);
  // Python takes `latin-1` and `utf_8` for what the web's registry calls `latin1` and `utf-8`.
  const label = encoding.toLowerCase().replace('latin-', 'latin').replaceAll('_', '-');
  try {
    if (encoding.startsWith('utf-32')) return decodeUtf32(bytes, encoding === 'utf-32le');
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (error) {
    // A TextDecoder throws a TypeError for its bytes, a RangeError for its label.
    throw new RangeError(
      error instanceof TypeError
        ? `it is not valid ${encoding}; save it as UTF-8 or name its encoding in a '# -*- coding: … -*-' line`
        : `its encoding '${encoding}' is not known; save it as UTF-8`,
    );
  }
}

function declaredEncoding(head: string): string {
  const lines = head.split('\n', 2).filter((line) => line.startsWith('#'));
  return /coding[:=]\s*([-\w.]+)/.exec(lines.join('\n'))?.[1] ?? 'utf-8';
}

function decodeUtf32(bytes: Uint8Array, isLittleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const point = view.getUint32(at, isLittleEndian);
    if (point > 0x10ffff) throw new TypeError('Beyond Unicode');
    text += String.fromCodePoint(point);
  }
  return text;
}
