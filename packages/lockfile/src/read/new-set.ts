import { normalizeName, tryParseVersion } from '@pyplan/markers';
import { type Fields, requiredText } from '../document/fields.ts';
import { comparePackages, type LockedPackage, type LockedSet, type LockFormat } from '../locked-set.ts';

/** A set with these packages, sorted, and nothing more than the caller knows. */
export function newLockedSet(
  format: LockFormat,
  file: string | null,
  packages: readonly LockedPackage[],
  more: Partial<LockedSet> = {},
): LockedSet {
  return {
    format,
    file,
    createdBy: null,
    environments: [],
    requiresPython: null,
    extras: [],
    dependencyGroups: [],
    defaultGroups: [],
    targets: [],
    inputsDigest: null,
    assumed: [],
    ...more,
    packages: [...packages].sort(comparePackages),
  };
}

/** A package of an index of which no more is known. */
export function newLockedPackage(
  name: string,
  version: string | null,
  more: Partial<LockedPackage> = {},
): LockedPackage {
  return {
    name: normalizeName(name),
    version: version === null ? null : normalVersion(version),
    marker: null,
    requiresPython: null,
    extras: [],
    source: { kind: 'index', index: null },
    files: [],
    hashes: [],
    dependencies: null,
    demands: [],
    ...more,
  };
}

/** Normalised where it is a version; conda has others, which stay as they are. */
export function normalVersion(text: string): string {
  return tryParseVersion(text)?.text ?? text;
}

/** The name of a table, normalised. */
export function nameOf(fields: Fields): string {
  return normalizeName(requiredText(fields, 'name'));
}

/** A URL without user, password. What is no URL stays as it is. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}
