import { parsePylock } from '@pyplan/lockfile';
import { target } from '@pyplan/resolver';
import { describe, expect, it } from 'vitest';
import { planLocked } from '../../src/verbs/plan-locked.ts';

const text = `lock-version = "1.0"
created-by = "test"
requires-python = ">=3.11"
extras = ["web"]

[[packages]]
name = "app"
version = "2"
dependencies = [{ name = "lib" }]
sdist = { path = "files/app 1/app-2.tar.gz", hashes = { sha256 = "aa" } }
wheels = [
  { url = "https://example.org/app-2-cp312-cp312-win_amd64.whl", hashes = { sha256 = "bb" } },
  { url = "https://example.org/app-2-cp312-cp312-manylinux_2_17_x86_64.whl", size = 7, hashes = { sha256 = "cc" } },
]

[[packages]]
name = "lib"
directory = { path = "lib" }

[[packages]]
name = "server"
marker = "'web' in extras"
vcs = { type = "git", url = "https://example.org/server.git", commit-id = "0123456789abcdef" }
`;
const lock = parsePylock(text);
const options = { file: 'pylock.toml', directory: 'file:///home/me/' };
const linux = target('3.12', 'linux');

describe('planLocked', () => {
  it('takes the wheel that fits, and of the graph who asks for whom', () => {
    const { packages } = planLocked(lock, linux, options);
    expect(packages.map(({ name, version, file }) => [name, version, file.filename, file.url])).toEqual([
      ['app', '2', 'app-2-cp312-cp312-manylinux_2_17_x86_64.whl', expect.stringContaining('manylinux')],
      ['lib', '', 'directory lib', 'file:///home/me/lib'],
    ]);
    expect(packages[0]?.demands).toMatchObject([{ from: null, origin: { source: 'pylock.toml' } }]);
    expect(packages[1]?.demands).toMatchObject([{ from: 'app' }]);
  });

  it('takes extras that are asked for, and sdists where wheels are not wanted', () => {
    const { packages } = planLocked(lock, linux, { ...options, extras: ['web'], noBinary: 'all' });
    expect(packages.map(({ file }) => file.filename)).toEqual([
      'app-2.tar.gz',
      'directory lib',
      'git 0123456789ab',
    ]);
    expect(packages[0]?.file.url).toBe('file:///home/me/files/app%201/app-2.tar.gz');
  });

  it('refuses what an installer refuses', () => {
    expect(() => planLocked(lock, target('3.10', 'linux'), options)).toThrow(
      'the lock requires Python >=3.11',
    );
    const macos = target('3.12', 'macos');
    expect(planLocked(lock, macos, options).packages[0]?.file.filename).toBe('app-2.tar.gz');
    expect(() => planLocked(lock, macos, { ...options, onlyBinary: new Set(['app']) })).toThrow(
      'no wheel of the lock fits',
    );
  });
});
