/** A stretch of a file, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Piece extends Span {
  readonly bytes: Uint8Array;
}

/** A file of which some stretches are known. Grows by `addBytes`. */
export interface SparseBytes {
  /** Of the whole file. */
  readonly size: number;
  /** Known stretches, ascending, neither overlapping nor touching. */
  readonly pieces: Piece[];
}

/** A file of which nothing is known but its size. */
export function sparseBytes(size: number): SparseBytes {
  return { size, pieces: [] };
}

/** A file that is known whole. */
export function wholeBytes(bytes: Uint8Array): SparseBytes {
  return { size: bytes.length, pieces: [{ start: 0, end: bytes.length, bytes }] };
}

/** Makes the bytes from `start` on known. */
export function addBytes(file: SparseBytes, start: number, bytes: Uint8Array): void {
  let merged: Piece = { start, end: start + bytes.length, bytes };
  const apart: Piece[] = [];
  for (const piece of file.pieces) {
    if (piece.end < merged.start || piece.start > merged.end) apart.push(piece);
    else merged = mergePieces(piece, merged);
  }
  apart.push(merged);
  apart.sort((a, b) => a.start - b.start);
  file.pieces.splice(0, file.pieces.length, ...apart);
}

function mergePieces(a: Piece, b: Piece): Piece {
  if (a.start <= b.start && a.end >= b.end) return a;
  const start = Math.min(a.start, b.start);
  const end = Math.max(a.end, b.end);
  const bytes = new Uint8Array(end - start);
  bytes.set(a.bytes, a.start - start);
  bytes.set(b.bytes, b.start - start);
  return { start, end, bytes };
}

/** The bytes of the span; null where not all of them are known. */
export function bytesOf(file: SparseBytes, start: number, end: number): Uint8Array | null {
  const piece = file.pieces.find((each) => each.start <= start && each.end >= end);
  return piece === undefined ? null : piece.bytes.subarray(start - piece.start, end - piece.start);
}

/** Where the known end of the file begins; its size where nothing of it is known. */
export function tailStart(file: SparseBytes): number {
  const last = file.pieces.at(-1);
  return last !== undefined && last.end === file.size ? last.start : file.size;
}

/** The part of the span that is not known, cut down at both ends; null where all of it is. */
export function missingPart(file: SparseBytes, span: Span): Span | null {
  let { start, end } = span;
  for (const piece of file.pieces) {
    if (piece.start <= start && piece.end > start) start = piece.end;
  }
  for (const piece of file.pieces.toReversed()) {
    if (piece.end >= end && piece.start < end) end = piece.start;
  }
  return start < end ? { start, end } : null;
}
