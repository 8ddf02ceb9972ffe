import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LockWriteError, writeFileAtomically } from '../../src/index.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pyplan-write-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('writeFileAtomically', () => {
  test('makes a new file and leaves nothing else', async () => {
    const path = join(directory, 'pylock.toml');
    expect(await writeFileAtomically(path, 'a\n')).toEqual({ path, changed: true });
    expect(await readFile(path, 'utf8')).toBe('a\n');
    expect(await readdir(directory)).toEqual(['pylock.toml']);
  });

  test('keeps the mode', async () => {
    const path = join(directory, 'lock');
    await writeFile(path, 'old');
    await chmod(path, 0o640);
    await writeFileAtomically(path, 'new');
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });

  test('keeps CRLF where most lines have it', async () => {
    const path = join(directory, 'lock');
    await writeFile(path, 'a\r\nb\r\nc\n');
    await writeFileAtomically(path, 'x\ny\n');
    expect(await readFile(path, 'utf8')).toBe('x\r\ny\r\n');
  });

  test('leaves a file alone that has these bytes', async () => {
    const path = join(directory, 'lock');
    await writeFile(path, 'a\r\n');
    const before = await stat(path);
    expect(await writeFileAtomically(path, 'a\n')).toEqual({ path, changed: false });
    const after = await stat(path);
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  test('writes through a symbolic link, which stays one', async () => {
    const [target, link] = [join(directory, 'target'), join(directory, 'link')];
    await writeFile(target, 'old');
    await symlink('target', link);
    await writeFileAtomically(link, 'new');
    expect(await readlink(link)).toBe('target');
    expect(await readFile(target, 'utf8')).toBe('new');
  });

  test('refuses a broken symbolic link', async () => {
    const link = join(directory, 'link');
    await symlink('nowhere', link);
    await expect(writeFileAtomically(link, 'new')).rejects.toThrow(LockWriteError);
    expect(await readdir(directory)).toEqual(['link']);
  });

  test('refuses a directory', async () => {
    const path = join(directory, 'sub');
    await mkdir(path);
    await expect(writeFileAtomically(path, 'new')).rejects.toThrow('is not a regular file');
  });

  test('a folder that does not exist is one clear error', async () => {
    const path = join(directory, 'none', 'lock');
    await expect(writeFileAtomically(path, 'new')).rejects.toThrow(`${path}: can't be written`);
  });
});

test('killed at a hundred moments, it leaves the old file or the new one, whole', async () => {
  const contents = ['a', 'b'].map((letter) => `${letter.repeat(99)}\n`.repeat(20_000));
  const rounds = Array.from({ length: 100 }, (_, index) => index);
  const bad: string[] = [];
  const killOne = async (index: number): Promise<void> => {
    const path = join(directory, `lock-${index}`);
    await writeFile(path, contents[0] ?? '');
    const child = spawn(process.execPath, [join(import.meta.dirname, 'write-forever.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await killAfterWrites(child, 1 + (index % 7));
    const found = await readFile(path, 'utf8');
    if (!contents.includes(found)) bad.push(`round ${index}: ${found.length} characters`);
  };
  for (let start = 0; start < rounds.length; start += 4) {
    await Promise.all(rounds.slice(start, start + 4).map(killOne));
  }
  expect(bad).toEqual([]);
});

/** The child goes on writing when it is killed: it tells of a write, then begins the next. */
async function killAfterWrites(child: ChildProcess, writes: number): Promise<void> {
  let seen = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    seen += chunk.length;
    if (seen >= writes) child.kill('SIGKILL');
  });
  const [code, signal] = await once(child, 'close');
  expect([code, signal]).toEqual([null, 'SIGKILL']);
}
