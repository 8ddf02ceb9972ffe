import { tagStrings } from '@pyplan/wheel-meta';
import { describe, expect, test } from 'vitest';
import { InvalidTargetError, newestPython, releasedPythons, target, targetName } from '../../src/index.ts';

describe('an interpreter', () => {
  test.each([
    ['3.12', 'cpython', 'CPython', '3.12', '3.12.0'],
    ['3.11.7', 'cpython', 'CPython', '3.11', '3.11.7'],
    ['3.13t', 'cpython', 'CPython', '3.13', '3.13.0'],
    ['cpython-3.10', 'cpython', 'CPython', '3.10', '3.10.0'],
    ['3.15.0rc1', 'cpython', 'CPython', '3.15', '3.15.0rc1'],
    ['3.14+freethreaded', 'cpython', 'CPython', '3.14', '3.14.0'],
    ['python3.9', 'cpython', 'CPython', '3.9', '3.9.0'],
    ['cpython@3.9.2', 'cpython', 'CPython', '3.9', '3.9.2'],
    ['cp313', 'cpython', 'CPython', '3.13', '3.13.0'],
    ['cp314t', 'cpython', 'CPython', '3.14', '3.14.0'],
    ['pypy3.11', 'pypy', 'PyPy', '3.11', '3.11.0', '7.3.19'],
    ['pp310', 'pypy', 'PyPy', '3.10', '3.10.0', '7.3.12'],
    ['graalpy3.11', 'graalpy', 'GraalVM', '3.11', '3.11.0', '24.2.0'],
  ])('%s is %s %s %s, in full %s', (python, name, implementation, version, full, own = full) => {
    const { environment } = target(python, 'linux');
    expect(environment.implementation_name).toBe(name);
    expect(environment.platform_python_implementation).toBe(implementation);
    expect(environment.python_version).toBe(version);
    expect(environment.python_full_version).toBe(full);
    expect(environment.implementation_version).toBe(own);
  });

  test.each(['', '3', 'three', '2.7', '3.12.', 'v3.12', '3.x', '3.12 '])(
    'named "%s" is refused with what was expected',
    (python) => {
      expect(() => target(python, 'linux')).toThrow(InvalidTargetError);
      expect(() => target(python, 'linux')).toThrow('expected one such as 3.12, 3.11.7, 3.13t or pypy3.11');
    },
  );

  test.each([
    ['3.14t', 'cp314-cp314t-manylinux_2_28_x86_64'],
    ['cp313t', 'cp313-cp313t-manylinux_2_28_x86_64'],
    ['3.12.4', 'cp312-cp312-manylinux_2_28_x86_64'],
    ['pypy3.11', 'pp311-pypy311_pp73-manylinux_2_28_x86_64'],
    ['graalpy3.11', 'graalpy311-graalpy242_311_native-manylinux_2_28_x86_64'],
  ])('%s takes %s first', (python, tag) => {
    expect(tagStrings(target(python, 'linux').tags)[0]).toBe(tag);
  });

  test.each(['3.12t', 'pypy3.11t', 'cp312t', 'graalpy3.9'])('%s is no Python that there is', (python) => {
    expect(() => target(python, 'linux')).toThrow(InvalidTargetError);
  });

  test('is named in reports as the user named it', () => {
    expect(targetName(target('3.13t', 'aarch64-apple-darwin'))).toBe('py3.13t-aarch64-apple-darwin');
  });
});

describe('the table of Pythons', () => {
  test('ascends and ends in the newest', () => {
    const minors = releasedPythons.map((python) => Number(python.split('.')[1]));
    expect(minors).toEqual(minors.toSorted((a, b) => a - b));
    expect(releasedPythons.at(-1)).toBe(newestPython);
  });

  test('has tags for each', () => {
    for (const python of releasedPythons) expect(() => target(python, 'linux').tags).not.toThrow();
  });
});
