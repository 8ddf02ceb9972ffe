import type { MetadataAnswer } from '@pyplan/resolver';

/** The metadata of an archive at hand. Reading archives is loaded when there is one. */
export async function heldArchiveMetadata(
  bytes: Uint8Array,
  project: string,
  filename: string,
): Promise<MetadataAnswer> {
  const { localArchiveMetadata } = await import('./local/local-archive.ts');
  return localArchiveMetadata(bytes, project, filename);
}
