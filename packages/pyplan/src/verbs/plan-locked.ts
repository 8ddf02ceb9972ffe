import { type Pylock, type PylockFile, type SelectedPackage, selectFromPylock } from '@pyplan/lockfile';
import { normalizeName } from '@pyplan/markers';
import type { Demand, IndexFile, PackageSelection, Plan, PlannedPackage, Target } from '@pyplan/resolver';

/** How much of a lock is installed, and from where it was read. */
export interface LockedPlanOptions {
  /** The lock as the user named it. */
  readonly file: string;
  /** The directory that its paths count from, as a `file:` URL that ends in a slash. */
  readonly directory: string;
  readonly extras?: readonly string[];
  /** Default: the lock's default groups. */
  readonly dependencyGroups?: readonly string[];
  /** As in a resolution. Default: none. */
  readonly onlyBinary?: PackageSelection;
  readonly noBinary?: PackageSelection;
}

/**
 * What an installer takes from a `pylock.toml` on a target, as a plan (PEP 751, "Installation").
 *
 * A package without a version (a directory, a repository) has an empty one, and as the name of its file what it is.
 *
 * @throws LockSelectError where the lock can't be installed there, and for an extra or a group that it does not have.
 */
export function planLocked(lock: Pylock, target: Target, options: LockedPlanOptions): Plan {
  const { onlyBinary = new Set(), noBinary = new Set() } = options;
  const usable = lock.packages.map((item) =>
    isSelected(onlyBinary, item.name) ? { ...item, sdist: null } : item,
  );
  const selected = selectFromPylock(
    { ...lock, packages: usable },
    {
      environment: target.environment,
      tags: target.tags,
      extras: options.extras ?? [],
      ...(options.dependencyGroups === undefined ? {} : { dependencyGroups: options.dependencyGroups }),
      preferSdist: (name) => isSelected(noBinary, name),
    },
  );
  const demands = demandsOf(selected, options.file);
  return {
    target,
    packages: selected
      .map((each) => plannedPackage(each, demands.get(each.package.name) ?? [], options.directory))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function isSelected(selection: PackageSelection, name: string): boolean {
  return selection === 'all' || selection.has(name);
}

function plannedPackage(
  selected: SelectedPackage,
  demands: readonly Demand[],
  directory: string,
): PlannedPackage {
  const { package: item } = selected;
  return {
    name: item.name,
    version: item.version ?? '',
    file: chosenFile(selected, directory),
    extras: [],
    requires: neededNames(selected).map((name) => ({ text: name, name, extras: [] })),
    demands,
    requiresPython: item.requiresPython,
    index: item.index,
    pageDigest: null,
    metadataDigest: null,
  };
}

/** Where the lock has a graph, who needs each package; what nobody needs, the user asked for. */
function demandsOf(
  selected: readonly SelectedPackage[],
  file: string,
): ReadonlyMap<string, readonly Demand[]> {
  const edges = selected.flatMap((each) =>
    neededNames(each).map((name) => ({ name, from: each.package.name, text: name, origin: null })),
  );
  if (edges.length === 0) return new Map();
  const byName = Map.groupBy(edges, ({ name }) => name);
  const origin = { source: file, line: null, column: null };
  return new Map(
    selected.map(({ package: { name } }) => [name, byName.get(name) ?? [{ from: null, text: name, origin }]]),
  );
}

function neededNames({ package: { dependencies } }: SelectedPackage): readonly string[] {
  return dependencies.flatMap(({ name }) => (typeof name === 'string' ? [normalizeName(name)] : []));
}

function chosenFile({ source, package: item }: SelectedPackage, directory: string): IndexFile {
  switch (source.kind) {
    case 'wheel':
    case 'sdist':
      return indexFile(source.file, directory);
    case 'archive': {
      const url = absoluteUrl(source.archive, directory);
      const filename = decodeURIComponent(url.split(/[?#]/)[0]?.split('/').at(-1) ?? item.name);
      return indexFile({ ...source.archive, filename }, directory);
    }
    case 'directory':
      return indexFile(
        {
          ...unhashed,
          filename: `directory ${source.directory.path}`,
          url: null,
          path: source.directory.path,
        },
        directory,
      );
    case 'vcs': {
      const { type, commitId, url, path } = source.vcs;
      return indexFile({ ...unhashed, filename: `${type} ${commitId.slice(0, 12)}`, url, path }, directory);
    }
  }
}

const unhashed = { hashes: {}, size: null, uploadTime: null };

function indexFile(file: PylockFile, directory: string): IndexFile {
  return {
    filename: file.filename,
    url: absoluteUrl(file, directory),
    hashes: file.hashes,
    size: file.size,
    uploadTime: file.uploadTime,
    requiresPython: null,
    yanked: null,
    coreMetadata: false,
  };
}

/** The path counts before the URL, as installers have it. */
function absoluteUrl({ url, path }: Pick<PylockFile, 'url' | 'path'>, directory: string): string {
  if (path === null) return url ?? directory;
  return new URL(path.split('/').map(encodeURIComponent).join('/'), directory).href;
}
