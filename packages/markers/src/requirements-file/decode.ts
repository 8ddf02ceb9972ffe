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
  // What a comment in the first two lines names.
  const declared = /^(?:[^\n]*\n)??#[^\n]*?coding[:=]\s*([-\w.]+)/.exec(head)?.[1] ?? 'utf-8';
  const [mark, encoding] = MARKS.find(([start]) => head.startsWith(start)) ?? ['', declared];
  const bytes = content.subarray(mark.length);
  try {
    if (encoding.startsWith('utf-32')) return decodeUtf32(bytes, encoding.endsWith('le'));
    // Python takes `latin-1` and `utf_8` for what the web's registry calls `latin1` and `utf-8`.
    const label = encoding.replace(/(?<=latin)-/i, '').replaceAll('_', '-');
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    const remedy = "save it as UTF-8 or begin it with '# coding: …'";
    throw new RangeError(`it cannot be decoded as ${encoding}; ${remedy}`);
  }
}

/** Throws a RangeError for what is beyond Unicode. */
function decodeUtf32(bytes: Uint8Array, isLittleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: bytes.length / 4 }, (_, index) =>
    String.fromCodePoint(view.getUint32(4 * index, isLittleEndian)),
  ).join('');
}
