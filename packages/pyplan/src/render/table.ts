import { stripVTControlCharacters } from 'node:util';

export interface Column {
  readonly align?: 'left' | 'right';
  /** May be cut, with an ellipsis, to make the table fit; the others keep their width. */
  readonly shrink?: boolean;
}

/** Columns that may shrink are never cut below this. */
const narrowest = 12;
const gap = '  ';

/**
 * Lays rows out in columns, two spaces between, no trailing space. Cells may hold terminal colours.
 * Where the table is wider than `width`, the columns marked `shrink` are cut, the widest first.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const natural = columns.map((_, index) =>
    Math.max(0, ...rows.map((row) => visibleLength(row[index] ?? ''))),
  );
  const widths = fit(columns, natural, width);
  return rows.map((row) =>
    columns
      .map((column, index) =>
        pad(cut(row[index] ?? '', widths[index] ?? 0), widths[index] ?? 0, column.align),
      )
      .join(gap)
      .trimEnd(),
  );
}

function fit(columns: readonly Column[], natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  const total = (): number => widths.reduce((sum, each) => sum + each, gap.length * (columns.length - 1));
  while (total() > width) {
    const widest = columns.reduce<number>((best, column, index) => {
      if (column.shrink !== true || (widths[index] ?? 0) <= narrowest) return best;
      return best < 0 || (widths[index] ?? 0) > (widths[best] ?? 0) ? index : best;
    }, -1);
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** The columns a text takes on a terminal, colours not counted. */
export function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}

function cut(text: string, width: number): string {
  if (visibleLength(text) <= width) return text;
  const bare = stripVTControlCharacters(text);
  const kept = `${bare.slice(0, Math.max(0, width - 1))}…`;
  // Keeps a cell's one style: all of the cell is painted, or nothing.
  return text === bare ? kept : text.replace(bare, kept);
}

function pad(text: string, width: number, align: Column['align'] = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - visibleLength(text)));
  return align === 'right' ? space + text : text + space;
}
