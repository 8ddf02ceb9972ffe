import type { MirrorRequest } from './mirror.ts';

export interface RequestCounts {
  readonly pages: number;
  readonly metadata: number;
  /** Bytes of the answers' bodies. */
  readonly bytes: number;
  /** Paths that are neither. */
  readonly others: readonly string[];
}

/** What was asked of an index, by kind. */
export function countRequests(requests: readonly MirrorRequest[]): RequestCounts {
  const isPage = ({ path }: MirrorRequest): boolean => path.startsWith('/simple/');
  const isMetadata = ({ path }: MirrorRequest): boolean => path.endsWith('.metadata');
  return {
    pages: requests.filter(isPage).length,
    metadata: requests.filter(isMetadata).length,
    bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
    others: requests.filter((request) => !isPage(request) && !isMetadata(request)).map(({ path }) => path),
  };
}
