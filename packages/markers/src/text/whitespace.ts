/**
 * Whether Python's `\s` and `str.strip` take this UTF-16 code for white space.
 * (JavaScript's own `trim` differs: it takes U+FEFF and leaves U+001C to U+001F and U+0085.)
 */
export function isPythonSpace(code: number): boolean {
  if (code < 128) return (code >= 9 && code <= 13) || (code >= 28 && code <= 32);
  return code === 0x85 || (code !== 0xfeff && /\s/.test(String.fromCharCode(code)));
}

/** The first index in `[start, end)` that is no white space, or `end`. */
export function skipSpace(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && isPythonSpace(text.charCodeAt(index))) index++;
  return index;
}

/** The end of `[start, end)` without its trailing white space. */
export function trimEnd(text: string, start: number, end: number): number {
  let index = end;
  while (index > start && isPythonSpace(text.charCodeAt(index - 1))) index--;
  return index;
}
