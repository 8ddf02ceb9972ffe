import type { IndexFile, ProjectPage } from '@pyplan/resolver';
import { type TagSet, tryParseDistributionFilename, wheelRank } from '@pyplan/wheel-meta';

export interface Selection {
  /** Tags of the targets; wheels for others are left out. */
  readonly tags: readonly TagSet[];
  /** Files that must be there: those of the plans, and those whose metadata decided. */
  readonly needed: ReadonlySet<IndexFile>;
  /** Versions kept on either side of one that is needed. */
  readonly neighbours: number;
  readonly allVersions: boolean;
}

/**
 * The files of a page that a snapshot keeps, by version and then by name: of each version that is needed or
 * beside one that is, the wheels that fit a target, and the sdists whose metadata decided something.
 */
export function selectFiles(page: ProjectPage, selection: Selection): readonly IndexFile[] {
  const kept: IndexFile[] = [];
  for (const version of versionsToKeep(page, selection)) {
    const files = page
      .filesOf(version)
      .filter((file) => selection.needed.has(file) || fits(page.name, file, selection.tags));
    kept.push(...[...files].sort((a, b) => (a.filename < b.filename ? -1 : a.filename > b.filename ? 1 : 0)));
  }
  return kept;
}

function versionsToKeep(page: ProjectPage, selection: Selection): readonly number[] {
  const all = page.versions.map((_, index) => index);
  if (selection.allVersions) return all;
  const kept = new Set<number>();
  for (const index of all) {
    if (!page.filesOf(index).some((file) => selection.needed.has(file))) continue;
    for (let near = index - selection.neighbours; near <= index + selection.neighbours; near++)
      kept.add(near);
  }
  return all.filter((index) => kept.has(index));
}

function fits(project: string, file: IndexFile, tags: readonly TagSet[]): boolean {
  const parsed = tryParseDistributionFilename(file.filename, project);
  return parsed.kind === 'wheel' && tags.some((set) => wheelRank(set, parsed) >= 0);
}
