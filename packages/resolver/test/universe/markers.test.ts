import { describe, expect, test } from 'vitest';
import { lockOf } from '../support/lock.ts';

describe('the marker of a package is plain', () => {
  test.each([
    ['sys_platform == "win32"', 'sys_platform == "win32"'],
    ['os_name == "posix"', 'sys_platform != "win32"'],
    ['platform_system == "Linux" or platform_system == "Darwin"', 'sys_platform != "win32"'],
    ['python_version >= "3.11"', null],
    ['python_full_version < "3.12.4"', 'python_full_version < "3.12.4"'],
    ['python_full_version >= "3.12.4"', 'python_full_version >= "3.12.4"'],
    ['python_full_version == "3.12.4"', 'python_full_version == "3.12.4"'],
    ['python_full_version != "3.12.4"', 'python_full_version != "3.12.4"'],
    ['python_version < "3.12" or python_version >= "3.14"', /^python_version .*3\.12.*3\.14/],
  ])('%s becomes %s', async (marker, expected) => {
    const lock = await lockOf(
      { app: { '1.0': { requires: [`dep; ${marker}`] } }, dep: { '1.0': {} } },
      { requires: ['app'] },
    );
    const dep = lock.packages.find(({ name }) => name === 'dep');
    if (expected instanceof RegExp) expect(dep?.marker).toMatch(expected);
    else expect(dep?.marker).toBe(expected);
  });
});
