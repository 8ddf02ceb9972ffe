/** A `Content-Range` header: `start` and `end` (excluded) of what was sent, `total` where it was told. */
export interface ContentRange {
  readonly start: number;
  readonly end: number;
  readonly total: number | null;
}

/** Reads `bytes 0-99/1234` or `bytes 0-99/*` (RFC 9110, 14.4); null where it is not well-formed. */
export function parseContentRange(header: string | null): ContentRange | null {
  const match = /^\s*bytes[ =](\d+)-(\d+)\/(\d+|\*)\s*$/i.exec(header ?? '');
  if (match === null) return null;
  const [start, last] = [Number(match[1]), Number(match[2])];
  const total = match[3] === '*' ? null : Number(match[3]);
  return start <= last && (total === null || last < total) ? { start, end: last + 1, total } : null;
}

/** The size in the `Content-Range` of an answer 416, as in `bytes * /1234`; null where it is not told. */
export function sizeOfUnsatisfied(header: string | null): number | null {
  const match = /^\s*bytes\s+\*\/(\d+)\s*$/i.exec(header ?? '');
  return match === null ? null : Number(match[1]);
}
