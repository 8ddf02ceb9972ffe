const kilobyte = 1024;

/**
 * How much of the end of an archive to ask for first, in bytes.
 *
 * It should hold the central directory and, where it is last, the dist-info, without being wasteful.
 * Pure Python wheels, and sdists, have some 80 bytes of directory a file, and their dist-info at the end. Wheels for a
 * platform may have it at the front (the tools that repair them sort their members), and then one more
 * request is enough only if the whole directory came with the first: it has rarely over a hundredth of
 * the file's size. A round trip costs more than what is fetched too much of it.
 */
export function tailSize(filename: string, size: number | null): number {
  const pure = !filename.endsWith('.whl') || filename.endsWith('-any.whl');
  if (size === null) return (pure ? 16 : 160) * kilobyte;
  if (pure) return Math.min(96 * kilobyte, 12 * kilobyte + Math.ceil(size / 64));
  return Math.min(192 * kilobyte, 16 * kilobyte + Math.ceil(size / 100));
}
