/** The text of UTF-8 bytes, a byte order mark kept; null where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Bytes as the characters of the same number (ISO 8859-1 itself, not the Windows code page that browsers mean by it). */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/** What Python's `str.strip()` takes for white space. */
const pythonSpace =
  '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const leadingSpace = new RegExp(`^${pythonSpace}`);
const trailingSpace = new RegExp(`${pythonSpace}$`);

/** The text without white space at its ends, as `str.strip()` in Python has it. */
export function strip(text: string): string {
  return text.replace(leadingSpace, '').replace(trailingSpace, '');
}
