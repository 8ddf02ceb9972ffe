import { hash } from 'node:crypto';
import { isPrerelease } from '@pyplan/markers';
import type { IndexFile, MaybePromise, PackageSource, ProjectPage } from '@pyplan/resolver';
import type { Foresight } from './foresight.ts';

/**
 * A source that was asked already for pages with which the search will begin, so that the requests are on their way
 * while the search is loaded. Whoever wants such a page first gets that answer, or its failure. Of what the search
 * waits for `foresight` hears.
 */
export async function askedAhead(
  source: PackageSource,
  names: readonly string[],
  signal: AbortSignal,
  foresight: Foresight,
): Promise<PackageSource> {
  const asked = new Map<string, MaybePromise<ProjectPage | null>>();
  for (const name of names) {
    try {
      asked.set(name, source.page(name, signal));
      foresight.want(name);
    } catch {
      // What fails at once fails again when it is wanted.
    }
  }
  const underWay = [...asked.values()].filter((page) => page instanceof Promise);
  for (const page of underWay) page.catch(() => undefined);
  if (underWay.length > 0) {
    // A turn in which connections open and requests leave. Then what every answer is checked with is loaded.
    await new Promise<void>((resolve) => setImmediate(resolve));
    await foresight.begin();
    hash('sha256', '');
  }
  return {
    ...source,
    page: (name, given) => {
      const page = asked.get(name) ?? source.page(name, given);
      asked.delete(name);
      foresight.want(name);
      if (page instanceof Promise) void foresight.begin();
      return page;
    },
    metadata: (page, file, given) => {
      const metadata = source.metadata(page, file, given);
      if (metadata instanceof Promise) foresight.see(page.name, isOfNewest(page, file));
      return metadata;
    },
  };
}

/** Whether a file is of the newest stable version, or of one that comes after it. */
function isOfNewest(page: ProjectPage, file: IndexFile): boolean {
  for (let rank = page.versions.length - 1; rank >= 0; rank--) {
    if (page.filesOf(rank).includes(file)) return true;
    const version = page.versions[rank];
    if (version !== undefined && !isPrerelease(version)) return false;
  }
  return false;
}
