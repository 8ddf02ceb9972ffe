import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceError } from '@pyplan/resolver';
import {
  type CreateSnapshotOptions,
  createSnapshot,
  SNAPSHOT_FORMAT,
  type SnapshotReport,
} from './create-snapshot.ts';
import { filesUnder } from './verify-snapshot.ts';

/** What an update changed; paths relative to the snapshot, sorted. */
export interface SnapshotUpdate {
  readonly report: SnapshotReport;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/**
 * What a snapshot was made for, as `createSnapshot` was given it.
 *
 * @throws {SourceError} where the directory has no `snapshot.json`, or one of another format.
 */
export function snapshotRequest(directory: string): unknown {
  const path = join(directory, 'snapshot.json');
  try {
    const manifest: { readonly format?: unknown; readonly request?: unknown } = JSON.parse(
      readFileSync(path, 'utf8'),
    );
    if (manifest.format === SNAPSHOT_FORMAT) return manifest.request ?? null;
  } catch (cause) {
    throw new SourceError(`${path} can't be read; was this snapshot made by \`snapshot create\`?`, {
      kind: 'corrupt',
      url: path,
      cause,
    });
  }
  throw new SourceError(`${path}: expected format ${SNAPSHOT_FORMAT}; create the snapshot anew`, {
    kind: 'corrupt',
    url: path,
  });
}

/** Makes a snapshot anew in its place, and says what is different. */
export async function updateSnapshot(options: CreateSnapshotOptions): Promise<SnapshotUpdate> {
  const before = digests(options.directory);
  const report = await createSnapshot(options);
  const after = digests(options.directory);
  return {
    report,
    added: [...after.keys()].filter((path) => !before.has(path)),
    removed: [...before.keys()].filter((path) => !after.has(path)),
    changed: [...after]
      .filter(([path, digest]) => before.has(path) && before.get(path) !== digest)
      .map(([path]) => path),
  };
}

function digests(directory: string): ReadonlyMap<string, string> {
  return new Map(
    filesUnder(directory, '.').map((path) => [path, hash('sha256', readFileSync(join(directory, path)))]),
  );
}
