import { tryParseVersion, type Version } from '@pyplan/markers';
import { type PassedOverFile, SourceError } from '@pyplan/resolver';
import type { PageRecord } from '../simple/page-record.ts';
import type { PageHead } from './page-head.ts';
import type { ProjectFile } from './project-file.ts';

/** A cached project as a page: versions are parsed and files read when first asked for. */
export function cachedPage(file: ProjectFile, head: PageHead, name: string, index: string): PageRecord {
  let versions: readonly Version[] | null = null;
  let passedOver: readonly PassedOverFile[] | null = null;
  const damaged = (): SourceError =>
    new SourceError(`${name}: the cache entry is damaged; remove it with \`pyplan cache clean ${name}\``, {
      kind: 'corrupt',
      url: head.base,
    });
  return {
    name,
    get versions() {
      versions ??= ascendingVersions(file.versions);
      return versions;
    },
    slice: (position) => {
      const slice = file.slice(file.versions.length - 1 - position);
      if (slice === null) throw damaged();
      return slice.toString('utf8');
    },
    passedOver: () => {
      if (passedOver === null) {
        const bytes = file.passedOver();
        if (bytes === null) throw damaged();
        passedOver = JSON.parse(bytes.toString('utf8')) as readonly PassedOverFile[];
      }
      return passedOver;
    },
    status: head.status,
    related: head.related,
    base: head.base,
    index,
    digest: head.digest,
  };
}

function ascendingVersions(newestFirst: readonly string[]): readonly Version[] {
  const versions: Version[] = [];
  for (let i = newestFirst.length - 1; i >= 0; i--) {
    const version = tryParseVersion(newestFirst[i] ?? '');
    if (version === null) throw new Error('a cached version is no version');
    versions.push(version);
  }
  return versions;
}
