import { LockFormatError, type PylockPackage, parsePylock } from '@pyplan/lockfile';
import type { RootRequirement } from '@pyplan/resolver';
import { InputError } from '../input-error.ts';
import type { ProjectSelection } from '../project/pyproject.ts';
import { readRequirement } from '../requirements/requirement-strings.ts';
import type { HashedLine } from '../requirements/requirements-file.ts';
import { partsDecided } from './selected-parts.ts';

/** What a lock pins. */
export interface PylockInput {
  readonly requirements: readonly RootRequirement[];
  readonly requiresPython: string | null;
  /** The lock's own files are the only ones that count. */
  readonly hashes: readonly HashedLine[];
}

/**
 * The pins of a `pylock.toml` as requirements, markers and all (PEP 751), of the extras and groups selected.
 *
 * @throws InputError where it is not a lock, or holds a package that no pin can stand for, and for an extra or a group
 *   that it does not have.
 */
export function readPylock(text: string, source: string, selection: ProjectSelection): PylockInput {
  const origin = { source, line: null, column: null };
  const lock = parsed(text, source);
  const { requiresPython } = lock;
  const decided = partsDecided(lock, source, selection);
  const packages = lock.packages.flatMap((item) => {
    const marker = decided(item.marker);
    return marker === false ? [] : [{ ...item, marker }];
  });
  return {
    requiresPython,
    hashes: packages.flatMap(hashedLine),
    requirements: packages.map(({ name, version, marker, archive }) => {
      const suffix = marker === null ? '' : ` ; ${marker}`;
      if (archive?.url != null) return readRequirement(`${name} @ ${archive.url}${suffix}`, origin);
      if (version !== null) return readRequirement(`${name}==${version}${suffix}`, origin);
      throw new InputError(`${name} has neither a version nor the URL of an archive`, {
        place: { source },
        hint: 'pyplan resolves packages of an index and archives; this one must be built from a directory or a repository',
      });
    }),
  };
}

function parsed(text: string, source: string): ReturnType<typeof parsePylock> {
  try {
    return parsePylock(text, source);
  } catch (error) {
    if (!(error instanceof LockFormatError)) throw error;
    throw new InputError(error.message, { cause: error });
  }
}

function hashedLine(locked: PylockPackage): readonly HashedLine[] {
  const files = [...locked.wheels, locked.sdist, locked.archive].flatMap((file) => file ?? []);
  const allowed = files.flatMap(({ hashes }) =>
    Object.entries(hashes).map(([algorithm, hex]) => `${algorithm}:${hex}`),
  );
  return allowed.length === 0 ? [] : [{ name: locked.name, allowed: new Set(allowed) }];
}
