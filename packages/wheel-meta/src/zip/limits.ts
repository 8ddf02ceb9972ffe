/** What reading an archive may cost at most; sizes in bytes. */
export interface ArchiveLimits {
  /** Unpacked size of a member that is read (METADATA, RECORD). */
  readonly memberSize: number;
  /** How many times larger than its packed size a member may be, from `ratioFloor` on. */
  readonly ratio: number;
  /** Members that unpack to less than this are not judged by their ratio. */
  readonly ratioFloor: number;
  /** Size of a zip's central directory. */
  readonly directorySize: number;
  /** How much of a tar is unpacked, at most, in search of a member. */
  readonly tarSize: number;
  /** How much is transferred, at most, where a server knows no ranges. */
  readonly streamSize: number;
}

/** Ample for every distribution known, small enough that none can fill memory. */
export const defaultLimits: ArchiveLimits = {
  memberSize: 32 * 1024 * 1024,
  ratio: 200,
  ratioFloor: 1024 * 1024,
  directorySize: 16 * 1024 * 1024,
  tarSize: 2 * 1024 * 1024 * 1024,
  streamSize: 4 * 1024 * 1024 * 1024,
};
