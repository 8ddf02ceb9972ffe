import type { ResolveProgress } from '@pyplan/resolver';
import type { Settings } from '../arguments/settings.ts';
import type { World } from '../process/world.ts';

/** A line on a terminal that says what is going on, and goes away in the end. */
export interface ProgressLine {
  readonly update: ((progress: ResolveProgress) => void) | null;
  clear(): void;
}

/** Milliseconds before the first showing, so that a quick run shows none, and between two. */
const delay = 150;
const interval = 80;

/**
 * With more pages than any set of people's own comes to, the heap is large whatever is done. Going over it whenever it
 * has grown by half would be a tenth to a fifth of the time.
 */
const manyPages = 1000;

/** Tells the line of each step, and the process when there comes to be much to hold. */
export function watchedProgress(
  { update }: ProgressLine,
  { takeMemory }: Pick<World, 'takeMemory'>,
): (progress: ResolveProgress) => void {
  let isLarge = false;
  return (progress) => {
    update?.(progress);
    if (isLarge || progress.pages < manyPages) return;
    isLarge = true;
    takeMemory();
  };
}

/** Shows only on a terminal that can redraw a line: not for -q, in CI, or on a dumb terminal. */
export function progressLine(settings: Settings, world: World): ProgressLine {
  if (!showsProgress(settings, world)) return { update: null, clear: () => undefined };
  const start = world.now();
  let last = start + delay - interval;
  let shown = false;
  const width = (world.stderr.columns ?? 80) - 1;
  return {
    update(progress) {
      const now = world.now();
      if (now - last < interval) return;
      last = now;
      shown = true;
      world.stderr.write(`\r\u001b[2K${progressText(progress).slice(0, width)}`);
    },
    clear() {
      if (shown) world.stderr.write('\r\u001b[2K');
      shown = false;
    },
  };
}

export function showsProgress(settings: Settings, world: World): boolean {
  const inCi = (world.env['CI'] ?? '') !== '' && world.env['CI'] !== 'false';
  return world.stderr.isTTY && !settings.quiet && !inCi && world.env['TERM'] !== 'dumb';
}

function progressText(progress: ResolveProgress): string {
  const { target, name, pages, metadata } = progress;
  const where = target === null ? '' : ` for Python ${target.python} on ${target.platform}`;
  const at = name === null ? '' : ` (${name})`;
  return `Resolving${where}: ${pages} pages, ${metadata} metadata files${at}`;
}
