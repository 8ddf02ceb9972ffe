import { evaluateMarker, parseMarker } from '@pyplan/markers';
import { describe, expect, test } from 'vitest';
import { formatPylock, type LockedPackage, parsePylock, readUvLock, toPylock } from '../../src/index.ts';
import { testTarget } from '../support/plans.ts';

const registry = 'source = { registry = "https://user:secret@index.example.org/simple" }';
const sdist = (name: string, version: string) =>
  `sdist = { url = "https://files.example.org/${name}-${version}.tar.gz", hash = "sha256:aa", size = 7, upload-time = "2026-01-02T03:04:05.6Z" }`;

const text = `version = 1
revision = 3
requires-python = ">=3.10"
resolution-markers = ["python_full_version >= '3.12'", "python_full_version < '3.12'"]

[[package]]
name = "demo"
version = "0.1.0"
source = { editable = "." }
dependencies = [
    { name = "colorama", marker = "sys_platform == 'win32'" },
    { name = "numpy", version = "2.0", ${registry}, marker = "python_full_version < '3.12'" },
    { name = "numpy", version = "2.1", ${registry}, marker = "python_full_version >= '3.12'" },
    { name = "web", extra = ["fast"] },
]
[package.optional-dependencies]
docs = [{ name = "loop-a" }]
[package.dev-dependencies]
dev = [{ name = "repo" }, { name = "colorama" }]
[package.metadata]
requires-dist = [{ name = "web", extras = ["fast"] }]

[[package]]
name = "colorama"
version = "0.4.6"
${registry}
${sdist('colorama', '0.4.6')}
wheels = [
    { url = "https://files.example.org/colorama-0.4.6-py2.py3-none-any.whl", hash = "sha256:bb", size = 9 },
]

[[package]]
name = "loop-a"
version = "1"
${registry}
dependencies = [{ name = "loop-b", marker = "os_name == 'nt'" }]
${sdist('loop_a', '1')}

[[package]]
name = "loop-b"
version = "1"
${registry}
dependencies = [{ name = "loop-a" }]
${sdist('loop_b', '1')}

[[package]]
name = "numpy"
version = "2.0"
${registry}
resolution-markers = ["python_full_version < '3.12'"]
${sdist('numpy', '2.0')}

[[package]]
name = "numpy"
version = "2.1"
${registry}
resolution-markers = ["python_full_version >= '3.12'"]
${sdist('numpy', '2.1')}

[[package]]
name = "repo"
version = "1.0"
source = { git = "https://example.com/repo.git?subdirectory=py&rev=main#abc" }

[[package]]
name = "unreached"
version = "1"
${registry}
${sdist('unreached', '1')}

[[package]]
name = "uvloop"
version = "0.22"
${registry}
${sdist('uvloop', '0.22')}

[[package]]
name = "web"
version = "1"
source = { url = "https://example.com/web-1.tar.gz" }
sdist = { hash = "sha256:cc" }
[package.optional-dependencies]
fast = [{ name = "uvloop", marker = "sys_platform != 'win32'" }]
`;

describe('readUvLock', () => {
  const set = readUvLock(text);
  const named = (name: string): LockedPackage | undefined => set.packages.find((item) => item.name === name);

  test('gives each package the marker under which the project reaches it', () => {
    expect(set.packages.map(({ name, version, marker }) => [name, version, marker])).toEqual([
      ['colorama', '0.4.6', 'sys_platform == "win32" or "dev" in dependency_groups'],
      ['demo', '0.1.0', null],
      ['loop-a', '1', '"docs" in extras'],
      ['loop-b', '1', 'os_name == "nt" and "docs" in extras'],
      ['numpy', '2.0', 'python_version < "3.12"'],
      ['numpy', '2.1', 'python_version >= "3.12"'],
      ['repo', '1.0', '"dev" in dependency_groups'],
      ['uvloop', '0.22', 'sys_platform != "win32"'],
      ['web', '1', null],
    ]);
    expect([set.extras, set.dependencyGroups, set.requiresPython]).toEqual([['docs'], ['dev'], '>=3.10']);
  });

  test('reads sources without credentials, files and edges', () => {
    expect(named('colorama')).toMatchObject({
      source: { kind: 'index', index: 'https://index.example.org/simple' },
      files: [
        { kind: 'wheel', size: 9, hashes: { sha256: 'bb' }, uploadTime: null },
        { kind: 'sdist', size: 7, uploadTime: '2026-01-02T03:04:05.6Z' },
      ],
    });
    expect(named('repo')?.source).toEqual({
      kind: 'vcs',
      type: 'git',
      location: { kind: 'url', url: 'https://example.com/repo.git' },
      commit: 'abc',
      requestedRevision: 'main',
      subdirectory: 'py',
    });
    expect(named('web')?.dependencies).toMatchObject([{ name: 'uvloop', marker: 'sys_platform != "win32"' }]);
  });

  test('converts to a pylock.toml that is valid and keeps the markers', () => {
    const lock = parsePylock(formatPylock(toPylock(set)));
    const { environment } = testTarget('3.13', 'windows');
    const context = { extras: ['docs'], dependency_groups: [] };
    const chosen = lock.packages.filter(
      ({ marker }) => marker === null || evaluateMarker(parseMarker(marker), environment, null, context),
    );
    expect(chosen.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'colorama 0.4.6',
      'demo null',
      'loop-a 1',
      'loop-b 1',
      'numpy 2.1',
      'web 1',
    ]);
  });

  test('extras that conflict are extras of the lock', () => {
    const conflicting = text.replace(
      `{ name = "colorama", marker = "sys_platform == 'win32'" }`,
      `{ name = "colorama", marker = "extra == 'extra-4-demo-cpu' or extra == 'group-4-demo-ci'" }`,
    );
    const marker = readUvLock(conflicting).packages.find(({ name }) => name === 'colorama')?.marker;
    expect(marker).toBe('"cpu" in extras or "dev" in dependency_groups or "ci" in dependency_groups');
  });

  test('starts from a workspace, from a script', () => {
    const workspace = readUvLock(
      `version = 1\n[manifest]\nmembers = ["a"]\n[[package]]\nname = "a"\nversion = "1"\nsource = { editable = "lib/a" }\n`,
    );
    expect(workspace.packages.map(({ source }) => source)).toEqual([
      { kind: 'directory', path: 'lib/a', editable: true, subdirectory: null },
    ]);
    const script = readUvLock(
      `version = 1\n[manifest]\nrequirements = [{ name = "x", specifier = ">=1", marker = "os_name == 'nt'" }]\n[[package]]\nname = "x"\nversion = "1"\n${registry}\n${sdist('x', '1')}\n`,
    );
    expect(script.packages.map(({ name, marker }) => [name, marker])).toEqual([['x', 'os_name == "nt"']]);
  });

  test('refuses another version of the format', () => {
    expect(() => readUvLock(text.replace('version = 1', 'version = 2'))).toThrow(
      'uv.lock: version: expected version 1',
    );
  });
});
