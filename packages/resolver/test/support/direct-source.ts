import {
  type MemoryVersion,
  type MemoryWorld,
  memorySource,
  type PackageSource,
  type ProjectPage,
} from '../../src/index.ts';

/** A wheel or an sdist at a URL, by the URL. */
export type DirectWorld = Readonly<
  Record<string, { readonly version: string; readonly facts?: MemoryVersion }>
>;

/** A source over a world in memory that also follows direct references. */
export function directSource(world: MemoryWorld, urls: DirectWorld): PackageSource {
  const index = memorySource(world);
  const owners = new Map<ProjectPage, PackageSource>();
  return {
    page: index.page,
    metadata: (page, file) => (owners.get(page) ?? index).metadata(page, file),
    direct: (name, url) => {
      const found = urls[url];
      if (found === undefined) throw new Error(`nothing at ${url}`);
      const owner = memorySource({ [name]: { [found.version]: found.facts ?? {} } });
      const page = owner.page(name);
      if (page === null || page instanceof Promise) throw new Error(`no page for ${url}`);
      owners.set(page, owner);
      return page;
    },
  };
}
