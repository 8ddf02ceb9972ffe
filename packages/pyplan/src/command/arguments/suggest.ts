/**
 * The candidate nearest to `word`, or null where none is near enough to be what was meant.
 *
 * Near: at most a third of the letters inserted, deleted, replaced or swapped with their neighbour
 * (optimal string alignment), or a candidate that begins with the word. Ties go to the first candidate.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  let extension: string | null = null;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) < bestDistance) {
      const distance = editDistance(word, candidate);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    if (extension === null && word.length >= 3 && candidate.startsWith(word)) extension = candidate;
  }
  return best ?? extension;
}

/** Optimal string alignment distance: insert, delete, replace, swap neighbours, each at cost 1. */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, at(beforePrevious, column - 2) + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
