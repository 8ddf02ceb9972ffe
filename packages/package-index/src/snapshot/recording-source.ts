import type { IndexFile, PackageSource, ProjectPage } from '@pyplan/resolver';

/** What was asked of a source. */
export interface Recording {
  readonly source: PackageSource;
  /** Pages that were given, by name. */
  readonly pages: ReadonlyMap<string, ProjectPage>;
  /** Files whose metadata was asked for, by project. */
  readonly consulted: ReadonlyMap<string, ReadonlySet<IndexFile>>;
}

/** Passes everything on to a source, and remembers what was asked for. */
export function recordingSource(inner: PackageSource): Recording {
  const pages = new Map<string, ProjectPage>();
  const consulted = new Map<string, Set<IndexFile>>();
  const note = (page: ProjectPage | null): ProjectPage | null => {
    if (page !== null) pages.set(page.name, page);
    return page;
  };
  return {
    pages,
    consulted,
    source: {
      page: (name, signal) => {
        const page = inner.page(name, signal);
        return page instanceof Promise ? page.then(note) : note(page);
      },
      metadata: (page, file, signal) => {
        if (pages.get(page.name) === page) {
          const files = consulted.get(page.name) ?? new Set();
          consulted.set(page.name, files.add(file));
        }
        return inner.metadata(page, file, signal);
      },
      direct: (name, url, signal) => inner.direct(name, url, signal),
    },
  };
}
