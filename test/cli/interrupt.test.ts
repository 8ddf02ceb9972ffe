import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Answer, faultyIndex } from './faulty-index.ts';
import { errorOf, inDirectory, pyplan, type Run } from './run-pyplan.ts';

/** Locks over an index that never answers for click, and presses Ctrl-C once it is asked. */
async function interrupted(cwd: string, ...more: string[]): Promise<Run> {
  let press = (): void => undefined;
  const silence: Answer = () => press();
  const index = await faultyIndex({ '/simple/click/': silence });
  const argv = ['lock', 'flask', '--python', '3.12', '--platform', 'linux', '--index-url', index.url];
  const run = await pyplan([...argv, '--cache-dir', 'cache', '-q', '-o', 'pylock.toml', ...more], {
    cwd,
    onStart: (child) => {
      press = () => void child.kill('SIGINT');
    },
  });
  await index.close();
  return run;
}

describe('Ctrl-C', () => {
  it('ends the command with 130, one line, and nothing half-written', async () => {
    await inDirectory({ 'pylock.toml': 'kept' }, async (cwd) => {
      const run = await interrupted(cwd);
      expect(run).toEqual({ code: 130, stdout: '', stderr: 'error: Interrupted\n' });
      expect(readFileSync(`${cwd}/pylock.toml`, 'utf8')).toBe('kept');
      const left = readdirSync(cwd, { recursive: true, encoding: 'utf8' });
      expect(left.filter((name) => /tmp|~$/.test(name))).toEqual([]);
    });
  });

  it('is told as data with --json', async () => {
    await inDirectory({}, async (cwd) => {
      const run = await interrupted(cwd, '--json');
      expect(run).toMatchObject({ code: 130, stderr: '' });
      expect(errorOf(run)).toEqual({ kind: 'interrupted', explanation: 'Interrupted', repairs: [] });
    });
  });
});

describe('a reader that stops reading', () => {
  it('ends the command quietly', async () => {
    const { exampleSnapshot } = await import('./run-pyplan.ts');
    const run = await pyplan(
      ['lock', 'fastapi', '--python', '3.12', '--platform', 'linux', '--snapshot', exampleSnapshot, '-q'],
      { onStart: (child) => child.stdout?.destroy() },
    );
    expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
