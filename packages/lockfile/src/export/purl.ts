import type { LockedPackage } from '../locked-set.ts';

/** The library that writes package URLs, loaded when one is first needed: it is large. */
type PackageUrls = typeof import('@socketregistry/packageurl-js');

/** What names a package of any kind as a package URL. */
export type PurlWriter = (item: LockedPackage) => string;

/**
 * Writes the package URL of a locked package (purl specification, types `pypi` and `conda`).
 *
 * `defaultIndex` is the index whose packages are named without a `repository_url`.
 */
export async function purlWriter(defaultIndex: string | null): Promise<PurlWriter> {
  const library = await import('@socketregistry/packageurl-js');
  return (item) => purl(item, defaultIndex, library);
}

function purl(item: LockedPackage, defaultIndex: string | null, { PackageURL }: PackageUrls): string {
  const text = (
    type: string,
    name: string,
    version: string | undefined,
    qualifiers: Record<string, string>,
  ): string => new PackageURL(type, undefined, name, version, qualifiers, undefined).toString();
  const { source } = item;
  const version = item.version ?? undefined;
  switch (source.kind) {
    case 'index': {
      const isDefault = source.index === null || trimmed(source.index) === trimmed(defaultIndex ?? '');
      return text('pypi', item.name, version, isDefault ? {} : { repository_url: source.index ?? '' });
    }
    case 'archive':
      return source.location.kind === 'url'
        ? text('pypi', item.name, version, { download_url: source.location.url })
        : text('pypi', item.name, version, {});
    case 'vcs': {
      if (source.location.kind === 'path') return text('pypi', item.name, version, {});
      const commit = source.commit === null ? '' : `@${source.commit}`;
      return text('pypi', item.name, version, { vcs_url: `${source.type}+${source.location.url}${commit}` });
    }
    case 'directory':
      return text('pypi', item.name, version, {});
    case 'conda':
      return text('conda', item.name, version, source.channel === null ? {} : { channel: source.channel });
    default:
      return source satisfies never;
  }
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}
