import { expected } from './syntax-error.ts';

/** A text and the place up to which it was read. */
export type Scanner = { readonly text: string; at: number };

/** Passes over what the sticky pattern matches next and blanks after it, and gives it; empty where nothing matches. */
export function take(scanner: Scanner, pattern: RegExp): string {
  const { text, at } = scanner;
  pattern.lastIndex = at;
  if (!pattern.test(text)) return '';
  const end = pattern.lastIndex;
  passTo(scanner, end);
  return text.slice(at, end);
}

/** Goes on at the index, blanks passed over. */
export function passTo(scanner: Scanner, index: number): void {
  let at = index;
  while (isBlank(scanner.text.charCodeAt(at))) at++;
  scanner.at = at;
}

/** Passes over the character and blanks after it, if it stands next. */
export function accept(scanner: Scanner, char: string): boolean {
  if (scanner.text[scanner.at] !== char) return false;
  passTo(scanner, scanner.at + 1);
  return true;
}

/** Passes over the parenthesis that closes the one at `open`, and blanks after it. Throws a Fault. */
export function close(scanner: Scanner, open: number): void {
  if (!accept(scanner, ')')) expected("')' to match this '('", open);
}

/** Whether the character is a space or a tab. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
