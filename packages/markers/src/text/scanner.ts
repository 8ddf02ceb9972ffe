/** A text and the place up to which it was read. */
export type Scanner = { readonly text: string; at: number };

/** Passes over what the sticky pattern matches next and blanks after it, and gives it; empty where nothing matches. */
export function take(scanner: Scanner, pattern: RegExp): string {
  const { text, at } = scanner;
  pattern.lastIndex = at;
  if (!pattern.test(text)) return '';
  scanner.at = pattern.lastIndex;
  skipBlanks(scanner);
  return text.slice(at, pattern.lastIndex);
}

/** Passes over spaces and tabs. */
export function skipBlanks(scanner: Scanner): void {
  const { text } = scanner;
  let { at } = scanner;
  while (isBlank(text.charCodeAt(at))) at++;
  scanner.at = at;
}

/** Passes over the character and blanks after it, if it stands next. */
export function accept(scanner: Scanner, char: string): boolean {
  if (scanner.text[scanner.at] !== char) return false;
  scanner.at++;
  skipBlanks(scanner);
  return true;
}

/** Whether the character is a space or a tab. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
