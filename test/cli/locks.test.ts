import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorOf, exampleSnapshot, inDirectory, offline, pyplan } from './run-pyplan.ts';

/** A directory with `old.txt` (click 8.4.2) and `new.txt` (click 8.5.0). */
function withLocks<T>(run: (cwd: string) => Promise<T>): Promise<T> {
  return inDirectory({}, async (cwd) => {
    await pyplan(['lock', 'flask', 'click<8.5', ...offline, '-o', 'old.txt'], { cwd });
    await pyplan(['lock', 'flask', ...offline, '-o', 'new.txt'], { cwd });
    return run(cwd);
  });
}

describe('pyplan diff', () => {
  it('tells what changed, as text, Markdown or data, and by its exit code where asked', async () => {
    await withLocks(async (cwd) => {
      const text = await pyplan(['diff', 'old.txt', 'new.txt'], { cwd });
      expect(text).toMatchObject({ code: 0, stderr: '' });
      expect(text.stdout).toMatch(/^~ click 8\.4\.2 -> 8\.5\.0/m);
      const table = await pyplan(['diff', 'old.txt', 'new.txt', '--markdown', '--exit-code'], { cwd });
      expect(table.code).toBe(1);
      expect(table.stdout).toContain('| `click` | upgraded | 8.4.2 | 8.5.0 |');
      const same = await pyplan(['diff', 'new.txt', 'new.txt', '--json', '--exit-code'], { cwd });
      expect(same.code).toBe(0);
      expect(JSON.parse(same.stdout)).toEqual({ changes: [], unchanged: 7 });
    });
  });

  it('reads one of the two from standard input', async () => {
    await withLocks(async (cwd) => {
      const stdin = readFileSync(`${cwd}/old.txt`, 'utf8');
      const run = await pyplan(['diff', '-', 'new.txt'], { cwd, stdin });
      expect(run.stdout).toMatch(/^~ click 8\.4\.2 -> 8\.5\.0/m);
    });
  });

  it('compares with what a git revision has, on either side, and shows it in the format asked for', async () => {
    await withLocks(async (cwd) => {
      const git = (...argv: string[]): void => {
        const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
        execFileSync('git', [...identity, ...argv], { cwd, stdio: 'pipe' });
      };
      git('init', '-q');
      git('add', 'old.txt');
      git('commit', '-q', '-m', 'lock');
      const left = await pyplan(['diff', '--git', 'HEAD:old.txt', 'new.txt', '--format', 'markdown'], {
        cwd,
      });
      expect(left.stdout).toContain('| `click` | upgraded | 8.4.2 | 8.5.0 |');
      const right = await pyplan(['diff', 'new.txt', '--git', 'HEAD:./old.txt', '--format=json'], { cwd });
      expect(JSON.parse(right.stdout).changes).toMatchObject([{ name: 'click', kind: 'downgraded' }]);
      const both = await pyplan(['diff', '--git=HEAD:old.txt', '--git=HEAD:old.txt', '--exit-code'], { cwd });
      expect(both).toMatchObject({ code: 0, stdout: 'No changes, 7 packages the same.\n' });
      const missing = await pyplan(['diff', '--git', 'HEAD:no.txt', 'new.txt'], { cwd });
      expect(missing.code).toBe(2);
      expect(missing.stderr).toContain('git has no file HEAD:no.txt');
    });
  });

  it('compares a lock with what pip freeze prints', async () => {
    await withLocks(async (cwd) => {
      const run = await pyplan(['diff', '-', 'new.txt'], { cwd, stdin: 'click==8.4.2\npip==24.0\n' });
      expect(run.stdout).toMatch(/^~ click 8\.4\.2 -> 8\.5\.0/m);
      expect(run.stdout).toMatch(/^- pip 24\.0/m);
      expect(run.stdout).toMatch(/^\+ flask 3\.1\.3/m);
    });
  });

  it.each([
    [['diff', '--git', 'no-path', 'a.txt'], '--git takes a revision and a path'],
    [['diff', 'a.txt'], 'diff takes two locks'],
    [['diff', '-', '-'], 'Only one of the two can be standard input'],
    [['diff', 'no.txt', 'a.txt'], "Can't read no.txt: no such file or directory"],
    [['diff', 'empty.txt', 'a.txt'], 'The lock is empty'],
    [['diff', 'pylock.toml', 'a.txt'], 'pylock.toml'],
  ])('refuses %j', async (argv, message) => {
    await inDirectory(
      { 'a.txt': 'click==8.5.0\n', 'empty.txt': '', 'pylock.toml': 'lock-version = [' },
      async (cwd) => {
        const run = await pyplan([...argv, '--json'], { cwd });
        expect(run.code).toBe(2);
        expect(errorOf(run)).toMatchObject({ explanation: expect.stringContaining(message) });
      },
    );
  });
});

