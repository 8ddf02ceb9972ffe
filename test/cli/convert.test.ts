import { mkdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleSnapshot, inDirectory, offline, pyplan } from './run-pyplan.ts';

const snapshot = ['--snapshot', exampleSnapshot];

const uvLock = `version = 1
revision = 3
requires-python = ">=3.12"

[[package]]
name = "click"
version = "8.4.2"
source = { registry = "https://example.org/simple" }
sdist = { url = "https://example.org/click-8.4.2.tar.gz", hash = "sha256:aa", size = 9 }

[[package]]
name = "demo"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "click" }]

[package.optional-dependencies]
web = [{ name = "markupsafe" }]

[[package]]
name = "markupsafe"
version = "3.0.4"
source = { registry = "https://example.org/simple" }
sdist = { url = "https://example.org/markupsafe-3.0.4.tar.gz", hash = "sha256:bb", size = 9 }
`;

describe('pyplan convert', () => {
  it("keeps extras in a pylock.toml, which any installer's rules then select from", async () => {
    await inDirectory({ 'uv.lock': uvLock }, async (cwd) => {
      const run = await pyplan(['convert', 'uv.lock', '-o', 'pylock.toml'], { cwd });
      expect(run).toMatchObject({ code: 0, stdout: '', stderr: 'Wrote pylock.toml\n' });
      expect(readFileSync(`${cwd}/pylock.toml`, 'utf8')).toContain('extras = ["web"]');
      const on = ['--python', '3.12', '--platform', 'linux'];
      const names = async (...argv: string[]): Promise<unknown> => {
        const planned = await pyplan(['plan', '-r', 'pylock.toml', ...on, ...argv, '--json'], { cwd });
        return JSON.parse(planned.stdout).targets[0].packages.map(({ name }: { name: string }) => name);
      };
      expect(await names()).toEqual(['click']);
      expect(await names('--extra', 'web')).toEqual(['click', 'markupsafe']);
    });
  });

  it('takes the extras asked for into a requirements.txt, without an index', async () => {
    await inDirectory({ 'uv.lock': uvLock }, async (cwd) => {
      const bare = await pyplan(['convert', 'uv.lock', '--format', 'requirements'], { cwd });
      expect(bare.stdout).toContain('click==8.4.2 \\\n    --hash=sha256:aa\n');
      expect(bare.stdout).not.toContain('markupsafe');
      const all = await pyplan(['convert', 'uv.lock', '--format', 'requirements', '--all-extras'], { cwd });
      expect(all.stdout).toContain('markupsafe==3.0.4 \\\n');
      const none = await pyplan(['convert', 'uv.lock', '--extra', 'x', '--json'], { cwd });
      expect(none.code).toBe(2);
      expect(JSON.parse(none.stdout).error).toMatchObject({
        explanation: 'The lock has no extra x',
        hint: 'It has: web',
      });
    });
  });

  it('looks up files and hashes that the lock does not have, and says where it may not', async () => {
    const stdin = 'click==8.5.0\n';
    const run = await pyplan(['convert', '-', ...snapshot, '--format', 'pylock'], { stdin });
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(
      /click-8\.5\.0-py3-none-any\.whl", size = \d+, hashes = \{ sha256 = "[0-9a-f]{64}"/,
    );
    const alone = await pyplan(['convert', '-', '--no-index'], { stdin });
    expect(alone).toMatchObject({ code: 2, stdout: '' });
    expect(alone.stderr).toContain('click 8.5.0: no file is known, and pylock.toml must name one');
    const text = await pyplan(['convert', '-', '--no-index', '--format', 'requirements'], { stdin });
    expect(text.stdout).toContain('click==8.5.0\n');
    expect(text.stderr).toContain('No hash is known of click');
  });

  it('keeps paths right in another directory', async () => {
    await inDirectory({}, async (cwd) => {
      mkdirSync(`${cwd}/sub`);
      await pyplan(['lock', 'click', ...offline, '-o', 'pylock.toml'], { cwd });
      await pyplan(['convert', 'pylock.toml', '-o', 'sub/pylock.toml'], { cwd });
      const [before, after] = ['pylock.toml', 'sub/pylock.toml'].map(
        (path) => /path = "([^"]+)"/.exec(readFileSync(`${cwd}/${path}`, 'utf8'))?.[1],
      );
      expect(after).toBe(`../${before}`);
    });
  });

  it.each([
    [['convert'], 'convert takes one lock'],
    [['convert', 'no.lock'], "Can't read no.lock"],
    [['convert', 'uv.lock', '-o', 'lock.json'], 'convert writes pylock.toml, requirements.txt or CycloneDX'],
  ])('refuses %j', async (argv, message) => {
    await inDirectory({ 'uv.lock': uvLock }, async (cwd) => {
      const run = await pyplan(argv, { cwd });
      expect(run.code).toBe(2);
      expect(run.stderr).toContain(message);
    });
  });
});

describe('pyplan plan of a pylock.toml', () => {
  it('shows what an installer takes for the targets of the lock, without an index', async () => {
    await inDirectory({}, async (cwd) => {
      await pyplan(['lock', 'flask', ...offline, '-o', 'pylock.toml'], { cwd });
      const run = await pyplan(['plan', 'pylock.toml'], { cwd });
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.stdout).toMatch(/^Python 3\.12 on linux$/m);
      expect(run.stdout).toMatch(/^flask +3\.1\.3 .* you \(pylock\.toml\)$/m);
      expect(run.stdout).toMatch(/^7 packages, to download: 7 files, /m);
    });
  });

  it('tells why it can not be installed', async () => {
    await inDirectory({}, async (cwd) => {
      await pyplan(['lock', 'flask', ...offline, '-o', 'pylock.toml'], { cwd });
      const on = ['--python', '3.13', '--platform', 'linux'];
      const run = await pyplan(['plan', '-r', 'pylock.toml', ...on, '--json'], { cwd });
      expect(run.code).toBe(1);
      expect(JSON.parse(run.stdout).error).toMatchObject({
        kind: 'no-solution',
        explanation: expect.stringContaining('is none of the environments that the lock is for'),
      });
      const extra = await pyplan(['plan', '-r', 'pylock.toml', '--extra', 'x'], { cwd });
      expect(extra.code).toBe(2);
      expect(extra.stderr).toContain('the lock has no extra "x"');
    });
  });
});
