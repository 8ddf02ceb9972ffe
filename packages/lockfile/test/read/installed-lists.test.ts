import { describe, expect, test } from 'vitest';
import { LockFormatError, readCondaList, readPipList } from '../../src/index.ts';

describe('readPipList', () => {
  test('gives names normalised, versions, and where editable projects are', () => {
    const set = readPipList(
      '[{"name": "Flask", "version": "3.1.0"}, {"name": "app", "version": "0.1", "editable_project_location": "src/app"}]',
    );
    expect(set.packages.map(({ name, version, source }) => [name, version, source.kind])).toEqual([
      ['app', '0.1', 'directory'],
      ['flask', '3.1.0', 'index'],
    ]);
  });

  test.each([
    ['{}', 'expected a list of packages'],
    ['[', 'not valid JSON'],
    ['[\n1]', '[0]: expected a table'],
    ['[{"name": "a"}]', '[0].version: missing, and required'],
  ])('refuses %j', (text, message) => {
    expect(() => readPipList(text, 'list.json')).toThrow(LockFormatError);
    expect(() => readPipList(text, 'list.json')).toThrow(message);
  });
});

test('readCondaList tells what pip installed from what conda did', () => {
  const set = readCondaList(
    '[{"channel": "conda-forge", "name": "openssl", "version": "3.0.2"}, {"channel": "pypi", "name": "flask", "version": "3.1.0"}]',
  );
  expect(set.packages.map(({ name, source }) => [name, source])).toEqual([
    ['flask', { kind: 'index', index: null }],
    ['openssl', { kind: 'conda', channel: 'conda-forge' }],
  ]);
});
