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
