import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyIndex, faultyIndex } from '../faulty-index.ts';
import { errorOf, pyplan, type Run } from '../run-pyplan.ts';

const target = ['--python', '3.12', '--platform', 'linux', '--format', 'json'];

describe('pyplan cache', () => {
  let index: FaultyIndex;
  let directory = '';

  beforeEach(async () => {
    index = await faultyIndex();
    directory = join(mkdtempSync(join(tmpdir(), 'pyplan-cli-cache-')), 'cache');
    const lock = ['lock', 'click', 'h11', ...target, '--index-url', index.url, '--cache-dir', directory];
    expect((await pyplan(lock)).code).toBe(0);
  });

  afterEach(async () => {
    await index.close();
    rmSync(join(directory, '..'), { recursive: true, force: true });
  });

  const cache = (...argv: readonly string[]): Promise<Run> =>
    pyplan(['cache', ...argv, '--cache-dir', directory]);

  async function projects(): Promise<number> {
    const run = await cache('info', '--json');
    expect(run.code, run.stderr).toBe(0);
    const { indexes } = JSON.parse(run.stdout);
    return indexes.reduce((sum: number, each: { projects: number }) => sum + each.projects, 0);
  }

  it('info tells what is in it, for people and as data', async () => {
    const run = await cache('info');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain(directory);
    expect(run.stdout).toMatch(/^ {2}http:\/\/127\.0\.0\.1:\d+\/simple\/?: 2 projects, \d/m);
    expect(await projects()).toBe(2);
    expect((await cache('dir')).stdout).toBe(`${directory}\n`);
  });

  it('clean NAME forgets what is known of a project, and of no other', async () => {
    const run = await cache('clean', 'Click');
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/^Removed 1 file, /m);
    expect(await projects()).toBe(1);
    const asked = index.asked.length;
    const lock = ['lock', 'click', 'h11', ...target, '--index-url', index.url, '--cache-dir', directory];
    expect((await pyplan(lock)).code).toBe(0);
    const pages = index.asked.slice(asked).filter((path) => path === '/simple/click/');
    expect(pages).toHaveLength(1);
    expect((await cache('clean', 'nobody')).stderr).toContain('Nothing to remove');
  });

  it('clean is rid of all, and leaves what is not its own', async () => {
    writeFileSync(join(directory, 'mine.txt'), 'kept');
    expect((await cache('clean')).code).toBe(0);
    expect(existsSync(join(directory, 'mine.txt'))).toBe(true);
    expect(await projects()).toBe(0);
  });

  it('prune removes what was not written for long, and nothing else', async () => {
    expect((await cache('prune')).stderr).toContain('Nothing to remove');
    const long = Date.now() / 1000 - 100 * 86_400;
    for (const name of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      if (name.isFile() && name.name.includes('h11'))
        utimesSync(join(name.parentPath, name.name), long, long);
    }
    const pruned = await cache('prune');
    expect(pruned.code).toBe(0);
    expect(pruned.stderr).toMatch(/^Removed 1 file, /m);
    expect(await projects()).toBe(1);
  });

  it.each([
    [[], 'cache takes dir, info, prune or clean'],
    [['empty'], 'cache takes dir, info, prune or clean; got empty'],
    [['prune', 'click'], 'cache prune takes nothing more; got click'],
  ])('refuses %j in one line', async (argv, message) => {
    const run = await cache(...argv, '--json');
    expect(run.code).toBe(2);
    expect(errorOf(run)).toMatchObject({ kind: 'usage', explanation: message });
  });
});
