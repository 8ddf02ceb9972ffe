import { hash } from 'node:crypto';
import { normalizeName } from '@pyplan/markers';
import type { MaybePromise, PackageSource, ProjectPage } from '@pyplan/resolver';
import type { Inputs } from '../../input/read-inputs.ts';

/**
 * A source that was asked already for pages with which the search will begin, so that the requests are on their way
 * while the search is loaded. Whoever wants such a page first gets that answer, or its failure.
 */
export async function askedAhead(
  source: PackageSource,
  names: readonly string[],
  signal: AbortSignal,
): Promise<PackageSource> {
  const asked = new Map<string, MaybePromise<ProjectPage | null>>();
  for (const name of names) {
    try {
      asked.set(name, source.page(name, signal));
    } catch {
      // What fails at once fails again when it is wanted.
    }
  }
  const underWay = [...asked.values()].filter((page) => page instanceof Promise);
  if (underWay.length === 0) return source;
  for (const page of underWay) page.catch(() => undefined);
  // A turn in which connections open and requests leave. Then what every answer is checked with is loaded.
  await new Promise<void>((resolve) => setImmediate(resolve));
  hash('sha256', '');
  return {
    ...source,
    page: (name, given) => {
      const page = asked.get(name) ?? source.page(name, given);
      asked.delete(name);
      return page;
    },
  };
}

/** Normalised names of the packages of which every search needs the page: asked for whatever the target. */
export function surelyWanted(inputs: Inputs): readonly string[] {
  const elsewhere = [...inputs.constraints, ...inputs.overrides, ...inputs.requirements].filter(
    ({ requirement }) => requirement.url !== null,
  );
  const apart = new Set([
    ...inputs.excludes,
    ...[...elsewhere, ...inputs.overrides].map(({ requirement }) => normalizeName(requirement.name)),
  ]);
  const names = inputs.requirements
    .filter(({ requirement }) => requirement.marker === null)
    .map(({ requirement }) => normalizeName(requirement.name));
  return [...new Set(names)].filter((name) => !apart.has(name));
}
