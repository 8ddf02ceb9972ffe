/** Python's hard keywords (The Python Language Reference, 2.3.1). */
const keywords: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for ' +
    'from global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** As `str.isidentifier()`. */
export function isIdentifier(text: string): boolean {
  return /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text);
}

/** As `keyword.iskeyword()`. */
export function isKeyword(text: string): boolean {
  return keywords.has(text);
}
