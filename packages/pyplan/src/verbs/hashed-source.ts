import type { IndexFile, PackageSource, ProjectPage } from '@pyplan/resolver';
import type { HashedLine } from '../input/requirements/requirements-file.ts';

/** A source limited to the files whose hashes the user allows. */
export interface HashedSource extends PackageSource {
  /** File names that were passed over, by the normalised name of their project. */
  passedOver(name: string): readonly string[];
}

/**
 * Limits `inner` to files that every line with hashes for their package allows, as pip does
 * (`--hash`). Packages without such a line are not limited.
 */
export function hashedSource(inner: PackageSource, lines: readonly HashedLine[]): HashedSource {
  const originals = new WeakMap<ProjectPage, ProjectPage>();
  const passed = new Map<string, Set<string>>();
  const limit = (page: ProjectPage | null): ProjectPage | null => {
    const rules = page === null ? [] : lines.filter((line) => line.name === page.name);
    if (page === null || rules.length === 0) return page;
    const kept = new Map<number, readonly IndexFile[]>();
    const filesOf = (index: number): readonly IndexFile[] => {
      const known = kept.get(index);
      if (known !== undefined) return known;
      const { allowed = [], refused = [] } = Object.groupBy(page.filesOf(index), (file) =>
        rules.every((rule) => isAllowed(file, rule)) ? 'allowed' : 'refused',
      );
      passed.set(
        page.name,
        new Set([...(passed.get(page.name) ?? []), ...refused.map((file) => file.filename)]),
      );
      kept.set(index, allowed);
      return allowed;
    };
    const limited = { ...page, filesOf };
    originals.set(limited, page);
    return limited;
  };
  return {
    page: (name, signal) => {
      const page = inner.page(name, signal);
      return page instanceof Promise ? page.then(limit) : limit(page);
    },
    metadata: (page, file, signal) => inner.metadata(originals.get(page) ?? page, file, signal),
    direct: (name, url, signal) => inner.direct(name, url, signal),
    passedOver: (name) => [...(passed.get(name) ?? [])],
  };
}

function isAllowed(file: IndexFile, line: HashedLine): boolean {
  return Object.entries(file.hashes).some(([algorithm, hex]) => line.allowed.has(`${algorithm}:${hex}`));
}
