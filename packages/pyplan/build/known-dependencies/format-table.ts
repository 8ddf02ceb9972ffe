/**
 * The table as it is kept: a line that says of when it is, then a line `KEY DEPENDENCY…` for each key that leads to
 * something, in the order of their characters (`src/command/ahead/dependency-table.ts`). What leads out of the projects
 * that were looked at is left out.
 */
export function formatTable(required: ReadonlyMap<string, readonly string[]>, date: string): string {
  const lines = [...required].flatMap(([key, wanted]) => {
    const known = wanted.filter((each) => required.has(each.replace(/\[.*/, '')));
    return known.length === 0 ? [] : [[key, ...known].join(' ')];
  });
  const head = `# ${date} what each of the newest releases of a project requires, by pnpm known-dependencies`;
  return `${[head, ...lines.toSorted()].join('\n')}\n`;
}
