import {
  evaluateMarker,
  type MarkerEnvironment,
  normalizeName,
  parseMarker,
  parseSpecifierSet,
  parseVersion,
  specifierSetContains,
  type Version,
} from '@pyplan/markers';
import { parseWheelFilename, type TagSet, wheelRank } from '@pyplan/wheel-meta';
import { conflictText } from '../apart/conflicts-table.ts';
import { LockSelectError } from '../errors.ts';
import { conflictsOf } from './from-pylock.ts';
import type {
  Pylock,
  PylockArchive,
  PylockDirectory,
  PylockFile,
  PylockPackage,
  PylockVcs,
} from './pylock.ts';

/** What to install for, and how much of the lock. */
export interface PylockSelection {
  readonly environment: MarkerEnvironment;
  readonly tags: TagSet;
  /** Extras of the project. Default: none. */
  readonly extras?: readonly string[];
  /** Dependency groups. Default: the lock's `default-groups`. */
  readonly dependencyGroups?: readonly string[];
  /** Packages of which the sdist is taken where there is one, by normalised name. Default: none. */
  readonly preferSdist?: (name: string) => boolean;
}

/** A package that would be installed, and from what. */
export interface SelectedPackage {
  readonly package: PylockPackage;
  readonly source:
    | { readonly kind: 'vcs'; readonly vcs: PylockVcs }
    | { readonly kind: 'directory'; readonly directory: PylockDirectory }
    | { readonly kind: 'archive'; readonly archive: PylockArchive }
    | { readonly kind: 'wheel' | 'sdist'; readonly file: PylockFile };
}

/**
 * What an installer would install from the lock, step by step as PEP 751, "Installation", has it.
 *
 * Among wheels of equal rank the one that the lock names first is taken, as by `packaging`.
 *
 * @throws LockSelectError where the specification demands an error, and for an extra or a group that the lock does
 * not have.
 */
export function selectFromPylock(lock: Pylock, selection: PylockSelection): readonly SelectedPackage[] {
  const { environment } = selection;
  const context = gatherParts(lock, selection);
  const python = pythonVersion(environment);
  checkPython(lock.requiresPython, python, 'requires-python', 'the lock');
  checkEnvironments(lock, environment);
  const chosen = new Map<string, { position: number; item: PylockPackage }>();
  for (const [position, item] of lock.packages.entries()) {
    if (item.marker !== null && !evaluateMarker(parseMarker(item.marker), environment, null, context))
      continue;
    const place = `${item.name} (packages[${position}])`;
    checkPython(item.requiresPython, python, 'package-requires-python', place);
    const other = chosen.get(item.name);
    if (other !== undefined) {
      const places = `packages[${other.position}] and packages[${position}]`;
      throw new LockSelectError('ambiguous-package', `${item.name} would be installed twice: by ${places}`);
    }
    chosen.set(item.name, { position, item });
  }
  return [...chosen.values()].map(({ item }) => ({ package: item, source: chooseSource(item, selection) }));
}

/** The extras and groups asked for, each known to the lock. */
function gatherParts(
  lock: Pylock,
  selection: PylockSelection,
): { readonly extras: readonly string[]; readonly dependency_groups: readonly string[] } {
  const extras = selection.extras ?? [];
  const groups = selection.dependencyGroups ?? lock.defaultGroups;
  const unknownExtra = extras.find((name) => !hasName(lock.extras, name));
  if (unknownExtra !== undefined) {
    throw new LockSelectError('unknown-extra', unknown('extra', unknownExtra, lock.extras));
  }
  const known = [...lock.dependencyGroups, ...lock.defaultGroups];
  const unknownGroup = groups.find((name) => !hasName(known, name));
  if (unknownGroup !== undefined) {
    throw new LockSelectError(
      'unknown-group',
      unknown('dependency group', unknownGroup, lock.dependencyGroups),
    );
  }
  const chosen = { extras: extras.map(normalizeName), groups: groups.map(normalizeName) };
  const conflict = conflictText(conflictsOf(lock), chosen);
  if (conflict !== null) {
    throw new LockSelectError('conflicting-parts', `${conflict}: install one of them at a time`);
  }
  return { extras, dependency_groups: groups };
}

function unknown(what: string, name: string, known: readonly string[]): string {
  const list = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
  return `the lock has no ${what} ${JSON.stringify(name)}: ${list}`;
}

function hasName(names: readonly string[], name: string): boolean {
  return names.some((known) => normalizeName(known) === normalizeName(name));
}

/** A Python built from an untagged source says `3.14.0+`, which is no version. */
function pythonVersion(environment: MarkerEnvironment): Version {
  const text = environment.python_full_version;
  return parseVersion(text.endsWith('+') ? `${text}local` : text);
}

function checkPython(
  requires: string | null,
  python: Version,
  kind: 'requires-python' | 'package-requires-python',
  who: string,
): void {
  if (requires === null || specifierSetContains(parseSpecifierSet(requires), python)) return;
  throw new LockSelectError(kind, `${who} requires Python ${requires}, and this is ${python.text}`);
}

function checkEnvironments(lock: Pylock, environment: MarkerEnvironment): void {
  if (lock.environments.length === 0) return;
  if (lock.environments.some((marker) => evaluateMarker(parseMarker(marker), environment))) return;
  const { python_full_version: python, sys_platform: platform, platform_machine: machine } = environment;
  throw new LockSelectError(
    'environments',
    `Python ${python} on ${platform} ${machine} is none of the environments that the lock is for: ` +
      lock.environments.join('; '),
  );
}

function chooseSource(item: PylockPackage, selection: PylockSelection): SelectedPackage['source'] {
  if (item.vcs !== null) return { kind: 'vcs', vcs: item.vcs };
  if (item.directory !== null) return { kind: 'directory', directory: item.directory };
  if (item.archive !== null) return { kind: 'archive', archive: item.archive };
  if (item.sdist !== null && selection.preferSdist?.(item.name)) return { kind: 'sdist', file: item.sdist };
  const wheel = bestFile(item.wheels, selection.tags);
  if (wheel !== null) return { kind: 'wheel', file: wheel };
  if (item.sdist !== null) return { kind: 'sdist', file: item.sdist };
  throw new LockSelectError(
    'no-fitting-file',
    `${item.name}${item.version === null ? '' : ` ${item.version}`}: no wheel of the lock fits, and there is no sdist`,
  );
}

function bestFile(wheels: readonly PylockFile[], tags: TagSet): PylockFile | null {
  let best: PylockFile | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const wheel of wheels) {
    const rank = wheelRank(tags, parseWheelFilename(wheel.filename));
    if (rank >= 0 && rank < bestRank) [best, bestRank] = [wheel, rank];
  }
  return best;
}
