import { compareVersions, type SpecifierSet, specifierSetContains, type Version } from '@pyplan/markers';
import type { IndexFile, PackageSource, ProjectPage, ProjectStatus } from '@pyplan/resolver';

/** What an index has of a project. */
export interface ProjectInfo {
  /** Normalised. */
  readonly name: string;
  readonly status: ProjectStatus;
  readonly index: string | null;
  /** Newest first. */
  readonly releases: readonly ReleaseInfo[];
  /** Of the newest release that is neither a pre-release nor yanked, as its wheel has it; null where no file tells. */
  readonly latest: {
    readonly version: string;
    readonly requires: readonly string[];
    readonly extras: readonly string[];
  } | null;
}

export interface ReleaseInfo {
  readonly version: string;
  readonly files: readonly IndexFile[];
  /** ISO 8601, the first of its files; null where the index does not tell. */
  readonly uploadTime: string | null;
  /** As the files have it, null where they have none or differ. */
  readonly requiresPython: string | null;
  /** Null: not yanked. Otherwise the reason. */
  readonly yanked: string | null;
}

/**
 * Looks a project up, `specifier` limiting its releases. Null where the index has no such project.
 *
 * @throws SourceError where the index fails.
 */
export async function projectInfo(
  source: PackageSource,
  name: string,
  specifier: SpecifierSet,
  signal?: AbortSignal,
): Promise<ProjectInfo | null> {
  const page = await source.page(name, signal);
  if (page === null) return null;
  const limited = specifier.specifiers.length > 0;
  const chosen = page.versions
    .map((version, index) => ({ version, index }))
    .filter(({ version }) => !limited || specifierSetContains(specifier, version, { prereleases: true }))
    .toSorted((a, b) => compareVersions(b.version, a.version));
  return {
    name: page.name,
    status: page.status,
    index: page.index,
    releases: chosen.map(({ version, index }) => releaseInfo(version, page.filesOf(index))),
    latest: await latestOf(source, page, chosen, signal),
  };
}

function releaseInfo(version: Version, files: readonly IndexFile[]): ReleaseInfo {
  const times = files.flatMap((file) => file.uploadTime ?? []).toSorted();
  const pythons = new Set(files.map((file) => file.requiresPython));
  const [python = null] = pythons;
  const isYanked = files.every((file) => file.yanked !== null);
  return {
    version: version.text,
    files,
    uploadTime: times[0] ?? null,
    requiresPython: pythons.size === 1 ? python : null,
    yanked: isYanked ? (files[0]?.yanked ?? null) : null,
  };
}

async function latestOf(
  source: PackageSource,
  page: ProjectPage,
  newestFirst: readonly { readonly version: Version; readonly index: number }[],
  signal: AbortSignal | undefined,
): Promise<ProjectInfo['latest']> {
  const usable = newestFirst.filter(({ index }) => page.filesOf(index).some((file) => file.yanked === null));
  const latest = usable.find(({ version }) => version.pre === null && version.dev === null) ?? usable[0];
  if (latest === undefined) return null;
  const files = page.filesOf(latest.index);
  const told = files.find((file) => file.filename.endsWith('.whl')) ?? files[0];
  if (told === undefined) return null;
  const answer = await source.metadata(page, told, signal);
  if (answer.kind !== 'metadata') return null;
  const { requiresDist, providesExtra } = answer.metadata;
  return { version: latest.version.text, requires: requiresDist, extras: providesExtra };
}
