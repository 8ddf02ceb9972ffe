/** Nanoseconds per operation by the name of the operation. */
export type Measures = Readonly<Record<string, number>>;

/** Median of `rounds` runs in nanoseconds per operation, after a quarter as many to warm up. */
export function median(rounds: number, operations: number, run: () => void): number {
  for (let round = 0; round < Math.max(20, rounds / 4); round++) run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    run();
    times.push(((performance.now() - start) * 1e6) / operations);
  }
  times.sort((a, b) => a - b);
  return times[rounds >> 1] ?? Number.NaN;
}

/** Keeps results alive, so that no loop is optimised away. */
export const sink: { value: unknown } = { value: null };
