import {
  type IndexFile,
  type MaybePromise,
  type PackageSource,
  type ProjectPage,
  projectPage,
  SourceError,
} from '@pyplan/resolver';
import type { IndexStrategy } from '../settings/index-settings.ts';
import { relatedPages } from '../simple/lazy-page.ts';
import { allThere, whenThere } from './maybe-promise.ts';

/** An index among several. */
export interface IndexEntry {
  readonly source: PackageSource;
  /** By which packages are pinned to it. */
  readonly name: string | null;
  /** Where its pages are, with a slash at the end; null where it has no address. */
  readonly url: string | null;
  /** Serves only what is pinned to it. */
  readonly explicit: boolean;
}

export interface SeveralIndexesOptions {
  /** In the order in which they are looked through. */
  readonly indexes: readonly IndexEntry[];
  /** Loose files: candidates for every package beside what the indexes have. Answers direct references. */
  readonly links: PackageSource;
  /**
   * `first-index`: a package is that of the first index that has it, and no later one is asked, so that
   * nobody can put another in its place. `unsafe-first-match`: versions of a later index where no version of an
   * earlier one will do. `unsafe-best-match`: versions of all indexes together.
   */
  readonly strategy: IndexStrategy;
  /** By normalised package name, the name of the index that alone may serve it. */
  readonly pins: ReadonlyMap<string, string>;
}

/**
 * One source over several. Where indexes say that they serve the same project (PEP 708), their files are
 * taken together under `first-index` too.
 *
 * @throws {SourceError} for a pin to an index that is not there.
 */
export function severalIndexes(options: SeveralIndexesOptions): PackageSource {
  const { links } = options;
  const byName = new Map(
    options.indexes.flatMap((entry) => (entry.name === null ? [] : [[entry.name, entry] as const])),
  );
  for (const [name, index] of options.pins) {
    if (!byName.has(index)) {
      throw new SourceError(`${name} is pinned to the index ${index}, which is not among the indexes`, {
        kind: 'refused',
        url: index,
      });
    }
  }
  /** Which source each file of a joined page came from, and on which of its pages. */
  const owners = new WeakMap<ProjectPage, ReadonlyMap<IndexFile, Part> | PackageSource>();
  const pages = new Map<string, ProjectPage | null>();

  function lookUp(name: string, signal: AbortSignal | undefined): MaybePromise<ProjectPage | null> {
    return whenThere(links.page(name, signal), (loose) =>
      whenThere(fromIndexes(name, signal), (parts) =>
        join(name, loose === null ? parts : [{ source: links, page: loose }, ...parts]),
      ),
    );
  }

  function fromIndexes(name: string, signal: AbortSignal | undefined): MaybePromise<readonly Part[]> {
    const pin = options.pins.get(name);
    const pinned = pin === undefined ? undefined : byName.get(pin);
    if (pinned !== undefined) return allParts([pinned], name, signal);
    const open = options.indexes.filter((entry) => !entry.explicit);
    return options.strategy === 'first-index' ? firstParts(open, name, signal) : allParts(open, name, signal);
  }

  function join(name: string, parts: readonly Part[]): ProjectPage | null {
    const [first, ...more] = parts;
    if (first === undefined) return null;
    if (more.length === 0) {
      owners.set(first.page, first.source);
      return first.page;
    }
    const origin = new Map<IndexFile, Part>();
    const seen = new Set<string>();
    const isTiered = options.strategy === 'unsafe-first-match';
    /** Of the indexes so far: a version is that of the first index that has it. */
    const versions = new Set<string>();
    for (const part of parts) {
      for (const file of filesOf(part.page, isTiered ? versions : noVersions)) {
        // The same file on a later index adds nothing.
        if (seen.has(file.filename)) continue;
        seen.add(file.filename);
        origin.set(file, part);
      }
      if (part.source !== links) for (const version of part.page.versions) versions.add(version.text);
    }
    const indexed = parts.find((part) => part.page.index !== null) ?? first;
    const joined = projectPage({
      name,
      files: [...origin.keys()],
      status: indexed.page.status,
      index: indexed.page.index,
      digest: indexed.page.digest,
    });
    const page = isTiered ? { ...joined, tiers: tiersOf(joined, origin, parts) } : joined;
    owners.set(page, origin);
    return page;
  }

  return {
    page: (name, signal): MaybePromise<ProjectPage | null> => {
      const known = pages.get(name);
      if (known !== undefined) return known;
      const keep = (page: ProjectPage | null): ProjectPage | null => {
        const there = pages.get(name);
        if (there !== undefined) return there;
        pages.set(name, page);
        return page;
      };
      return whenThere(lookUp(name, signal), keep);
    },
    metadata: (page, file, signal) => {
      const owner = owners.get(page);
      if (owner === undefined) return links.metadata(page, file, signal);
      if (!(owner instanceof Map)) return (owner as PackageSource).metadata(page, file, signal);
      const part: Part | undefined = owner.get(file);
      if (part === undefined) throw new Error(`${file.filename} is no file of the page of ${page.name}`);
      return part.source.metadata(part.page, file, signal);
    },
    direct: (name, url, signal) => links.direct(name, url, signal),
  };
}

