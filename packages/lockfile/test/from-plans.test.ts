import type { PlannedPackage } from '@pyplan/resolver';
import { describe, expect, test } from 'vitest';
import { lockPlans } from '../src/index.ts';
import { needs, testPackage, testPlan, testTarget } from './support/plans.ts';

const linux = testTarget('3.12', 'linux');

describe('edges of a lock', () => {
  test('an edge names a version only where plans differ in it: that of its own plan', () => {
    const web = testPackage('web', '1', { requires: [needs('core', 'core>=1'), needs('same')] });
    const same = testPackage('same', '5');
    const lock = lockPlans([
      testPlan(linux, [testPackage('core', '2'), same, web]),
      testPlan(testTarget('3.12', 'windows'), [testPackage('core', '1'), same, web]),
    ]);
    const { dependencies } = lock.packages.find(({ name }) => name === 'web') ?? {};
    expect(dependencies?.map(({ name, version, marker }) => [name, version, marker])).toEqual([
      ['core', '2', "sys_platform == 'linux'"],
      ['core', '1', "sys_platform == 'win32'"],
      ['same', null, null],
    ]);
  });

  test('names are read as often as there are packages and edges, not as often as both multiplied', () => {
    const [some, more] = [readsOfNames(100), readsOfNames(400)];
    expect(some).toBeGreaterThan(100);
    expect(more).toBeLessThan(5 * some);
  });
});

/** How often the name of a package is read when a chain of `count` packages is locked. */
function readsOfNames(count: number): number {
  let reads = 0;
  const packages = Array.from({ length: count }, (_, i): PlannedPackage => {
    const made = testPackage(`link-${i}`, '1', { requires: i + 1 < count ? [needs(`link-${i + 1}`)] : [] });
    return {
      ...made,
      get name() {
        reads++;
        return made.name;
      },
    };
  });
  expect(lockPlans([testPlan(linux, packages)]).packages).toHaveLength(count);
  return reads;
}
