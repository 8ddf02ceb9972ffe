import { readFileSync } from 'node:fs';

/** What well-known projects depend on, as `pnpm known-dependencies` wrote it down. */
export interface DependencyTable {
  /** The day that it tells of, ms since the epoch; NaN where it does not say. */
  readonly asOf: number;
  /** What `name` or `name[extra]` asks for itself, in the same form; empty where that is not known. */
  of(key: string): readonly string[];
}

/** The table that comes with the command. */
export function readDependencyTable(): DependencyTable {
  return dependencyTable(readFileSync(new URL('./known-dependencies.txt', import.meta.url), 'latin1'));
}

/** A table of lines `KEY DEPENDENCY…` in the order of their characters, after a line `# DATE …`. */
export function dependencyTable(text: string): DependencyTable {
  const lines = text.trimEnd().split('\n');
  const [, date = ''] = lines[0]?.split(' ') ?? [];
  return {
    asOf: Date.parse(date),
    of: (key) => {
      const head = `${key} `;
      let low = 0;
      let high = lines.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((lines[middle] ?? '') < head) low = middle + 1;
        else high = middle;
      }
      const line = lines[low] ?? '';
      return line.startsWith(head) ? line.slice(head.length).split(' ') : [];
    },
  };
}
