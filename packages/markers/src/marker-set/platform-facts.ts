import type { Marker } from '../marker/marker.ts';
import { parseMarker } from '../marker/parse-marker.ts';

/** Variables that tell the same fact under several names: each line's comparisons hold together or not at all. */
const SAME: readonly string[] = [
  'sys_platform == "win32" and os_name == "nt" and platform_system == "Windows"',
  'sys_platform == "darwin" and platform_system == "Darwin"',
  'implementation_name == "cpython" and platform_python_implementation == "CPython"',
  'implementation_name == "pypy" and platform_python_implementation == "PyPy"',
  'implementation_name == "graalpy" and platform_python_implementation == "GraalVM"',
];

const FACTS: readonly string[] = [
  'os_name == "posix" or sys_platform != "darwin" and sys_platform != "linux"',
  'os_name == "posix" or platform_system != "Linux" and platform_system != "Android"',
  'platform_system != "Linux" or sys_platform != "cygwin"',
];

/**
 * What holds on every platform that Python runs on, as a theory for `createMarkerAlgebra`: Windows is `win32`,
 * `nt` and `Windows` at once, macOS is `darwin` and `Darwin`, Linux is `posix`; CPython and PyPy have one name each.
 */
export function platformFacts(): readonly Marker[] {
  const together = SAME.map((all) => `${all} or ${all.replaceAll('==', '!=')}`);
  return [...together, ...FACTS].map(parseMarker);
}
