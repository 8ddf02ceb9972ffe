import type { CodeSplittingGroup } from 'rolldown';

/** A chunk of a module and all that it imports at its head, but for what chunks before it have. */
function chunk(name: string, test: RegExp, priority: number): CodeSplittingGroup {
  return { name, test, priority };
}

/**
 * What a lock needs in few files: each one that is looked up and opened takes a third of a millisecond. What is loaded
 * later than that, or seldom, stays apart by itself.
 */
export const commandChunks: CodeSplittingGroup[] = [
  chunk('run', /src[\\/]command[\\/]run\.ts$/, 4),
  chunk('resolve', /src[\\/]command[\\/]verbs[\\/]lock\.ts$/, 3),
  chunk('formats', /src[\\/]command[\\/]locking[\\/](lock-facts|format-lock)\.ts$/, 2),
  chunk('http', /undici[\\/]lib[\\/]dispatcher[\\/]agent\.js$|[\\/]p-queue[\\/]/, 1),
];
