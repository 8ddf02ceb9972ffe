import type { IncompatibilityId, PackageId } from '../incompatibility.ts';

/**
 * Incompatibilities taken out of the lists in force because they are contradicted: by the level at which that
 * was seen, each followed by the package out of whose list it was taken. They come back once the level is undone;
 * what the root's level contradicts never does, and is not kept.
 */
export type SetAside = number[][];

export function setAside(aside: SetAside, level: number, id: IncompatibilityId, from: PackageId): void {
  if (level <= 1) return;
  while (aside.length <= level) aside.push([]);
  aside[level]?.push(id, from);
}

/** Puts what levels above `level` contradicted back into its lists, which stay in ascending order. */
export function bringBack(
  aside: SetAside,
  level: number,
  lists: (IncompatibilityId[] | undefined)[],
  replaced: readonly boolean[],
): void {
  const touched = new Set<PackageId>();
  for (let undone = aside.length - 1; undone > level; undone--) {
    const entries = aside.pop() ?? [];
    for (let i = 0; i < entries.length; i += 2) {
      const id = entries[i] ?? 0;
      const from = entries[i + 1] ?? 0;
      if (replaced[id] === true) continue;
      lists[from]?.push(id);
      touched.add(from);
    }
  }
  for (const id of touched) lists[id]?.sort((a, b) => a - b);
}
