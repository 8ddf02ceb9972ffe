import { randomUUID } from 'node:crypto';
import { type FileHandle, lstat, open, readFile, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LockWriteError } from '../errors.ts';

/** What became of a file. */
export interface WrittenFile {
  /** The file itself, symbolic links followed. */
  readonly path: string;
  /** False where it had these bytes already, and was left alone. */
  readonly changed: boolean;
}

interface Existing {
  readonly path: string;
  /** Null where there is no file yet. */
  readonly content: Buffer | null;
  readonly mode: number;
}

/**
 * Writes a text so that whoever reads the file sees the old one or the new one, whole: to a temporary file beside
 * it, flushed to the disk, then renamed over it.
 *
 * The file keeps its mode and its line endings (CRLF where most of its lines have them); a symbolic link stays one,
 * and its target is written. A file that holds these bytes already is not touched.
 *
 * @throws LockWriteError where the path is a broken symbolic link, no regular file, or a file that can't be read,
 * and where the disk refuses.
 */
export async function writeFileAtomically(path: string, text: string): Promise<WrittenFile> {
  const existing = await lookAt(path);
  const bytes = Buffer.from(withLineEndingsOf(existing.content, text), 'utf8');
  if (existing.content?.equals(bytes)) return { path: existing.path, changed: false };
  const temporary = join(dirname(existing.path), `.${basename(existing.path)}.${randomUUID()}.tmp`);
  try {
    await writeFlushed(temporary, bytes, existing.mode);
    await rename(temporary, existing.path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw new LockWriteError(`${path}: can't be written: ${systemReason(error)}`, { cause: error });
  }
  await flushDirectory(dirname(existing.path));
  return { path: existing.path, changed: true };
}

async function lookAt(path: string): Promise<Existing> {
  const link = await lstat(path).catch(absent);
  if (link === null) return { path, content: null, mode: 0o666 & ~process.umask() };
  const real = await realpath(path).catch((error: unknown) => {
    throw new LockWriteError(
      `${path}: is a symbolic link to a file that does not exist; remove it or mend it`,
      {
        cause: error,
      },
    );
  });
  const found = await stat(real);
  if (!found.isFile()) throw new LockWriteError(`${path}: is not a regular file`);
  const content = await readFile(real).catch((error: unknown) => {
    throw new LockWriteError(
      `${path}: exists and can't be read (${systemReason(error)}), so it is not overwritten`,
      {
        cause: error,
      },
    );
  });
  return { path: real, content, mode: found.mode & 0o7777 };
}

async function writeFlushed(path: string, bytes: Buffer, mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    // The mode given to open is cut by the umask.
    if ((mode & process.umask()) !== 0) await handle.chmod(mode);
    await handle.sync().catch(ignoreFenced);
  } finally {
    await handle.close();
  }
}

/** Node's permission model has no fsync; whole or not at all, the file is by the rename. */
function ignoreFenced(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED')) throw error;
}

/** Makes the rename last. Some systems can't open a directory; there the rename alone must do. */
async function flushDirectory(path: string): Promise<void> {
  const handle: FileHandle | null = await open(path, 'r').catch(() => null);
  if (handle === null) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

function withLineEndingsOf(existing: Buffer | null, text: string): string {
  if (existing === null) return text;
  const old = existing.toString('utf8');
  const all = old.split('\n').length - 1;
  const crlf = old.split('\r\n').length - 1;
  return crlf * 2 > all ? text.replace(/\r?\n/g, '\r\n') : text;
}

function absent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

function systemReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