describe('pyplan verify', () => {
  const snapshot = ['--snapshot', exampleSnapshot];

  it('finds nothing wrong with a lock and the inputs it was made from', async () => {
    await withLocks(async (cwd) => {
      const run = await pyplan(['verify', 'new.txt', 'flask', ...offline], { cwd });
      expect(run).toEqual({ code: 0, stdout: 'new.txt is right\n', stderr: '' });
    });
  });

  it('finds what the inputs no longer allow', async () => {
    await withLocks(async (cwd) => {
      const run = await pyplan(['verify', 'new.txt', 'flask', 'click<8.5', ...snapshot, '--json'], { cwd });
      expect(run.code).toBe(1);
      expect(JSON.parse(run.stdout).findings).toMatchObject([
        { rule: 'requirement-not-met', severity: 'error', package: 'click', version: '8.5.0' },
      ]);
    });
  });

  it('checks the extras of the project that the lock has', async () => {
    const project =
      '[project]\nname = "demo"\nversion = "1"\n[project.optional-dependencies]\nweb = ["click"]\n';
    await inDirectory({ 'pyproject.toml': project }, async (cwd) => {
      await pyplan(['lock', '.', '--extra', 'web', ...offline, '-o', 'pylock.toml'], { cwd });
      const run = await pyplan(['verify', 'pylock.toml', '.', '--no-index'], { cwd });
      expect(run).toMatchObject({ code: 0, stdout: 'pylock.toml is right\n' });
    });
  });

  it('checks for the targets that the lock says it is for', async () => {
    await inDirectory({ 'in.txt': 'flask; sys_platform == "linux"\n' }, async (cwd) => {
      await pyplan(['lock', 'click', ...offline, '-o', 'pylock.toml'], { cwd });
      const run = await pyplan(['verify', 'pylock.toml', 'in.txt', '--no-index'], { cwd });
      expect(run.code).toBe(1);
      expect(run.stdout).toMatch(
        /^error: in\.txt:1:\d+: .* the lock has no flask.* \[requirement-missing\]$/m,
      );
    });
  });

  it('checks against the index what the cache knows alone with --offline, and says so', async () => {
    await withLocks(async (cwd) => {
      const run = await pyplan(['verify', 'new.txt', '--offline', '--cache-dir', 'empty'], { cwd });
      expect(run).toMatchObject({ code: 0, stdout: 'new.txt is right\n' });
      expect(run.stderr).toContain(
        'Not checked against the index: the cache has nothing of blinker, click, flask, …',
      );
    });
  });

  it('finds what the index no longer has, and asks none with --no-index', async () => {
    await inDirectory({ 'lock.txt': 'click==1.0\n' }, async (cwd) => {
      const run = await pyplan(['verify', 'lock.txt', ...snapshot], { cwd });
      expect(run.code).toBe(1);
      expect(run.stdout).toContain('[version-gone]');
      const alone = await pyplan(['verify', 'lock.txt', '--no-index'], { cwd });
      expect(alone.stdout).not.toContain('[version-gone]');
    });
  });
});
