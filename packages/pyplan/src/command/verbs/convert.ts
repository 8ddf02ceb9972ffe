import { dirname } from 'node:path';
import { fillFromIndex, type LockedPackage, type LockedSet } from '@pyplan/lockfile';
import { UsageError } from '../../input/input-error.ts';
import { movedLock } from '../../input/locked/moved-lock.ts';
import { readLockFile } from '../../input/locked/read-lock-file.ts';
import { selectParts } from '../../input/locked/selected-parts.ts';
import { emptyFileOptions } from '../../input/requirements/requirements-file.ts';
import { count } from '../../render/quantities.ts';
import type { Context } from '../context.ts';
import { formatLockedSet } from '../locking/format-lock.ts';
import { directoryUrl, lockDirectory } from '../locking/lock-facts.ts';
import { outputFormat } from '../locking/output-format.ts';
import { emit } from '../output/emit.ts';
import { diskFiles } from '../process/disk-files.ts';
import { openSource } from '../resolving/open-source.ts';

type ConvertFormat = Parameters<typeof formatLockedSet>[1];

/** `pyplan convert LOCK`: a lock of any format as pylock.toml, requirements.txt or CycloneDX. */
export async function runConvert(context: Context): Promise<number> {
  const { settings, world } = context;
  const [path, second] = settings.positionals;
  if (path === undefined || second !== undefined) {
    throw new UsageError('convert takes one lock', { hint: 'pyplan convert uv.lock -o pylock.toml' });
  }
  const format = formatOf(context);
  const read = await readLockFile(path, diskFiles(context));
  const wanted = takesParts(context, format) ? selectParts(read, settings) : read;
  const filled = isWhole(wanted, format, context) ? wanted : await fill(wanted, context);
  const from = path === '-' ? world.cwd : dirname(context.path(path));
  const to = lockDirectory(context);
  const lock = movedLock(filled, from, to ?? world.cwd);
  if (format === 'requirements' && settings.hashes) warnOfMissingHashes(lock, context);
  const place = { assumed: lock.assumed, directory: to === null ? null : directoryUrl(to) };
  await emit(context, await formatLockedSet(context, format, lock, place));
  return 0;
}

function formatOf({ settings }: Context): ConvertFormat {
  const format = outputFormat({ ...settings, json: false });
  if (format === 'pylock' || format === 'requirements' || format === 'cyclonedx') return format;
  throw new UsageError(`convert writes pylock.toml, requirements.txt or CycloneDX, not ${settings.output}`, {
    hint: 'Name the format: --format pylock',
  });
}

/** A pylock.toml can hold all parts of a project; elsewhere some must be chosen. */
function takesParts({ settings }: Context, format: ConvertFormat): boolean {
  const { allExtras, extras, groups } = settings;
  return format !== 'pylock' || allExtras || extras.length > 0 || groups.length > 0;
}

/** Whether the lock says all that the format wants to know. */
function isWhole(lock: LockedSet, format: ConvertFormat, { settings }: Context): boolean {
  const indexed = lock.packages.filter(({ source }) => source.kind === 'index');
  switch (format) {
    case 'pylock':
      return indexed.every(
        ({ files }) =>
          files.length > 0 && files.every(({ location, hashes }) => location !== null && hasAny(hashes)),
      );
    case 'requirements':
      return !settings.hashes || indexed.every(hasHashes);
    case 'cyclonedx':
      return true;
  }
}

/** What the lock does not say, from the index; as it is with `--no-index` where no `--find-links` is given. */
async function fill(lock: LockedSet, context: Context): Promise<LockedSet> {
  const { settings, world } = context;
  if (settings.noIndex && settings.findLinks.length === 0) return lock;
  const opened = await openSource(context, emptyFileOptions, world.cwd);
  try {
    const filled = await fillFromIndex(lock, opened.source, world.signal);
    const missing = opened.missing();
    if (missing.length > 0) context.warn(`The index has no project ${missing.join(', ')}`);
    return filled;
  } finally {
    await opened.close();
  }
}

function warnOfMissingHashes(lock: LockedSet, context: Context): void {
  const lacking = lock.packages.filter((item) => item.source.kind === 'index' && !hasHashes(item));
  if (lacking.length === 0) return;
  const [first] = lacking;
  const names = lacking.length === 1 ? (first?.name ?? '') : count(lacking.length, 'package');
  context.warn(`No hash is known of ${names}: pip refuses a file that has hashes for some packages only`);
}

function hasHashes({ files, hashes }: LockedPackage): boolean {
  return hashes.length > 0 || files.some((file) => hasAny(file.hashes));
}

function hasAny(hashes: Readonly<Record<string, string>>): boolean {
  return Object.keys(hashes).length > 0;
}
