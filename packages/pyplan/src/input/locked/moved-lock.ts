import { relative, resolve, sep } from 'node:path';
import type { LockedLocation, LockedPackage, LockedSet, LockedSource } from '@pyplan/lockfile';

/** A lock that stands in one directory (absolute) as it reads in another: relative paths lead to the same files. */
export function movedLock(lock: LockedSet, from: string, to: string): LockedSet {
  if (from === to) return lock;
  const path = (text: string): string => relative(to, resolve(from, text)).split(sep).join('/') || '.';
  const location = (place: LockedLocation): LockedLocation =>
    place.kind === 'path' ? { kind: 'path', path: path(place.path) } : place;
  return { ...lock, packages: lock.packages.map((item) => movedPackage(item, path, location)) };
}

function movedPackage(
  item: LockedPackage,
  path: (text: string) => string,
  location: (place: LockedLocation) => LockedLocation,
): LockedPackage {
  return {
    ...item,
    source: movedSource(item.source, path, location),
    files: item.files.map((file) => ({
      ...file,
      location: file.location === null ? null : location(file.location),
    })),
  };
}

function movedSource(
  source: LockedSource,
  path: (text: string) => string,
  location: (place: LockedLocation) => LockedLocation,
): LockedSource {
  switch (source.kind) {
    case 'archive':
    case 'vcs':
      return { ...source, location: location(source.location) };
    case 'directory':
      return { ...source, path: path(source.path) };
    case 'index':
    case 'conda':
      return source;
  }
}
