import type { Marker } from '../marker/marker.ts';
import { parseMarker } from '../marker/parse-marker.ts';

/** Variables that tell the same fact under several names: each line's comparisons hold together or not at all. */
const SAME: readonly (readonly string[])[] = [
  ['sys_platform == "win32"', 'os_name == "nt"', 'platform_system == "Windows"'],
  ['sys_platform == "darwin"', 'platform_system == "Darwin"'],
  ['implementation_name == "cpython"', 'platform_python_implementation == "CPython"'],
  ['implementation_name == "pypy"', 'platform_python_implementation == "PyPy"'],
  ['implementation_name == "graalpy"', 'platform_python_implementation == "GraalVM"'],
];

const FACTS: readonly string[] = [
  'sys_platform != "darwin" or os_name == "posix"',
  'sys_platform != "linux" or os_name == "posix"',
  'platform_system != "Linux" or os_name == "posix"',
  'platform_system != "Linux" or sys_platform != "cygwin"',
  'platform_system != "Android" or os_name == "posix"',
];

/**
 * What holds on every platform that Python runs on, as a theory for `createMarkerAlgebra`: Windows is `win32`,
 * `nt` and `Windows` at once, macOS is `darwin` and `Darwin`, Linux is `posix`; CPython and PyPy have one name each.
 */
export function platformFacts(): readonly Marker[] {
  const together = SAME.map((names) => names.join(' and ')).map(
    (all) => `${all} or ${all.replaceAll('==', '!=')}`,
  );
  return [...together, ...FACTS].map((text) => parseMarker(text));
}
