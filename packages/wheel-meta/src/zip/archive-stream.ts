/** What to take out of an archive that comes as a stream. */
export interface StreamWish {
  /** Whether to keep the member of this name. */
  readonly wanted: (name: string) => boolean;
  /** Whether what has been found will do. */
  readonly enough: (found: ReadonlyMap<string, Uint8Array>) => boolean;
}

/** An archive read as it comes in. */
export interface ArchiveStream {
  /** Takes the next bytes; true once nothing more is needed. */
  push(chunk: Uint8Array): boolean;
  /** Says that the stream has ended. @throws BadArchiveError where it ended too early. */
  end(): void;
  /** The members that were wanted and have come whole, by name. */
  readonly found: ReadonlyMap<string, Uint8Array>;
}
