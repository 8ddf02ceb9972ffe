import { compareVersions, type Version } from '@pyplan/markers';
import { tryParseDistributionFilename } from '@pyplan/wheel-meta';
import type { IndexFile, PassedOverFile, ProjectPage, ProjectStatus } from './package-source.ts';

/** What a source knows of a project before it is grouped by version. */
export interface ProjectPageInput {
  /** Normalised. */
  readonly name: string;
  readonly files: readonly IndexFile[];
  readonly status?: ProjectStatus;
  readonly index?: string | null;
  readonly digest?: string | null;
}

interface VersionGroup {
  readonly version: Version;
  readonly files: IndexFile[];
}

/**
 * Groups the files of a page by version, equal versions (`1.0`, `1.0.0`) together.
 *
 * Files that are no wheel or sdist of the project are passed over with a reason.
 */
export function projectPage(input: ProjectPageInput): ProjectPage {
  const groups = new Map<string, VersionGroup>();
  const passedOver: PassedOverFile[] = [];
  for (const file of input.files) {
    const parsed = tryParseDistributionFilename(file.filename, input.name);
    if (parsed.kind === 'other') {
      passedOver.push({ filename: file.filename, reason: parsed.reason });
      continue;
    }
    const group = groups.get(parsed.version.text);
    if (group === undefined) groups.set(parsed.version.text, { version: parsed.version, files: [file] });
    else group.files.push(file);
  }
  const merged = mergeEqual([...groups.values()].sort((a, b) => compareVersions(a.version, b.version)));
  return {
    name: input.name,
    versions: merged.map((group) => group.version),
    filesOf: (index) => merged[index]?.files ?? [],
    passedOver,
    status: input.status ?? { kind: 'active', reason: null },
    index: input.index ?? null,
    digest: input.digest ?? null,
  };
}

/** Joins neighbours that differ in text only, under the longest spelling. */
function mergeEqual(sorted: readonly VersionGroup[]): readonly VersionGroup[] {
  const merged: VersionGroup[] = [];
  for (const group of sorted) {
    const last = merged.at(-1);
    if (last === undefined || compareVersions(last.version, group.version) !== 0) {
      merged.push(group);
    } else {
      const version = group.version.text.length > last.version.text.length ? group.version : last.version;
      merged[merged.length - 1] = { version, files: [...last.files, ...group.files] };
    }
  }
  return merged;
}
