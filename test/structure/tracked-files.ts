import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/paths.ts';

export interface TrackedFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What git tracks, and what is new and not ignored; binary files are left out. */
export function trackedFiles(): readonly TrackedFile[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const files: TrackedFile[] = [];
  for (const path of listed.split('\0')) {
    const full = join(root, path);
    // A file deleted but not yet committed is still listed.
    if (path === '' || !existsSync(full)) continue;
    const text = readFileSync(full, 'utf8');
    if (!text.includes('\0')) files.push({ path, text });
  }
  return files;
}
