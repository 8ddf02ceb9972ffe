import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultyIndex } from './faulty-index.ts';
import { exampleSnapshot, inDirectory, offline, pyplan } from './run-pyplan.ts';

const pyproject = `[project]
name = "demo"
version = "1"
requires-python = ">=3.12"
dependencies = ["click"]
[project.optional-dependencies]
web = ["flask"]
all = ["demo[web]"]
[dependency-groups]
test = ["markupsafe"]
`;

/** Locks into a file of the directory; gives what was said and what was written. */
async function lockTo(cwd: string, file: string, ...argv: string[]): Promise<{ said: string; text: string }> {
  const run = await pyplan(['lock', ...argv, ...offline, '-o', file], { cwd });
  expect(run).toMatchObject({ code: 0, stdout: '' });
  return { said: run.stderr, text: readFileSync(join(cwd, file), 'utf8') };
}

describe('a pylock.toml of pyplan lock', () => {
  it('names files of a snapshot by paths relative to itself', async () => {
    await inDirectory({}, async (cwd) => {
      const { text } = await lockTo(cwd, 'pylock.toml', 'click');
      const [, path] = /path = "([^"]+)"/.exec(text) ?? [];
      expect(text).not.toContain('file:');
      expect(join(cwd, path ?? '')).toBe(join(exampleSnapshot, 'files/click/click-8.5.0-py3-none-any.whl'));
    });
  });

  it('has extras and groups of a project in one file, each package marked with those that want it', async () => {
    await inDirectory({ 'pyproject.toml': pyproject }, async (cwd) => {
      const { text } = await lockTo(cwd, 'pylock.toml', '.', '--all-extras', '--group', 'test');
      expect(text).toContain('extras = ["all", "web"]\ndependency-groups = ["test"]\n');
      const markerOf = (name: string): string | undefined =>
        new RegExp(`name = "${name}"\\nversion = .*\\nmarker = "(.*)"`).exec(text)?.[1];
      expect(markerOf('click')).toBeUndefined();
      expect(markerOf('flask')).toBe("'web' in extras or 'all' in extras");
      expect(markerOf('markupsafe')).toContain("'test' in dependency_groups");
    });
  });

  it('has the parts of a project in a universal lock as well, known by its digest', async () => {
    await inDirectory({ 'pyproject.toml': pyproject }, async (cwd) => {
      const argv = ['lock', '.', '--universal', '--snapshot', exampleSnapshot, '-o', 'pylock.toml'];
      const first = await pyplan([...argv, '--extra', 'web'], { cwd });
      expect(first.code).toBe(0);
      const text = readFileSync(join(cwd, 'pylock.toml'), 'utf8');
      expect(text).toMatch(/name = "flask"\nversion = ".*"\nmarker = "'web' in extras"\n/);
      expect(text).toContain('extras = ["web"]\n');
      const again = await pyplan([...argv, '--extra', 'web'], { cwd });
      expect(again.stderr).toContain('its inputs are unchanged');
    });
  });

  it('records what was assumed', async () => {
    await inDirectory({}, async (cwd) => {
      const argv = ['lock', 'click', '--snapshot', exampleSnapshot, '--platform', 'linux'];
      await pyplan([...argv, '-o', 'pylock.toml'], { cwd });
      expect(readFileSync(join(cwd, 'pylock.toml'), 'utf8')).toMatch(/assumed = \["Python 3\.\d+, /);
    });
  });

  it('is known by the digest of its inputs, and stays as it is without a solve', async () => {
    await inDirectory({ 'pyproject.toml': pyproject }, async (cwd) => {
      const first = await lockTo(cwd, 'pylock.toml', '.');
      const again = await lockTo(cwd, 'pylock.toml', '.');
      expect(again.said).toMatch(/^pylock\.toml is up to date: its inputs are unchanged/);
      expect(again.text).toBe(first.text);
      for (const argv of [['.', '--upgrade'], ['.', '-P', 'click'], ['.', '--extra', 'web'], ['click>=8']]) {
        expect((await lockTo(cwd, 'pylock.toml', ...argv)).said).toMatch(/^Locked \d+ packages? for/m);
      }
    });
  });

  it('asks no index for anything where its inputs are unchanged', async () => {
    const index = await faultyIndex();
    await inDirectory({}, async (cwd) => {
      const target = ['--python', '3.12', '--platform', 'linux', '--no-cache'];
      const argv = ['lock', 'click', ...target, '--index-url', index.url, '-o', 'pylock.toml'];
      expect((await pyplan(argv, { cwd })).code).toBe(0);
      const asked = index.asked.length;
      const again = await pyplan(argv, { cwd });
      expect(again.stderr).toContain('pylock.toml is up to date');
      expect(index.asked.length).toBe(asked);
    });
    await index.close();
  });

  it('is made anew where another format is asked for', async () => {
    await inDirectory({}, async (cwd) => {
      await lockTo(cwd, 'pylock.toml', 'click');
      const { text } = await lockTo(cwd, 'pylock.toml', 'click', '--format', 'requirements');
      expect(text).toContain('click==8.5.0 \\');
    });
  });
});

describe('a requirements.txt of pyplan lock', () => {
  it('keeps comments, mode and line endings of the file that it replaces', async () => {
    await inDirectory({}, async (cwd) => {
      const path = join(cwd, 'requirements.txt');
      const { text } = await lockTo(cwd, 'requirements.txt', 'click');
      writeFileSync(path, text.replace('click==', '# the command line\nclick==').replaceAll('\n', '\r\n'));
      chmodSync(path, 0o640);
      const now = await lockTo(cwd, 'requirements.txt', 'click', 'markupsafe');
      expect(now.text).toContain('# the command line\r\nclick==8.5.0 \\\r\n');
      expect(now.text).toContain('markupsafe==');
      expect(now.text.replaceAll('\r\n', '')).not.toContain('\n');
      expect(statSync(path).mode & 0o777).toBe(0o640);
    });
  });

  it('leaves hashes and notes out, and names the index, where asked', async () => {
    await inDirectory({}, async (cwd) => {
      const { text } = await lockTo(cwd, 'lock.txt', 'click', '--no-hashes', '--no-annotate');
      expect(text).toBe('# This file was autogenerated by pyplan.\nclick==8.5.0\n');
    });
  });

  it("takes the versions of other tools' locks first, its own lock's before them", async () => {
    const uvLock = [
      'version = 1\nrevision = 3\nrequires-python = ">=3.12"',
      '[[package]]\nname = "click"\nversion = "8.4.2"\nsource = { registry = "simple" }',
      '[[package]]\nname = "demo"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "click" }]\n',
    ].join('\n\n');
    await inDirectory({ 'uv.lock': uvLock }, async (cwd) => {
      const { text } = await lockTo(cwd, 'lock.txt', 'click', '--prefer', 'uv.lock');
      expect(text).toContain('click==8.4.2');
      await lockTo(cwd, 'new.txt', 'click');
      expect((await lockTo(cwd, 'new.txt', 'click', '--prefer', 'uv.lock')).text).toContain('click==8.5.0');
      const missing = await pyplan(['lock', 'click', ...offline, '--prefer', 'no.lock'], { cwd });
      expect(missing.code).toBe(2);
      expect(missing.stderr).toContain('There is no lock no.lock');
    });
  });
});
