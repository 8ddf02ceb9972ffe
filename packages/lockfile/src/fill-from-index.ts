import { compareVersions, tryParseVersion } from '@pyplan/markers';
import type { IndexFile, PackageSource } from '@pyplan/resolver';
import { lockedFile } from './from-plans.ts';
import { compareFiles, type LockedFile, type LockedPackage, type LockedSet } from './locked-set.ts';

/**
 * A lock of a format that does not say where its files are (poetry, pdm, pipenv, requirements.txt) with what the index
 * says of them: URLs, sizes, times of upload. It takes that to convert such a lock to `pylock.toml`.
 *
 * The lock's hashes stay as they are. Where it has hashes without names, the files with those hashes are taken; where
 * it has neither, all files of the version. What the index does not have stays unknown.
 *
 * @throws SourceError where the index can't be reached
 */
export async function fillFromIndex(
  lock: LockedSet,
  source: PackageSource,
  signal?: AbortSignal,
): Promise<LockedSet> {
  const packages = await Promise.all(lock.packages.map((item) => fillPackage(item, source, signal)));
  return { ...lock, packages };
}

async function fillPackage(
  item: LockedPackage,
  source: PackageSource,
  signal: AbortSignal | undefined,
): Promise<LockedPackage> {
  const version = tryParseVersion(item.version ?? '');
  const isWhole = item.files.length > 0 && item.files.every((file) => file.location !== null);
  if (item.source.kind !== 'index' || version === null || isWhole) return item;
  const page = await source.page(item.name, signal);
  const index =
    page === null ? -1 : page.versions.findIndex((other) => compareVersions(other, version) === 0);
  if (page === null || index === -1) return item;
  const served = page.filesOf(index);
  const files =
    item.files.length > 0 ? item.files.map((file) => fillFile(file, served)) : chosenFiles(item, served);
  return {
    ...item,
    source: { kind: 'index', index: item.source.index ?? page.index },
    files: [...files].sort(compareFiles),
    hashes: files.length > 0 ? [] : item.hashes,
  };
}

function fillFile(file: LockedFile, served: readonly IndexFile[]): LockedFile {
  const now = served.find((other) => other.filename === file.filename);
  if (now === undefined) return file;
  const { location, size, uploadTime, yanked, hashes } = lockedFile(now);
  return {
    ...file,
    location: file.location ?? location,
    size: file.size ?? size,
    uploadTime: file.uploadTime ?? uploadTime,
    yanked: file.yanked ?? yanked,
    hashes: Object.keys(file.hashes).length > 0 ? file.hashes : hashes,
  };
}

function chosenFiles(item: LockedPackage, served: readonly IndexFile[]): readonly LockedFile[] {
  const known = new Set(item.hashes);
  const files = served.filter((file) => {
    if (!/\.(whl|tar\.gz|zip)$/.test(file.filename)) return false;
    return known.size === 0 || Object.entries(file.hashes).some((pair) => known.has(pair.join(':')));
  });
  const sdist = files.find((file) => !file.filename.endsWith('.whl'));
  return files.filter((file) => file.filename.endsWith('.whl') || file === sdist).map(lockedFile);
}
