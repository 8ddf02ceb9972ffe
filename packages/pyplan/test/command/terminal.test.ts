import { describe, expect, it } from 'vitest';
import { columnsOf, styleFor, wantsColor } from '../../src/command/output/terminal.ts';
import type { OutputStream } from '../../src/command/process/world.ts';

const terminal: OutputStream = { isTTY: true, columns: 120, write: () => undefined };
const pipe: OutputStream = { isTTY: false, columns: null, write: () => undefined };

describe('wantsColor', () => {
  it.each([
    ['a terminal', terminal, 'auto', {}, true],
    ['a pipe', pipe, 'auto', {}, false],
    ['a dumb terminal', terminal, 'auto', { TERM: 'dumb' }, false],
    ['NO_COLOR', terminal, 'auto', { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR', terminal, 'auto', { NO_COLOR: '' }, true],
    ['FORCE_COLOR on a pipe', pipe, 'auto', { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', terminal, 'auto', { FORCE_COLOR: '0' }, false],
    ['NO_COLOR before FORCE_COLOR', pipe, 'auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['--color always before NO_COLOR', pipe, 'always', { NO_COLOR: '1' }, true],
    ['--color never before FORCE_COLOR', terminal, 'never', { FORCE_COLOR: '1' }, false],
  ] as const)('for %s', (_, stream, choice, env, expected) => {
    expect(wantsColor(stream, choice, env)).toBe(expected);
  });

  it('decides the style', () => {
    expect(styleFor(pipe, 'auto', {}).red('x')).toBe('x');
    expect(styleFor(pipe, 'always', {}).red('x')).toBe('\u001b[31mx\u001b[39m');
  });
});

describe('columnsOf', () => {
  it('asks the stream, then COLUMNS, then takes 80, and never less than 40', () => {
    expect(columnsOf(terminal, { COLUMNS: '50' })).toBe(120);
    expect(columnsOf(pipe, { COLUMNS: '50' })).toBe(50);
    expect(columnsOf(pipe, { COLUMNS: 'wide' })).toBe(80);
    expect(columnsOf({ ...terminal, columns: 10 }, {})).toBe(40);
  });
});
