import { readHeaderFields } from '../metadata/headers.ts';

/** The WHEEL file of a wheel (Binary distribution format, "File contents"). */
export interface WheelFile {
  /** Of the wheel format, as `1.0`. */
  readonly wheelVersion: string;
  readonly generator: string | null;
  /** Whether what lies at the root goes to purelib, or to platlib. */
  readonly rootIsPurelib: boolean;
  /** As written: each may be a compressed set. */
  readonly tags: readonly string[];
  readonly build: string | null;
}

/** A WHEEL file that can't be read, or is of a format that is not known. */
export class InvalidWheelFileError extends Error {
  override readonly name = 'InvalidWheelFileError';
}

/**
 * Reads a WHEEL file.
 *
 * @throws InvalidWheelFileError without a Wheel-Version, or one beyond 1.x: an installer must refuse that.
 */
export function parseWheelFile(input: string | Uint8Array): WheelFile {
  const { values } = readHeaderFields(input);
  const first = (name: string): string | null => values.get(name)?.[0] ?? null;
  const wheelVersion = first('wheel-version')?.trim();
  if (wheelVersion === undefined) throw new InvalidWheelFileError('WHEEL has no Wheel-Version');
  const major = /^(\d+)(?:\.\d+)*$/.exec(wheelVersion)?.[1];
  if (major === undefined)
    throw new InvalidWheelFileError(`WHEEL has "${wheelVersion}" for its Wheel-Version`);
  if (Number(major) > 1) {
    throw new InvalidWheelFileError(`WHEEL is of version ${wheelVersion}, of which only 1.x is known`);
  }
  return {
    wheelVersion,
    generator: first('generator'),
    rootIsPurelib: first('root-is-purelib')?.trim().toLowerCase() === 'true',
    tags: values.get('tag') ?? [],
    build: first('build'),
  };
}
