import { hash } from 'node:crypto';
import type { PackageSource } from '@pyplan/resolver';

/** All that a source says of projects, as one digest: pages, files and the metadata of each file. */
export async function visitAll(source: PackageSource, names: readonly string[]): Promise<string> {
  const seen = await Promise.all(
    names.map(async (name) => {
      const page = await source.page(name);
      if (page === null) return [name, null];
      const files = page.versions.flatMap((_, index) => page.filesOf(index));
      const answers = await Promise.all(files.map((file) => source.metadata(page, file)));
      return [name, page.digest, page.versions.map((version) => version.text), files, answers];
    }),
  );
  return hash('sha256', JSON.stringify(seen));
}
