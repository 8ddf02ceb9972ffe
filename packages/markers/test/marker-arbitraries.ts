import fc from 'fast-check';
import type { MarkerEnvironment } from '../src/index.ts';

const pythons = ['2.7.18', '3.8.0', '3.8.10', '3.9.0rc1', '3.10.4', '3.11.0a7', '3.12.1', '3.13.0'];
const texts = {
  sys_platform: ['linux', 'darwin', 'win32', 'lin', ''],
  os_name: ['posix', 'nt', 'java'],
  platform_machine: ['x86_64', 'arm64', 'AMD64'],
  implementation_name: ['cpython', 'pypy'],
};
const releases = ['5.15.0-91-generic', '22.6.0', '10', '2.7'];

const quoted = fc.constantFrom('"', "'");
const versionOperator = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', '~=');
const minor = fc.constantFrom('2.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.12.1');
const full = fc.constantFrom(
  '2.7.18',
  '3.8.0',
  '3.9.0',
  '3.10.4',
  '3.11.0a7',
  '3.12.1',
  '3.14.0',
  '3.13.0.dev1',
);

/** One comparison in which every environment of the grid has a verdict. */
const comparison: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(versionOperator, minor).map(([operator, value]) => `python_version ${operator} "${value}"`),
  fc.tuple(versionOperator, full).map(([operator, value]) => `python_full_version ${operator} "${value}"`),
  fc
    .tuple(fc.constantFrom('==', '!='), minor)
    .map(([operator, value]) => `python_version ${operator} "${value}.*"`),
  fc
    .constantFrom('<=', '>', '>=', '<', '==', '!=')
    .chain((operator) => minor.map((value) => `"${value}" ${operator} python_version`)),
  fc
    .tuple(fc.constantFrom('<', '>=', '==', '!=', '<=', '>', '~='), full)
    .map(([operator, value]) => `"${value}" ${operator} python_full_version`),
  fc
    .tuple(fc.constantFrom('in', 'not in'), quoted)
    .map(([operator, q]) => `python_version ${operator} ${q}2.6 2.7 3.8, 3.11${q}`),
  fc
    .tuple(fc.constantFrom('==', '!='), fc.constantFrom(...texts.sys_platform))
    .map(([operator, value]) => `sys_platform ${operator} "${value}"`),
  fc
    .tuple(fc.constantFrom('in', 'not in'), fc.constantFrom('linux darwin', 'linux', 'win32'))
    .map(([operator, value]) => `sys_platform ${operator} "${value}"`),
  fc
    .tuple(fc.constantFrom('lin', 'linux', 'n', 'win'), fc.constantFrom('in', 'not in'))
    .map(([value, operator]) => `"${value}" ${operator} sys_platform`),
  fc
    .tuple(fc.constantFrom('==', '!=', '<', '>='), fc.constantFrom(...texts.platform_machine))
    .map(([operator, value]) => `platform_machine ${operator} "${value}"`),
  fc
    .tuple(fc.constantFrom('==', '!='), fc.constantFrom(...texts.implementation_name))
    .map(([operator, value]) => `"${value}" ${operator} implementation_name`),
  fc
    .tuple(fc.constantFrom('==', '!=', '<', '>=', '>'), fc.constantFrom(...releases))
    .map(([operator, value]) => `platform_release ${operator} "${value}"`),
  fc
    .tuple(fc.constantFrom('==', '!='), fc.constantFrom('a', 'b', 'C_d'))
    .map(([operator, value]) => `extra ${operator} "${value}"`),
);

/** Texts of markers, nested a little. */
export const markerText: fc.Arbitrary<string> = fc.letrec<{
  marker: string;
  junction: string;
  group: string;
}>((tie) => ({
  marker: fc.oneof({ maxDepth: 3, depthSize: 'small' }, comparison, tie('junction'), tie('group')),
  junction: fc
    .tuple(tie('marker'), fc.constantFrom('and', 'or'), tie('marker'))
    .map((parts) => parts.join(' ')),
  group: tie('marker').map((marker) => `(${marker})`),
})).marker;

/** Every environment of a grid over the values that the markers speak of. */
export const environments: readonly MarkerEnvironment[] = pythons.flatMap((python) =>
  texts.sys_platform.flatMap((sys_platform, index) => ({
    implementation_name: texts.implementation_name[index % 2] ?? '',
    implementation_version: python,
    os_name: texts.os_name[index % 3] ?? '',
    platform_machine: texts.platform_machine[(index + python.length) % 3] ?? '',
    platform_python_implementation: 'CPython',
    platform_release: releases[(index + python.length) % 4] ?? '',
    platform_system: 'Linux',
    platform_version: '#1',
    python_full_version: python,
    python_version: python.split('.').slice(0, 2).join('.'),
    sys_platform,
  })),
);
