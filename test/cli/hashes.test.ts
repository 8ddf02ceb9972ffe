import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorOf, inDirectory, offline, pyplan } from './run-pyplan.ts';

const right = '255bc9599cf7748b4b1a446ccc735421bd08a2ae529a8b88597d3de5664ee360';
const wrong = 'a'.repeat(64);

const lock = (cwd: string, ...argv: string[]): ReturnType<typeof pyplan> =>
  pyplan(['lock', ...argv, ...offline, '--json'], { cwd });

describe('--hash', () => {
  it('admits the files that it names', async () => {
    await inDirectory({ 'r.txt': `click==8.5.0 \\\n  --hash=sha256:${right}\n` }, async (cwd) => {
      const run = await lock(cwd, 'r.txt', '--require-hashes');
      expect(run.code, run.stdout).toBe(0);
      expect(JSON.parse(run.stdout).targets[0].packages[0].file.hashes.sha256).toBe(right);
    });
  });

  it('refuses other files, and says that the hash is why', async () => {
    await inDirectory({ 'r.txt': `click==8.5.0 --hash=sha256:${wrong}\n` }, async (cwd) => {
      const run = await lock(cwd, 'r.txt');
      expect(run.code).toBe(1);
      expect(errorOf(run)).toMatchObject({
        hint: expect.stringContaining('Your --hash lines for click do not allow'),
      });
    });
  });

  it('chooses an older version where only that has the hash', async () => {
    await inDirectory({}, async (cwd) => {
      const [older] = JSON.parse((await lock(cwd, 'click==8.4.2')).stdout).targets[0].packages;
      writeFileSync(`${cwd}/c.txt`, `click>=8 --hash=sha256:${older.file.hashes.sha256}\n`);
      const run = await lock(cwd, 'flask', '-c', 'c.txt');
      const packages = JSON.parse(run.stdout).targets[0].packages;
      expect(packages.find((entry: { name: string }) => entry.name === 'click').version).toBe('8.4.2');
    });
  });
});

describe('--require-hashes', () => {
  it.each([
    ['a requirement without a pin', `click>=8 --hash=sha256:${right}\n`, 'needs click pinned to one version'],
    ['a wildcard', `click==8.* --hash=sha256:${right}\n`, 'needs click pinned to one version'],
    ['a pin without a hash', 'click==8.5.0\n', 'needs a hash for click'],
  ])('refuses %s', async (_, text, message) => {
    await inDirectory({ 'r.txt': text }, async (cwd) => {
      const run = await lock(cwd, 'r.txt', '--require-hashes');
      expect(run.code).toBe(2);
      expect(errorOf(run)).toMatchObject({
        explanation: expect.stringContaining(message),
        file: 'r.txt',
        line: 1,
      });
    });
  });

  it('refuses what the inputs do not list', async () => {
    await inDirectory({}, async (cwd) => {
      const written = await pyplan(['lock', 'jinja2', ...offline, '-o', 'all.txt'], { cwd });
      expect(written.code).toBe(0);
      const text = readFileSync(`${cwd}/all.txt`, 'utf8');
      expect((await lock(cwd, 'all.txt', '--require-hashes')).code).toBe(0);
      writeFileSync(`${cwd}/part.txt`, text.slice(0, text.indexOf('markupsafe==')));
      const run = await lock(cwd, 'part.txt', '--require-hashes');
      expect(run.code).toBe(2);
      expect(errorOf(run)).toMatchObject({
        explanation: '--require-hashes needs a pin and a hash for markupsafe==3.0.4',
      });
    });
  });
});

describe('an existing lock', () => {
  it.each(['pylock.toml', 'requirements.txt', 'lock.json'])(
    'of %s keeps its versions, until told to upgrade',
    async (name) => {
      const versionIn = (cwd: string): string | undefined =>
        /click.*?8\.\d\.\d/s.exec(readFileSync(`${cwd}/${name}`, 'utf8'))?.[0].slice(-5);
      await inDirectory({}, async (cwd) => {
        const write = (...argv: string[]): ReturnType<typeof pyplan> =>
          pyplan(['lock', ...argv, ...offline, '-o', name], { cwd });
        await write('click<8.5');
        expect(versionIn(cwd)).toBe('8.4.2');
        await write('click');
        expect(versionIn(cwd)).toBe('8.4.2');
        await write('click', '-P', 'Click');
        expect(versionIn(cwd)).toBe('8.5.0');
        await write('click<8.5');
        await write('click', '--upgrade');
        expect(versionIn(cwd)).toBe('8.5.0');
      });
    },
  );

  it('that is none is told, and replaced', async () => {
    await inDirectory({ 'pylock.toml': 'kept = [' }, async (cwd) => {
      const run = await pyplan(['lock', 'click', ...offline, '-o', 'pylock.toml'], { cwd });
      expect(run.code).toBe(0);
      expect(run.stderr).toContain('warning: pylock.toml is no lock whose versions could be kept');
    });
  });
});
