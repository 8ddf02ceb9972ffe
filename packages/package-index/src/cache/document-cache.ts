import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** An answer of a service beside the index, as it is kept. */
export interface CachedDocument {
  /** Milliseconds since the epoch. */
  readonly expires: number;
  readonly etag: string | null;
  /** Null: the service has no such thing. */
  readonly body: string | null;
}

/** Answers by URL, a file each. */
export interface DocumentCache {
  read(url: string): CachedDocument | null;
  write(url: string, document: CachedDocument): void;
}

export const DOCUMENT_FORMAT = 1;

/** A document cache in `folder`. What is damaged or can't be written counts as absent. */
export function documentCache(folder: string): DocumentCache {
  const pathOf = (url: string): string =>
    join(folder, createHash('sha256').update(url).digest('hex').slice(0, 32));
  return {
    read: (url) => {
      try {
        const text = readFileSync(pathOf(url), 'utf8');
        const line = text.indexOf('\n');
        const content = text.slice(line + 1);
        return Number(text.slice(0, line)) === crc32(content)
          ? (JSON.parse(content) as CachedDocument)
          : null;
      } catch {
        return null;
      }
    },
    write: (url, document) => {
      const temporary = join(folder, `.${process.pid}.${randomBytes(6).toString('hex')}.tmp`);
      const content = JSON.stringify(document);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(temporary, `${crc32(content)}\n${content}`, { mode: 0o600 });
        renameSync(temporary, pathOf(url));
      } catch {
        rmSync(temporary, { force: true });
      }
    },
  };
}
