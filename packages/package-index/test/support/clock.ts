import type { Clock } from '../../src/index.ts';

/** A clock that never waits: sleeping moves it on, and is remembered. */
export function fakeClock(start = 1_000_000): Clock & { readonly slept: number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
    },
    random: () => 0.5,
  };
}
