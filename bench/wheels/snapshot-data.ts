import { join } from 'node:path';
import { zipArchive } from '../../test/support/zip-archive.ts';

/** The file names of each of the pages. */
export function pageFilenames(
  snapshot: string,
  pages: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const archive = zipArchive(join(snapshot, 'data', 'simple.zip'));
  return Object.fromEntries(
    pages.map((page) => {
      const { files } = JSON.parse(archive.read(`${page}.json`)?.toString() ?? '{"files":[]}') as {
        readonly files: readonly { readonly filename: string }[];
      };
      return [page, files.map(({ filename }) => filename)];
    }),
  );
}

/** Recorded METADATA files as text, up to `count`, taken evenly from all of them. */
export function metadataTexts(snapshot: string, count: number): readonly string[] {
  const archive = zipArchive(join(snapshot, 'data', 'metadata.zip'));
  const step = Math.max(1, Math.floor(archive.names.length / count));
  return archive.names
    .filter((_, index) => index % step === 0)
    .slice(0, count)
    .map((name) => archive.read(name)?.toString() ?? '');
}
