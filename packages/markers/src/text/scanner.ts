/** A text and the place up to which it was read; `end` is where it stops. */
export type Scanner = { readonly text: string; at: number; readonly end: number };

/** The code of a character from the scanner's place on; NaN behind the end. */
export function codeAt({ text, at, end }: Scanner, offset = 0): number {
  return at + offset < end ? text.charCodeAt(at + offset) : Number.NaN;
}

/** Whether the character is a space or a tab. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

export function skipBlanks(scanner: Scanner): void {
  const { text, end } = scanner;
  let { at } = scanner;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  scanner.at = at;
}

/** Passes over the character and blanks after it, if it stands next. */
export function accept(scanner: Scanner, char: string): boolean {
  if (codeAt(scanner) !== char.charCodeAt(0)) return false;
  scanner.at++;
  skipBlanks(scanner);
  return true;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether the character is an ASCII letter or digit. */
export function isAlphanumeric(code: number): boolean {
  const letter = code | 32;
  return isDigit(code) || (letter >= 97 && letter <= 122);
}
