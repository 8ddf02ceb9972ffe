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

/** What Python's `str.strip()` and `str.split()` take for white space. */
function isPythonSpace(code: number): boolean {
  // The separators of ASCII count in Python, the byte order mark does not.
  if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return code === 0x85 || (code !== 0xfeff && /\s/.test(String.fromCharCode(code)));
}

/** The text without white space at its ends, as `str.strip()` in Python has it. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isPythonSpace(text.charCodeAt(start))) start++;
  while (end > start && isPythonSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** The words of the text, as `str.split()` in Python has them. */
export function splitOnSpace(text: string): readonly string[] {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const isEnd = at === text.length || isPythonSpace(text.charCodeAt(at));
    if (isEnd && start !== -1) words.push(text.slice(start, at));
    if (isEnd) start = -1;
    else if (start === -1) start = at;
  }
  return words;
}

const informationSeparators = '\\x1c-\\x1e';
const lineBoundary = new RegExp(`[\\n-\\r${informationSeparators}\\x85\\u2028\\u2029]`);

/** Whether the text has what `str.splitlines()` in Python splits at, which is more than CR and LF. */
export function hasLineBoundary(text: string): boolean {
  return lineBoundary.test(text);
}

/** The text between quotes with what is not printable escaped, as `repr()` in Python writes it. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const character of text) {
    if (character === mark || character === '\\') out += `\\${character}`;
    else if (character === ' ' || !/[\p{C}\p{Z}]/u.test(character)) out += character;
    else out += escapeCharacter(character);
  }
  return mark + out + mark;
}

function escapeCharacter(character: string): string {
  const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
