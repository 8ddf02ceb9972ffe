import { resolve } from 'node:path';
import type { ReportedTarget } from '@pyplan/resolver';
import { plainStyle, type Style } from '../render/style.ts';
import type { Settings } from './arguments/settings.ts';
import { columnsOf, styleFor } from './output/terminal.ts';
import type { World } from './process/world.ts';

/** What a verb of the command works with. */
export interface Context {
  readonly settings: Settings;
  readonly world: World;
  /** Targets that were given by the reports of interpreters. */
  readonly reported: readonly ReportedTarget[];
  /** For results. Without colour where they go to a file. */
  readonly resultStyle: Style;
  /** For everything that goes to standard error. */
  readonly style: Style;
  readonly width: number;
  /** A path of the user's, absolute. */
  path(shown: string): string;
  /** Tells something on standard error, unless -q. */
  say(text: string): void;
  warn(text: string): void;
  /** Tells something on standard error only with -v. */
  detail(text: string): void;
}

export function createContext(
  settings: Settings,
  world: World,
  reported: readonly ReportedTarget[] = [],
): Context {
  const style = styleFor(world.stderr, settings.color, world.env);
  const line = (text: string): void => world.stderr.write(`${text}\n`);
  return {
    settings,
    world,
    reported,
    style,
    resultStyle: settings.output === null ? styleFor(world.stdout, settings.color, world.env) : plainStyle,
    width: settings.output === null ? columnsOf(world.stdout, world.env) : 120,
    path: (shown) => resolve(world.cwd, shown),
    say: (text) => (settings.quiet ? undefined : line(text)),
    warn: (text) => (settings.quiet ? undefined : line(`${style.yellow('warning')}: ${text}`)),
    detail: (text) => (settings.verbose ? line(text) : undefined),
  };
}
