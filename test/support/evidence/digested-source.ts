import { createHash } from 'node:crypto';
import type { IndexFile, PackageSource, ProjectPage } from '@pyplan/resolver';

const sha256 = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** A source in memory whose pages, files and metadata have digests, as those of an index do. */
export function digestedSource(inner: PackageSource): PackageSource {
  const pages = new Map<string, ProjectPage | null>();
  return {
    page(name) {
      const known = pages.get(name);
      if (known !== undefined) return known;
      const page = inner.page(name);
      if (page instanceof Promise) throw new Error('a source in memory answers at once');
      const digested = page === null ? null : withDigests(page);
      pages.set(name, digested);
      return digested;
    },
    metadata(page, file) {
      const answer = inner.metadata(page, file);
      if (answer instanceof Promise || answer.kind !== 'metadata') return answer;
      const { metadata } = answer;
      return { kind: 'metadata', metadata: { ...metadata, digest: sha256([file.filename, metadata]) } };
    },
    direct: (name, url) => inner.direct(name, url),
  };
}

function withDigests(page: ProjectPage): ProjectPage {
  const files = page.versions.map((_, index): readonly IndexFile[] =>
    page.filesOf(index).map((file) => ({ ...file, hashes: { sha256: sha256(file) }, size: 1000 + index })),
  );
  return { ...page, filesOf: (index) => files[index] ?? [], digest: sha256(files) };
}
