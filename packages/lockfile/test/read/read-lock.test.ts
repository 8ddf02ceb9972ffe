import { describe, expect, test } from 'vitest';
import { LockFormatError, lockFormat, readLock } from '../../src/index.ts';

describe('lockFormat', () => {
  test.each([
    ['', 'a/uv.lock', 'uv-lock'],
    ['', 'poetry.lock', 'poetry-lock'],
    ['', 'HEAD:pdm.lock', 'pdm-lock'],
    ['{}', 'Pipfile.lock', 'pipfile-lock'],
    ['', 'pylock.dev.toml', 'pylock'],
    ['lock-version = "1.0"\ncreated-by = "x"\n', 'other.toml', 'pylock'],
    ['version = 1\n[[package]]\nname = "a"\n', 'x', 'uv-lock'],
    ['[[package]]\nname = "a"\n[metadata]\nlock-version = "2.1"\n', 'x', 'poetry-lock'],
    ['[metadata]\nlock_version = "4.5.0"\n[[package]]\nname = "a"\n', 'x', 'pdm-lock'],
    ['{"_meta": {}, "default": {}}', 'x.json', 'pipfile-lock'],
    ['[{"name": "a", "version": "1"}]', 'x.json', 'pip-list'],
    ['[]', 'x.json', 'pip-list'],
    ['[{"name": "a", "version": "1", "dist_name": "a-1-0", "channel": "c"}]', '-', 'conda-list'],
    ['a==1\n', '-', 'requirements'],
    ['', 'requirements.txt', 'requirements'],
  ])('%j in %s is %s', (text, file, format) => {
    expect(lockFormat(text, file)).toBe(format);
  });

  test('JSON of another shape is refused', () => {
    expect(() => lockFormat('{"a": 1}', 'x.json')).toThrow(LockFormatError);
  });
});

test('readLock reads in the format that it is told', () => {
  expect(readLock('a==1\n', '-', 'pip-freeze')).toMatchObject({
    format: 'pip-freeze',
    packages: [{ name: 'a' }],
  });
  expect(readLock('[{"name": "a", "version": "1"}]', 'x').packages).toHaveLength(1);
});
