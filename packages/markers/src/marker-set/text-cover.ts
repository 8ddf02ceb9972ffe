/** Texts as few groups: a group in `missing` stands for all its substrings but those; any other for itself. */
export type TextCover = {
  readonly groups: readonly string[];
  readonly missing: ReadonlyMap<string, readonly string[]>;
};

/** One substring in so many may be missing. */
const FEW = 8;

/** Finds texts nearly all of whose substrings are among the texts too, as `variable in "…"` makes them. */
export function coverTexts(texts: readonly string[]): TextCover {
  const all = new Set(texts);
  const left = new Set(texts);
  const groups: string[] = [];
  const missing = new Map<string, readonly string[]>();
  for (const text of texts.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))) {
    if (!left.delete(text)) continue;
    groups.push(text);
    if (text.length < 2 || !all.has('')) continue;
    const parts = substrings(text);
    const absent = parts.filter((part) => !all.has(part));
    if (absent.length * FEW > parts.length) continue;
    missing.set(text, absent);
    for (const part of parts) left.delete(part);
  }
  return { groups: groups.sort(), missing };
}

/** The texts that the text holds, itself and the empty one among them. */
export function substrings(text: string): readonly string[] {
  const found = new Set<string>(['']);
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 1; end <= text.length; end++) found.add(text.slice(start, end));
  }
  return [...found];
}
