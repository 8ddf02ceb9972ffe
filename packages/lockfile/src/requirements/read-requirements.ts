import {
  formatMarker,
  type Marker,
  normalizeName,
  parseRequirementsFile,
  type ReadRequirementsFile,
  type Requirement,
  type RequirementsEntry,
  RequirementsFileError,
} from '@pyplan/markers';
import type { Demand } from '@pyplan/resolver';
import { LockFormatError } from '../errors.ts';
import { compareText, type LockedPackage, type LockedSet } from '../locked-set.ts';
import { newLockedPackage, newLockedSet, withoutCredentials } from '../read/new-set.ts';
import { sourceOfLocation } from './location.ts';
import { pinBlocks, viaReasons } from './pin-blocks.ts';

/**
 * A requirements.txt that pins (by pip-compile, uv, pip freeze, or by hand) as a lock: versions of `==` pins, hashes,
 * markers, direct references, and who wants a package by its `# via` comment. A requirement that pins nothing is a
 * package without a version; constraints are none.
 *
 * `readFile` gives the files that it includes. Default: including is refused.
 *
 * @throws LockFormatError
 */
export function readRequirementsLock(
  text: string,
  file = 'requirements.txt',
  readFile?: ReadRequirementsFile,
): LockedSet {
  const read: ReadRequirementsFile = (path) => {
    if (path === file) return text;
    if (readFile === undefined) throw new Error('files that a lock includes are not read here');
    return readFile(path);
  };
  const entries = parseEntries(file, read);
  const demands = demandsByName(text);
  const index = onlyIndex(entries);
  const packages = entries.flatMap((entry) => readEntry(entry, index, demands));
  return newLockedSet('requirements', file, packages);
}

function parseEntries(file: string, read: ReadRequirementsFile): readonly RequirementsEntry[] {
  try {
    return parseRequirementsFile(file, read).entries;
  } catch (error) {
    if (!(error instanceof RequirementsFileError)) throw error;
    const { file: where, line, column } = error.place;
    const reason = error.message.slice(`${where}:${line}:${column}: `.length);
    throw new LockFormatError(where, `line ${line}, column ${column}`, reason);
  }
}

function readEntry(
  entry: RequirementsEntry,
  index: string | null,
  demands: ReadonlyMap<string, readonly Demand[]>,
): readonly LockedPackage[] {
  switch (entry.kind) {
    case 'requirement': {
      const name = normalizeName(entry.requirement.name);
      const hashes = entry.hashes.map(({ algorithm, digest }) => `${algorithm}:${digest}`).sort(compareText);
      return [{ ...fromRequirement(entry.requirement, index, hashes), demands: demands.get(name) ?? [] }];
    }
    case 'location':
    case 'editable': {
      if (entry.kind === 'location' && entry.constraint) return [];
      const { name, source } = sourceOfLocation(entry.location, entry.kind === 'editable');
      return name === null ? [] : [newLockedPackage(name, null, { source })];
    }
    case 'constraint':
    case 'option':
      return [];
    default:
      return entry satisfies never;
  }
}

function fromRequirement(
  requirement: Requirement,
  index: string | null,
  hashes: readonly string[],
): LockedPackage {
  const { name, specifier, url } = requirement;
  const [pin, ...others] = specifier.specifiers;
  const isPinned =
    pin !== undefined &&
    others.length === 0 &&
    /^(==|===)$/.test(pin.operator) &&
    !specifier.text.endsWith('.*');
  return newLockedPackage(name, isPinned ? specifier.text.replace(/^={2,3}\s*/, '') : null, {
    marker: markerText(requirement.marker),
    extras: requirement.extras.map(normalizeName).sort(compareText),
    source: url === null ? { kind: 'index', index } : sourceOfLocation(url, false).source,
    hashes,
  });
}

function markerText(marker: Marker | null): string | null {
  return marker === null ? null : formatMarker(marker);
}

/** The index that all packages come from, where the file names just one. */
function onlyIndex(entries: readonly RequirementsEntry[]): string | null {
  const options = entries.filter((entry) => entry.kind === 'option');
  if (options.some(({ name }) => name === 'extra-index-url' || name === 'find-links')) return null;
  const url = options.findLast(({ name }) => name === 'index-url')?.value ?? null;
  return url === null ? null : withoutCredentials(url);
}

function demandsByName(text: string): ReadonlyMap<string, readonly Demand[]> {
  return new Map(
    pinBlocks(text).blocks.flatMap(({ name, via }) => {
      if (name === null) return [];
      return [[normalizeName(name), viaReasons(via).map((reason) => viaDemand(reason, name))] as const];
    }),
  );
}

/** `-r FILE`, `-c FILE`, `project (pyproject.toml)` and the like are the user's; a bare name is a package. */
function viaDemand(reason: string, name: string): Demand {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*(\[[^\]]*\])?$/.test(reason) && !/\.(txt|in|toml|py|cfg)$/.test(reason)) {
    return { from: normalizeName(reason.replace(/\[.*$/, '')), text: name, origin: null };
  }
  const source = reason === 'the command line' ? 'argument' : reason.replace(/^-[rc]\s+/, '');
  return { from: null, text: name, origin: { source, line: null, column: null } };
}
