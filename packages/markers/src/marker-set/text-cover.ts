/** A text that stands for all its substrings but the `missing` ones; where that is null, for itself. */
export type TextGroup = { readonly text: string; readonly missing: readonly string[] | null };

/** One substring in so many may be missing. */
const FEW = 8;

/**
 * Texts as few groups: nearly all substrings of one are among the texts too, as `variable in "…"` makes them, but for
 * those that are told elsewhere.
 */
export function coverTexts(
  texts: readonly string[],
  isElsewhere: (text: string) => boolean,
): readonly TextGroup[] {
  const all = new Set(texts);
  const left = new Set(texts);
  const groups: TextGroup[] = [];
  for (const text of texts.toSorted((a, b) => b.length - a.length)) {
    if (!left.delete(text)) continue;
    const parts = text.length > 1 && all.has('') ? substrings(text) : [];
    const missing = parts.filter((part) => !all.has(part) && !isElsewhere(part));
    const isGroup = parts.length > 0 && missing.length * FEW <= parts.length;
    if (isGroup) for (const part of parts) left.delete(part);
    groups.push({ text, missing: isGroup ? missing : null });
  }
  return groups.sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** The texts that the text holds, itself and the empty one among them. */
export function substrings(text: string): readonly string[] {
  const found = new Set<string>(['']);
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 1; end <= text.length; end++) found.add(text.slice(start, end));
  }
  return [...found];
}
