import type { FileMetadata } from '@pyplan/resolver';
import { parseMetadata } from '@pyplan/wheel-meta';
import type { RecordedSnapshot } from '../recorded-snapshot.ts';
import { indexFile } from '../recorded-source.ts';
import { type IndexFacts, type ListedFile, listFiles } from './index-facts.ts';

/** What a recorded snapshot served at `indexUrl` says, read from its bytes. */
export function recordedFacts(snapshot: RecordedSnapshot, indexUrl: string): IndexFacts {
  const files = new Map<string, readonly ListedFile[] | null>();
  const metadata = new Map<string, Pick<FileMetadata, 'requiresDist' | 'requiresPython'> | null>();
  return {
    files(name) {
      let listed = files.get(name);
      if (listed === undefined) {
        const recorded = snapshot.page(name)?.files.map((file) => indexFile(name, file, indexUrl));
        listed = recorded === undefined ? null : listFiles(name, recorded);
        files.set(name, listed);
      }
      return listed;
    },
    metadata(name, filename) {
      const key = `${name}/${filename}`;
      let parsed = metadata.get(key);
      if (parsed === undefined) {
        const bytes = snapshot.metadata(name, filename);
        parsed = bytes === null ? null : parseMetadata(bytes);
        metadata.set(key, parsed);
      }
      return parsed;
    },
  };
}
