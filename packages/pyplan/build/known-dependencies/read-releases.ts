import { isPrerelease } from '@pyplan/markers';
import type { IndexFile, PackageSource, ProjectPage } from '@pyplan/resolver';
import type { ReleaseMetadata } from './always-required.ts';

/** Which releases count. */
export interface ReleaseChoice {
  /** So many of the newest. */
  readonly newest: number;
  /** Files of which the index says that they were uploaded later do not count; ms since the epoch. */
  readonly before: number;
}

/**
 * What the newest stable releases of a project say, newest first: those with a wheel that is not yanked. Null where the
 * index has no such project, or none such of it.
 */
export async function readReleases(
  source: PackageSource,
  name: string,
  choice: ReleaseChoice,
): Promise<readonly ReleaseMetadata[] | null> {
  const page = await source.page(name);
  const wheels = page === null ? [] : newestWheels(page, choice);
  if (page === null || wheels.length === 0) return null;
  const answers = await Promise.all(wheels.map((wheel) => source.metadata(page, wheel)));
  return answers.map((answer) =>
    answer.kind === 'metadata' ? answer.metadata : { requiresDist: [], providesExtra: [] },
  );
}

function newestWheels(page: ProjectPage, { newest, before }: ReleaseChoice): readonly IndexFile[] {
  const wheels: IndexFile[] = [];
  for (let rank = page.versions.length - 1; rank >= 0 && wheels.length < newest; rank--) {
    const version = page.versions[rank];
    if (version === undefined || isPrerelease(version)) continue;
    const wheel = page
      .filesOf(rank)
      .find(
        ({ filename, yanked, uploadTime }) =>
          filename.endsWith('.whl') &&
          yanked === null &&
          (uploadTime === null || Date.parse(uploadTime) < before),
      );
    if (wheel !== undefined) wheels.push(wheel);
  }
  return wheels;
}
