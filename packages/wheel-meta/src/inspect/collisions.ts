import type { InstalledFile, WheelInspection } from './inspect-members.ts';

/** One wheel's claim to a path. */
export interface Claim {
  /** The wheel's file name. */
  readonly wheel: string;
  readonly path: string;
}

/** A path that several wheels would write. */
export interface Collision {
  /** Where it is: in the directory of modules, or below that of a scheme. */
  readonly place: 'site-packages' | 'headers' | 'scripts' | 'data';
  readonly target: string;
  readonly claims: readonly Claim[];
  /** Whether all of them would write the same bytes; null where no hashes tell. */
  readonly equal: boolean | null;
  /** Whether the paths differ by case, so that they are one file only on Windows and macOS. */
  readonly caseOnly: boolean;
}

interface ClaimedFile extends Claim {
  readonly target: string;
  /** What the bytes are known by; null where they are not. */
  readonly identity: string | null;
}

/**
 * The paths that two or more of the wheels would write, sorted by path. Of them the last one installed
 * wins, and uninstalling any removes it for all.
 *
 * Purelib and platlib count as one directory, as they are nearly everywhere.
 */
export function collisionsOf(inspections: readonly WheelInspection[]): readonly Collision[] {
  const places = new Map<string, ClaimedFile[]>();
  const claim = (place: Collision['place'], file: ClaimedFile): void => {
    const key = `${place}/${file.target.toLowerCase()}`;
    const claims = places.get(key);
    if (claims === undefined) places.set(key, [file]);
    else claims.push(file);
  };
  for (const { filename, files, scripts } of inspections) {
    for (const file of files) claim(placeOf(file), { ...claimOf(filename, file), target: file.target });
    for (const script of scripts) {
      if (script.kind === 'file') continue;
      const identity = `${script.kind} ${script.reference.replace(/\s/g, '')}`;
      claim('scripts', { wheel: filename, path: script.name, target: script.name, identity });
    }
  }
  return [...places]
    .filter(([, claims]) => new Set(claims.map(({ wheel }) => wheel)).size > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, claims]) => collision(key, claims));
}

function collision(key: string, claims: readonly ClaimedFile[]): Collision {
  const place = key.slice(0, key.indexOf('/')) as Collision['place'];
  const [first] = claims;
  const identities = claims.map(({ identity }) => identity);
  return {
    place,
    target: first?.target ?? '',
    claims: claims.map(({ wheel, path }) => ({ wheel, path })),
    equal: identities.includes(null) ? null : new Set(identities).size === 1,
    caseOnly: new Set(claims.map(({ target }) => target)).size > 1,
  };
}

function claimOf(wheel: string, { path, hash, size }: InstalledFile): Omit<ClaimedFile, 'target'> {
  if (size === 0) return { wheel, path, identity: 'empty' };
  return { wheel, path, identity: hash === null ? null : `${hash.algorithm}=${hash.digest}` };
}

function placeOf({ scheme }: InstalledFile): Collision['place'] {
  return scheme === 'purelib' || scheme === 'platlib' ? 'site-packages' : scheme;
}
