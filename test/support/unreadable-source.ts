import type { PackageSource } from '@pyplan/resolver';

/** A source of which some versions, as `name-version`, have metadata that can't be read. */
export function unreadableSource(source: PackageSource, versions: readonly string[]): PackageSource {
  return {
    ...source,
    metadata: (page, file, signal) => {
      const isUnreadable = versions.some((version) => file.filename.startsWith(version));
      return isUnreadable
        ? { kind: 'unusable', reason: 'it can not be read' }
        : source.metadata(page, file, signal);
    },
  };
}
