import type { ProjectStatus } from '@pyplan/resolver';

/** What a cached project says of itself beside its files. */
export interface PageHead {
  /** Where relative file URLs start from, without credentials. */
  readonly base: string;
  /** Lower-case hex sha256 of the page as received; null where the index has no such project. */
  readonly digest: string | null;
  readonly status: ProjectStatus;
  /** URLs of its pages on other indexes (PEP 708). */
  readonly related: readonly string[];
  /** False: the index said that it has no such project. */
  readonly exists: boolean;
  /** When the page was received or last confirmed, ms since the epoch. */
  readonly fetched: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export function encodeHead(head: PageHead): string {
  return JSON.stringify(head);
}

/** Null for what this program did not write. */
export function decodeHead(text: string): PageHead | null {
  try {
    const head: unknown = JSON.parse(text);
    return isHead(head) ? head : null;
  } catch {
    return null;
  }
}

function isHead(value: unknown): value is PageHead {
  if (typeof value !== 'object' || value === null) return false;
  const head: { readonly base?: unknown; readonly exists?: unknown; readonly fetched?: unknown } = value;
  return (
    typeof head.base === 'string' && typeof head.exists === 'boolean' && typeof head.fetched === 'number'
  );
}
