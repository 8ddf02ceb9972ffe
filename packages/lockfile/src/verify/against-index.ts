import { compareVersions, tryParseVersion } from '@pyplan/markers';
import type { IndexFile, PackageSource, ProjectPage } from '@pyplan/resolver';
import type { LockedFile, LockedPackage, LockedSet } from '../locked-set.ts';
import { type Finding, finding, label } from './finding.ts';

/**
 * What the index says today against what the lock says of it: projects, versions and files that are gone, hashes
 * that changed, what was yanked, quarantined, archived or deprecated. One page is asked for each project.
 *
 * @throws SourceError where the index can't be reached
 */
export async function againstIndex(
  lock: LockedSet,
  source: PackageSource,
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const indexed = lock.packages.filter((item) => item.source.kind === 'index');
  const groups = [...Map.groupBy(indexed, ({ name }) => name)];
  const found = await Promise.all(
    groups.map(async ([name, items]) => {
      const page = await source.page(name, signal);
      if (page === null) {
        return items.map((item) =>
          finding('project-gone', item, `the index has no project ${name} any more`),
        );
      }
      return [...checkStatus(page), ...items.flatMap((item) => checkVersion(page, item))];
    }),
  );
  return found.flat();
}

function checkStatus({ name, status }: ProjectPage): readonly Finding[] {
  const project = { name, version: null };
  const reason = status.reason === null ? '' : `: ${status.reason}`;
  switch (status.kind) {
    case 'active':
      return [];
    case 'quarantined':
      return [finding('quarantined', project, `${name} is quarantined${reason}; do not install it`)];
    case 'archived':
    case 'deprecated':
      return [finding(status.kind, project, `${name} is ${status.kind}${reason}`)];
    default:
      return status.kind satisfies never;
  }
}

function checkVersion(page: ProjectPage, item: LockedPackage): readonly Finding[] {
  const version = tryParseVersion(item.version ?? '');
  if (version === null) return [];
  const index = page.versions.findIndex((other) => compareVersions(other, version) === 0);
  if (index === -1) return [finding('version-gone', item, `the index has no ${label(item)} any more`)];
  const served = page.filesOf(index);
  const files = item.files.flatMap((file) => checkFile(item, file, served));
  return [...files, ...checkHashesOnly(item, served), ...checkYanked(item, served)];
}

function checkFile(item: LockedPackage, file: LockedFile, served: readonly IndexFile[]): readonly Finding[] {
  const now = served.find((other) => other.filename === file.filename);
  if (now === undefined) {
    return [finding('file-gone', item, `${label(item)}: the index has no ${file.filename} any more`)];
  }
  return Object.entries(file.hashes).flatMap(([algorithm, hex]) => {
    const other = now.hashes[algorithm];
    if (other === undefined || other.toLowerCase() === hex.toLowerCase()) return [];
    const message = `${label(item)}: the ${algorithm} of ${file.filename} is ${other} on the index, and ${hex} in the lock`;
    return [finding('hash-changed', item, message)];
  });
}

/** A lock that has hashes without file names: one of them at least must be on the page. */
function checkHashesOnly(item: LockedPackage, served: readonly IndexFile[]): readonly Finding[] {
  if (item.hashes.length === 0) return [];
  const known = served.flatMap((file) => Object.entries(file.hashes).map((pair) => pair.join(':')));
  const algorithms = new Set(known.map((hash) => hash.slice(0, hash.indexOf(':'))));
  const comparable = item.hashes.filter((hash) => algorithms.has(hash.slice(0, hash.indexOf(':'))));
  if (comparable.length === 0 || comparable.some((hash) => known.includes(hash))) return [];
  return [finding('hash-changed', item, `${label(item)}: no file of the index has a hash that the lock has`)];
}

function checkYanked(item: LockedPackage, served: readonly IndexFile[]): readonly Finding[] {
  const names = new Set(item.files.map((file) => file.filename));
  const locked = served.filter((file) => names.size === 0 || names.has(file.filename));
  const [first] = locked;
  if (first === undefined || locked.some((file) => file.yanked === null)) return [];
  const reason = first.yanked === '' || first.yanked === null ? '' : `: ${first.yanked}`;
  return [finding('yanked', item, `${label(item)} is yanked${reason}`)];
}
