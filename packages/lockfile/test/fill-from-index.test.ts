import { type PackageSource, projectPage } from '@pyplan/resolver';
import { expect, test } from 'vitest';
import {
  fillFromIndex,
  formatPylock,
  readPipfileLock,
  readPoetryLock,
  readPylock,
  readRequirementsLock,
  toPylock,
} from '../src/index.ts';
import { testFile } from './support/plans.ts';

const hash = (letter: string): string => letter.repeat(64);
const files = [
  testFile('a-1.0-cp312-cp312-win_amd64.whl', { hashes: { sha256: hash('a') }, size: 5 }),
  testFile('a-1.0-py3-none-any.whl', { hashes: { sha256: hash('b') } }),
  testFile('a-1.0.tar.gz', { hashes: { sha256: hash('c') } }),
];
const source: PackageSource = {
  page: (name) =>
    name === 'a' ? projectPage({ name, files, index: 'https://index.example.org/simple/' }) : null,
  metadata: () => ({ kind: 'unusable', reason: 'not asked for' }),
  direct: () => {
    throw new Error('not asked for');
  },
};

test('files that a lock names get their place, size and time from the index, and keep their hashes', async () => {
  const lock = readPoetryLock(`[metadata]
[[package]]
name = "a"
version = "1.0"
files = [{file = "a-1.0-cp312-cp312-win_amd64.whl", hash = "sha256:${hash('f')}"}]
[[package]]
name = "gone"
version = "1.0"
files = []
`);
  const filled = await fillFromIndex(lock, source);
  expect(filled.packages[0]).toMatchObject({
    source: { kind: 'index', index: 'https://index.example.org/simple/' },
    files: [{ location: { kind: 'url', url: files[0]?.url }, size: 5, hashes: { sha256: hash('f') } }],
  });
  expect(filled.packages[1]).toEqual(lock.packages[1]);
});

test.each([
  ['hashes name the files', `a==1.0 --hash=sha256:${hash('b')} --hash=sha256:${hash('c')}\n`, 2],
  ['without hashes all files are taken', 'a==1.0\n', 3],
])('%s', async (_, text, count) => {
  const filled = await fillFromIndex(readRequirementsLock(text), source);
  expect(filled.packages[0]?.files).toHaveLength(count);
  expect(readPylock(formatPylock(toPylock(filled))).packages[0]?.files).toHaveLength(count);
});

test('a Pipfile.lock converts to pylock.toml', async () => {
  const lock = readPipfileLock(
    `{"_meta": {}, "default": {"a": {"version": "==1.0", "hashes": ["sha256:${hash('a')}"]}}}`,
  );
  expect(() => toPylock(lock)).toThrow('a 1.0: no file is known');
  const text = formatPylock(toPylock(await fillFromIndex(lock, source)));
  expect(text).toContain('a-1.0-cp312-cp312-win_amd64.whl');
  expect(text).not.toContain('a-1.0.tar.gz');
});
