import type { Finding } from '@pyplan/lockfile';
import { type PackageSource, SourceError } from '@pyplan/resolver';

/** A source of which only what the cache holds counts. */
export interface OfflineCheck {
  readonly source: PackageSource;
  /** Projects of which the cache knows nothing, sorted. */
  unknown(): readonly string[];
  /** The findings that rest on something known. */
  known(findings: readonly Finding[]): readonly Finding[];
}

/** A source for `verify --offline`: a project that is not in the cache is left unchecked, not an error. */
export function offlineCheck(inner: PackageSource): OfflineCheck {
  const unknown = new Set<string>();
  const source: PackageSource = {
    ...inner,
    page: async (name, signal) => {
      try {
        return await inner.page(name, signal);
      } catch (error) {
        if (!(error instanceof SourceError) || error.kind !== 'offline') throw error;
        unknown.add(name);
        return null;
      }
    },
  };
  return {
    source,
    unknown: () => [...unknown].toSorted(),
    known: (findings) =>
      findings.filter(({ rule, package: name }) => rule !== 'project-gone' || !unknown.has(name ?? '')),
  };
}
