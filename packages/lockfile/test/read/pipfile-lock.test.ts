import { expect, test } from 'vitest';
import { readPipfileLock } from '../../src/index.ts';

const text = JSON.stringify({
  _meta: {
    hash: { sha256: 'aa' },
    'pipfile-spec': 6,
    requires: { python_version: '3.11' },
    sources: [{ name: 'own', url: 'https://user:secret@index.example.org/simple', verify_ssl: true }],
  },
  default: {
    Flask: {
      version: '==3.1.0',
      hashes: ['sha256:bb', 'sha256:aa'],
      index: 'own',
      extras: ['Async'],
      markers: "python_version >= '3.9'",
    },
    colorama: { version: '*', markers: "sys_platform == 'win32'" },
    here: { path: '.', editable: true },
    there: { git: 'https://example.com/there.git', ref: 'abc' },
  },
  develop: {
    flask: {
      version: '==3.1.0',
      hashes: ['sha256:bb', 'sha256:aa'],
      index: 'own',
      extras: ['Async'],
      markers: "python_version >= '3.9'",
    },
    pytest: { version: '==9.0.0', hashes: ['sha256:cc'], markers: "python_version >= '3.10'" },
  },
  docs: { pytest: { version: '==9.0.0', hashes: ['sha256:cc'], markers: "python_version >= '3.10'" } },
});

test('readPipfileLock: categories become dependency groups, sources are named', () => {
  const set = readPipfileLock(text);
  expect(set.dependencyGroups).toEqual(['dev', 'docs']);
  expect(set.requiresPython).toBe('==3.11.*');
  expect(Object.fromEntries(set.packages.map((item) => [item.name, item]))).toMatchObject({
    flask: {
      version: '3.1.0',
      marker: "python_version >= '3.9'",
      extras: ['async'],
      hashes: ['sha256:aa', 'sha256:bb'],
      source: { kind: 'index', index: 'https://index.example.org/simple' },
    },
    colorama: { version: null, marker: "sys_platform == 'win32'" },
    here: { version: null, source: { kind: 'directory', path: '.', editable: true } },
    there: { source: { kind: 'vcs', type: 'git', commit: 'abc' } },
    pytest: {
      marker: "('dev' in dependency_groups or 'docs' in dependency_groups) and python_version >= '3.10'",
    },
  });
});
