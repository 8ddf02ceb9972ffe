import type { PackageSource, ProjectPage } from '@pyplan/resolver';
import { type IndexFacts, listFiles } from './index-facts.ts';

/** The facts of a source that answers at once, such as one in memory. */
export function memoryFacts(source: PackageSource): IndexFacts {
  const page = (name: string): ProjectPage | null => {
    const found = source.page(name);
    if (found instanceof Promise) throw new Error('a source in memory answers at once');
    return found;
  };
  return {
    files(name) {
      const found = page(name);
      return found === null
        ? null
        : listFiles(
            name,
            found.versions.flatMap((_, index) => found.filesOf(index)),
          );
    },
    metadata(name, filename) {
      const found = page(name);
      const file = found?.versions
        .flatMap((_, index) => found.filesOf(index))
        .find((one) => one.filename === filename);
      if (found === null || file === undefined) return null;
      const answer = source.metadata(found, file);
      return !(answer instanceof Promise) && answer.kind === 'metadata' ? answer.metadata : null;
    },
  };
}