interface Part {
  readonly source: PackageSource;
  readonly page: ProjectPage;
}

/** The pages that indexes have of a project. */
function allParts(
  entries: readonly IndexEntry[],
  name: string,
  signal: AbortSignal | undefined,
): MaybePromise<readonly Part[]> {
  const pages = entries.map(({ source }) => source.page(name, signal));
  return whenThere(allThere(pages), (there) =>
    entries.flatMap(({ source }, position) => {
      const page = there[position];
      return page === undefined || page === null ? [] : [{ source, page }];
    }),
  );
}

/** The page of the first index that has the project, and those that belong with it. */
function firstParts(
  entries: readonly IndexEntry[],
  name: string,
  signal: AbortSignal | undefined,
): MaybePromise<readonly Part[]> {
  const [entry, ...later] = entries;
  if (entry === undefined) return [];
  const { source } = entry;
  return whenThere(source.page(name, signal), (page) => {
    if (page === null) return firstParts(later, name, signal);
    const allies = allParts(alliesOf(page, name, later), name, signal);
    return whenThere(allies, (parts) => [{ source, page }, ...parts]);
  });
}

/** The later indexes of which this page says that they serve the same project (PEP 708). */
function alliesOf(page: ProjectPage, name: string, later: readonly IndexEntry[]): readonly IndexEntry[] {
  const related = relatedPages(page);
  return later.filter((entry) => entry.url !== null && related.includes(`${entry.url}${name}/`));
}

/** Versions by the index that has them first; loose files belong to the first index. */
function tiersOf(
  joined: ProjectPage,
  origin: ReadonlyMap<IndexFile, Part>,
  parts: readonly Part[],
): readonly (readonly number[])[] {
  const indexed = parts.filter(({ page }) => page.index !== null);
  const tiers = (indexed.length === 0 ? parts.slice(0, 1) : indexed).map((): number[] => []);
  joined.versions.forEach((_, rank) => {
    const places = joined.filesOf(rank).map((file) => {
      const part = origin.get(file);
      return part === undefined ? 0 : Math.max(0, indexed.indexOf(part));
    });
    const tier = tiers[Math.min(...places)];
    if (tier?.at(-1) === rank) tier[tier.length - 1] = rank + 1;
    else tier?.push(rank, rank + 1);
  });
  return tiers;
}

const noVersions: ReadonlySet<string> = new Set();

/** The files of a page but those of some versions. */
function filesOf(page: ProjectPage, except: ReadonlySet<string>): readonly IndexFile[] {
  return page.versions.flatMap((version, index) => (except.has(version.text) ? [] : page.filesOf(index)));
}
