import type { MarkerEnvironment } from '@pyplan/markers';
import { InvalidTagTargetError, type TagSet, tagsFor } from '@pyplan/wheel-meta';
import { InvalidTargetError } from '../errors.ts';
import { type Interpreter, interpreterNamed } from './interpreter.ts';
import { type Platform, platformNamed } from './platform.ts';

export { newestPython, releasedPythons } from './interpreter.ts';

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
  try {
    const tags = tagsFor({ implementation, python: minor, freeThreaded, platform: place.tags });
    return { python, platform, environment: environmentOf(interpreter, place), tags };
  } catch (error) {
    if (!(error instanceof InvalidTagTargetError)) throw error;
    throw new InvalidTargetError(`there is no "${python}" that wheels are made for: ${error.message}`);
  }
}

/** `py3.12-linux`: how reports name a target. */
export function targetName({ python, platform }: Pick<Target, 'python' | 'platform'>): string {
  return `py${python}-${platform}`;
}

function environmentOf(interpreter: Interpreter, platform: Platform): MarkerEnvironment {
  const names = { cpython: 'CPython', pypy: 'PyPy', graalpy: 'GraalVM' } as const;
  return {
    implementation_name: interpreter.implementation,
    implementation_version: interpreter.own,
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
