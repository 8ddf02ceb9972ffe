/** What is wrong with an archive. */
export type BadArchiveKind =
  /** No end record, tar header or gzip stream where there should be one. */
  | 'not-an-archive'
  /** It ends before its own structure does. */
  | 'truncated'
  /** Its structure contradicts itself. */
  | 'corrupt'
  | 'crc-mismatch'
  | 'size-mismatch'
  /** Larger, or larger in proportion to its packed size, than the limits allow. */
  | 'too-large'
  | 'encrypted'
  | 'unsupported'
  /** Two members of the same name. */
  | 'duplicate-member'
  | 'missing-member'
  | 'no-dist-info'
  | 'several-dist-infos'
  /** The metadata names another project or version than the file name. */
  | 'metadata-mismatch';

/** An archive that can't be read, or must not be trusted. */
export class BadArchiveError extends Error {
  override readonly name = 'BadArchiveError';
  readonly kind: BadArchiveKind;
  /** The member concerned; null where it is the whole archive. */
  readonly member: string | null;

  constructor(kind: BadArchiveKind, message: string, member: string | null = null) {
    super(message);
    this.kind = kind;
    this.member = member;
  }
}
