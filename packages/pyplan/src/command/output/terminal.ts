import { styleText } from 'node:util';
import { plainStyle, type Style } from '../../render/style.ts';
import type { OutputStream, World } from '../process/world.ts';

export type ColorChoice = 'auto' | 'always' | 'never';

type StyleName = keyof Style;

/** A style for one stream: colour where the user or the stream wants it. */
export function styleFor(stream: OutputStream, choice: ColorChoice, env: World['env']): Style {
  return wantsColor(stream, choice, env) ? colored : plainStyle;
}

/**
 * `--color` first, then NO_COLOR (set and not empty: off), then FORCE_COLOR (on, `0` and `false`: off),
 * then whether the stream is a terminal that is not `dumb`.
 */
export function wantsColor(stream: OutputStream, choice: ColorChoice, env: World['env']): boolean {
  if (choice !== 'auto') return choice === 'always';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return stream.isTTY && env['TERM'] !== 'dumb';
}

const paint =
  (name: StyleName) =>
  (text: string): string =>
    styleText(name, text, { validateStream: false });

const colored: Style = {
  bold: paint('bold'),
  dim: paint('dim'),
  red: paint('red'),
  yellow: paint('yellow'),
  green: paint('green'),
  cyan: paint('cyan'),
};

/** Columns to lay a table out for; 80 where nobody looks at it. */
export function columnsOf(stream: OutputStream, env: World['env']): number {
  const fromEnv = Number(env['COLUMNS'] ?? '');
  const columns = stream.columns ?? (Number.isInteger(fromEnv) && fromEnv > 0 ? fromEnv : 80);
  return Math.max(40, columns);
}
