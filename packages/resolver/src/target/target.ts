import type { MarkerEnvironment } from '@pyplan/markers';
import { type TagSet, tagsFor } from '@pyplan/wheel-meta';
import { InvalidTargetError } from '../errors.ts';
import { type Platform, platformNamed } from './platform.ts';

/** An interpreter on a platform. */
export interface Target {
  /** As the user named it, e.g. `3.12`, `3.11.7`, `3.13t`, `pypy3.11`. */
  readonly python: string;
  /** As the user named it, e.g. `linux` or `aarch64-apple-darwin`. */
  readonly platform: string;
  readonly environment: MarkerEnvironment;
  /** The wheel tags it takes, best first. */
  readonly tags: TagSet;
}

/** Minor versions of CPython that are out, oldest first. */
export const releasedPythons: readonly string[] = ['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];

/** The newest CPython that is out. */
export const newestPython = '3.14';

interface Interpreter {
  readonly implementation: 'cpython' | 'pypy' | 'graalpy';
  readonly minor: string;
  readonly full: string;
  readonly freeThreaded: boolean;
}

/**
 * A target by name; `3.12` means 3.12.0.
 *
 * The environment's values are those that uv's `--python-platform` gives.
 * @throws {InvalidTargetError} naming what was expected.
 */
export function target(python: string, platform: string): Target {
  const interpreter = interpreterNamed(python);
  const { implementation, minor, freeThreaded } = interpreter;
  const place = platformNamed(platform);
  return {
    python,
    platform,
    environment: environmentOf(interpreter, place),
    tags: tagsFor({ implementation, python: minor, freeThreaded, platform: place.tags }),
  };
}

/** `py3.12-linux`: how reports name a target. */
export function targetName({ python, platform }: Pick<Target, 'python' | 'platform'>): string {
  return `py${python}-${platform}`;
}

function interpreterNamed(python: string): Interpreter {
  const match = /^(cpython|pypy|graalpy)?-?(3)\.(\d{1,3})(?:\.(\d{1,3}))?((?:a|b|rc)\d{1,3})?(t)?$/.exec(
    python,
  );
  if (match === null) {
    throw new InvalidTargetError(
      `"${python}" is not a Python version: expected one such as 3.12, 3.11.7, 3.13t or pypy3.11`,
    );
  }
  const [, name = 'cpython', major, minorNumber, patch = '0', pre = '', threads] = match;
  const implementation = name === 'pypy' || name === 'graalpy' ? name : 'cpython';
  const minor = `${major}.${minorNumber}`;
  return { implementation, minor, full: `${minor}.${patch}${pre}`, freeThreaded: threads === 't' };
}

function environmentOf(interpreter: Interpreter, platform: Platform): MarkerEnvironment {
  const names = { cpython: 'CPython', pypy: 'PyPy', graalpy: 'GraalVM' } as const;
  return {
    implementation_name: interpreter.implementation,
    implementation_version: interpreter.full,
    os_name: platform.os,
    platform_machine: platform.machine,
    platform_python_implementation: names[interpreter.implementation],
    platform_release: platform.release,
    platform_system: platform.system,
    platform_version: platform.version,
    python_full_version: interpreter.full,
    python_version: interpreter.minor,
    sys_platform: platform.sys,
  };
}
