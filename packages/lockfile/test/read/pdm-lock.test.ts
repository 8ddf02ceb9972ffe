import { expect, test } from 'vitest';
import { readPdmLock } from '../../src/index.ts';

const text = `
[metadata]
groups = ["default", "dev"]
strategy = ["inherit_metadata"]
lock_version = "4.5.0"
content_hash = "sha256:00"

[[metadata.targets]]
requires_python = ">=3.10"

[[package]]
name = "requests"
version = "2.32.3"
requires_python = ">=3.8"
summary = "Python HTTP for Humans."
groups = ["default", "dev"]
dependencies = [
    "certifi>=2017.4.17",
    "importlib-metadata; python_version < \\"3.8\\"",
]
files = [
    {file = "requests-2.32.3-py3-none-any.whl", hash = "sha256:aa"},
    {file = "requests-2.32.3.tar.gz", hash = "sha256:bb"},
]

[[package]]
name = "requests"
version = "2.32.3"
extras = ["socks"]
requires_python = ">=3.8"
groups = ["dev"]
dependencies = [
    "PySocks!=1.5.7,>=1.5.6",
    "requests==2.32.3",
]
files = [
    {file = "requests-2.32.3-py3-none-any.whl", hash = "sha256:aa"},
]

[[package]]
name = "colorama"
version = "0.4.6"
groups = ["dev"]
marker = "sys_platform == \\"win32\\""
files = [{url = "https://example.com/colorama-0.4.6-py3-none-any.whl", hash = "sha256:cc"}]

[[package]]
name = "repo"
version = "1.0"
git = "https://example.com/repo.git"
ref = "main"
revision = "abc"
groups = ["default"]
`;

test('readPdmLock: a package and its extras are one, groups become markers', () => {
  const set = readPdmLock(text);
  expect([set.dependencyGroups, set.requiresPython]).toEqual([['dev'], '>=3.10']);
  expect(set.packages).toMatchObject([
    {
      name: 'colorama',
      marker: '\'dev\' in dependency_groups and sys_platform == "win32"',
      files: [{ filename: 'colorama-0.4.6-py3-none-any.whl', location: { kind: 'url' } }],
    },
    { name: 'repo', marker: null, source: { kind: 'vcs', commit: 'abc', requestedRevision: 'main' } },
    {
      name: 'requests',
      marker: null,
      extras: ['socks'],
      requiresPython: '>=3.8',
      files: [{ filename: 'requests-2.32.3-py3-none-any.whl' }, { filename: 'requests-2.32.3.tar.gz' }],
      dependencies: [
        { name: 'certifi', marker: null },
        { name: 'importlib-metadata', marker: 'python_version < "3.8"' },
        { name: 'pysocks' },
      ],
    },
  ]);
});
