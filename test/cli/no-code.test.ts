import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/paths.ts';
import { faultyIndex } from './faulty-index.ts';
import { errorOf, exampleSnapshot, inDirectory, offline, pyplan, type RunOptions } from './run-pyplan.ts';

/** Node's own fence: no process, no thread, no addon, no eval; files only where named, no network unless allowed. */
function fenced(directory: string, ...more: string[]): RunOptions {
  const own = realpathSync(directory);
  const node = [
    '--permission',
    '--disallow-code-generation-from-strings',
    `--allow-fs-read=${root}`,
    `--allow-fs-read=${own}`,
    `--allow-fs-write=${own}`,
    ...more,
  ];
  return { cwd: own, node, env: { NODE_COMPILE_CACHE: '', NODE_NO_WARNINGS: '1' } };
}

describe('behind a fence that lets nothing run', () => {
  it('locks from a snapshot, without a process, a thread or the network', async () => {
    await inDirectory({ 'requirements.in': 'fastapi\nflask\n' }, async (directory) => {
      const argv = ['lock', 'requirements.in', ...offline, '-o', 'pylock.toml'];
      const run = await pyplan(argv, fenced(directory));
      expect(run.code, run.stderr).toBe(0);
    });
  });

  it('locks from an index, with the network and its cache alone', async () => {
    const index = await faultyIndex();
    await inDirectory({}, async (directory) => {
      const argv = ['lock', 'flask', '--python', '3.12', '--platform', 'linux', '--format', 'json', '-q'];
      const from = ['--index-url', index.url, '--cache-dir', join(realpathSync(directory), 'cache')];
      const run = await pyplan([...argv, ...from], fenced(directory, '--allow-net'));
      expect(run.code, run.stderr).toBe(0);
      const free = await pyplan(['lock', 'flask', ...offline, '--format', 'json', '-q']);
      const versions = (text: string): readonly string[] =>
        JSON.parse(text).targets[0].packages.map(
          (one: { name: string; version: string }) => `${one.name} ${one.version}`,
        );
      expect(versions(run.stdout)).toEqual(versions(free.stdout));
    });
    await index.close();
  });

  it('is a fence: what needs another process is refused by it', async () => {
    await inDirectory({}, async (directory) => {
      const argv = ['diff', '--git', 'HEAD:old.toml', '--git', 'HEAD:new.toml', '--json'];
      const run = await pyplan(argv, fenced(directory));
      expect(run.code).toBe(2);
      expect(errorOf(run)['explanation']).toContain('permissions that Node runs with');
    });
  });

  it('is a fence: a file outside it is not read', async () => {
    await inDirectory({ 'a.in': 'flask\n' }, async (outside) => {
      await inDirectory({}, async (directory) => {
        const argv = ['lock', join(outside, 'a.in'), '--snapshot', exampleSnapshot, '--json'];
        const run = await pyplan(argv, fenced(directory));
        expect(run.code).toBe(2);
        expect(errorOf(run)['explanation']).toContain('permissions that Node runs with');
      });
    });
  });
});
