import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowsPython,
  assumePlatform,
  assumePython,
  readPythonVersionFile,
} from '../../src/input/default-targets.ts';
import { InputError } from '../../src/input/input-error.ts';

const released = ['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];
const requires = (text: string): string =>
  assumePython({ versionFile: null, requiresPython: { text, source: 'pyproject.toml' } }, released).value;

describe('assumePython', () => {
  it.each([
    ['>=3.10', '3.10'],
    ['>3.10', '3.11'],
    ['>=3.10.2', '3.10.2'],
    ['>3.10.2,<3.12', '3.10.3'],
    ['~=3.11', '3.11'],
    ['==3.12.*', '3.12'],
    ['!=3.8.*,!=3.9.*', '3.10'],
    ['<4', '3.8'],
    ['', '3.8'],
  ])('takes the lowest that %s allows', (text, lowest) => {
    expect(requires(text)).toBe(lowest);
  });

  it.each(['>=4', '<3', 'three'])('refuses %s', (text) => {
    expect(() => requires(text)).toThrow(InputError);
  });

  it('takes one that requires-python allows', () => {
    const clause = fc.tuple(
      fc.constantFrom('>=', '>', '!=', '<='),
      fc.integer({ min: 8, max: 13 }),
      fc.option(fc.nat(9)),
    );
    fc.assert(
      fc.property(fc.array(clause, { minLength: 1, maxLength: 3 }), (clauses) => {
        const text = clauses
          .map(([operator, minor, patch]) => `${operator}3.${minor}${patch === null ? '' : `.${patch}`}`)
          .join(',');
        let lowest: string;
        try {
          lowest = requires(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        expect(allowsPython(text, 'pyproject.toml', lowest)).toBe(true);
      }),
    );
  });
});

describe('readPythonVersionFile', () => {
  it.each([
    ['3.12\n', '3.12'],
    ['3.12.4', '3.12.4'],
    ['# ours\n\ncpython-3.13\n3.12\n', '3.13'],
    ['cpython-3.12.1-linux-x86_64-gnu', '3.12.1'],
    ['python3.11', '3.11'],
    ['system\n', null],
    ['', null],
  ])('reads %j', (text, python) => {
    expect(readPythonVersionFile(text, '.python-version')).toBe(python);
  });

  it.each(['pypy3.10', 'latest', 'my-virtualenv'])('refuses %s', (text) => {
    expect(() => readPythonVersionFile(text, '.python-version')).toThrow('as a version of CPython');
  });
});

describe('assumePlatform', () => {
  it.each([
    ['linux', 'x64', false, 'linux'],
    ['linux', 'x64', true, 'x86_64-unknown-linux-musl'],
    ['linux', 'arm64', false, 'aarch64-unknown-linux-gnu'],
    ['linux', 'arm', false, 'armv7-unknown-linux-gnu'],
    ['darwin', 'arm64', false, 'macos'],
    ['darwin', 'x64', false, 'x86_64-apple-darwin'],
    ['win32', 'x64', false, 'windows'],
    ['win32', 'arm64', false, 'aarch64-pc-windows-msvc'],
  ])('names %s %s', async (platform, arch, musl, name) => {
    expect(assumePlatform({ platform, arch, musl: () => musl }).value).toBe(name);
    const { target } = await import('@pyplan/resolver');
    expect(target('3.13', name).platform).toBe(name);
  });

  it('asks to name one on other machines', () => {
    expect(() => assumePlatform({ platform: 'sunos', arch: 'x64', musl: () => false })).toThrow(InputError);
  });
});
