import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SourceError } from '@pyplan/resolver';

/** A directory that comes to be in one step. */
export interface Staging {
  /** Writes a file at a path with slashes, below the directory. */
  write(path: string, content: string | Uint8Array): void;
  /** Written so far. */
  bytes(): number;
  /** Puts the new directory in the place of the old. */
  commit(): void;
  discard(): void;
}

/**
 * Prepares a directory beside `directory`.
 *
 * @throws {SourceError} where something is there that is no snapshot: it would be lost.
 */
export function stageDirectory(directory: string): Staging {
  const target = resolve(directory);
  if (existsSync(target) && !isSnapshot(target)) {
    throw new SourceError(`${directory} is there and is no snapshot; it is not overwritten`, {
      kind: 'refused',
      url: directory,
    });
  }
  const suffix = `${process.pid}.${randomBytes(4).toString('hex')}`;
  const staged = join(dirname(target), `.${basename(target)}.${suffix}.new`);
  const old = join(dirname(target), `.${basename(target)}.${suffix}.old`);
  let written = 0;
  mkdirSync(staged, { recursive: true });
  return {
    write: (path, content) => {
      const file = join(staged, ...path.split('/'));
      mkdirSync(dirname(file), { recursive: true });
      const fd = openSync(file, 'wx');
      try {
        writeFileSync(fd, content);
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      written += typeof content === 'string' ? Buffer.byteLength(content) : content.length;
    },
    bytes: () => written,
    commit: () => {
      if (existsSync(target)) renameSync(target, old);
      renameSync(staged, target);
      rmSync(old, { recursive: true, force: true });
    },
    discard: () => rmSync(staged, { recursive: true, force: true }),
  };
}

/** An empty directory counts: there is nothing to lose. */
function isSnapshot(directory: string): boolean {
  if (existsSync(join(directory, 'snapshot.json')) || existsSync(join(directory, 'simple'))) return true;
  return readdirSync(directory).length === 0;
}
