import { describe, expect, test } from 'vitest';
import { readPoetryLock } from '../../src/index.ts';

const text = `
[[package]]
name = "Sphinx"
version = "8.1.3"
description = ""
optional = true
python-versions = ">=3.10"
groups = ["main", "dev"]
markers = {main = "extra == \\"docs\\" and python_version < \\"3.11\\"", dev = "sys_platform == \\"linux\\""}
files = [
    {file = "sphinx-8.1.3.tar.gz", hash = "sha256:bb"},
    {file = "sphinx-8.1.3-py3-none-any.whl", hash = "sha256:aa"},
]

[package.dependencies]
Jinja2 = ">=3.1"
colorama = {version = ">=0.4.6", markers = "sys_platform == \\"win32\\""}
docutils = [{version = ">=0.20", markers = "python_version < '3.12'"}, {version = ">=0.21", extras = ["X_y"]}]

[package.source]
type = "legacy"
url = "https://user:secret@index.example.org/simple"
reference = "m"

[[package]]
name = "base"
version = "1.0"
python-versions = "*"
groups = ["main", "dev"]
files = []

[[package]]
name = "repo"
version = "1.0"
python-versions = "*"
groups = ["dev"]
files = []
[package.source]
type = "git"
url = "https://example.com/repo.git"
reference = "main"
resolved_reference = "abc"

[extras]
docs = ["sphinx"]

[metadata]
lock-version = "2.1"
python-versions = ">=3.10,<4"
content-hash = "00"
`;

describe('readPoetryLock', () => {
  const set = readPoetryLock(text);
  const named = (name: string) => set.packages.find((item) => item.name === name);

  test('gives extras and groups the markers of lock files', () => {
    expect([set.extras, set.dependencyGroups, set.requiresPython]).toEqual([['docs'], ['dev'], '>=3.10,<4']);
    expect(named('sphinx')?.marker).toBe(
      '"docs" in extras and python_version < "3.11" or \'dev\' in dependency_groups and sys_platform == "linux"',
    );
    expect(named('base')?.marker).toBeNull();
    expect(named('repo')?.marker).toBe("'dev' in dependency_groups");
  });

  test('reads files, sources and edges', () => {
    expect(named('sphinx')).toMatchObject({
      source: { kind: 'index', index: 'https://index.example.org/simple' },
      files: [
        { kind: 'wheel', filename: 'sphinx-8.1.3-py3-none-any.whl', hashes: { sha256: 'aa' } },
        { kind: 'sdist', filename: 'sphinx-8.1.3.tar.gz', hashes: { sha256: 'bb' } },
      ],
      dependencies: [
        { name: 'colorama', marker: 'sys_platform == "win32"' },
        { name: 'docutils', marker: 'python_version < "3.12"' },
        { name: 'docutils', marker: null, extras: ['x-y'] },
        { name: 'jinja2', marker: null },
      ],
    });
    expect(named('repo')?.source).toMatchObject({ kind: 'vcs', commit: 'abc', requestedRevision: 'main' });
  });

  test('reads the older formats, whose files stand at the end', () => {
    const old = readPoetryLock(`[[package]]
name = "a"
version = "1.0"
category = "main"
optional = false
python-versions = "*"
[metadata]
lock-version = "1.1"
python-versions = "^3.8"
[metadata.files]
a = [{file = "a-1.0.tar.gz", hash = "sha256:aa"}]
`);
    expect(old.packages[0]).toMatchObject({ name: 'a', marker: null, files: [{ filename: 'a-1.0.tar.gz' }] });
  });

  test('names the package whose marker is bad', () => {
    const bad = text.replace('extra == ', 'extra = ');
    expect(() => readPoetryLock(bad)).toThrow('poetry.lock: package[0] (Sphinx).markers: ');
  });
});
