import { existsSync, readFileSync } from 'node:fs';
import * as lockfile from '@pyplan/lockfile';
import type { Resolution, UniversalLock } from '@pyplan/resolver';
import { UsageError } from '../../input/input-error.ts';
import type { OutputFormat } from '../arguments/settings.ts';
import type { Context } from '../context.ts';
import { version } from '../version.ts';
import type { LockFacts } from './lock-facts.ts';

/** The plans of targets as a lock in the format asked for. @throws LockWriteError */
export function formatPlans(
  context: Context,
  format: OutputFormat,
  resolution: Resolution,
  facts: LockFacts,
  apart: readonly Resolution[] | null,
): string | Promise<string> {
  const { plans } = resolution;
  switch (format) {
    case 'json':
      return lockfile.writeLockJson(resolution);
    case 'report':
      return plans.map((plan) => lockfile.writePipReport(plan)).join('');
    case 'pylock':
    case 'requirements':
    case 'cyclonedx': {
      const parts = format === 'pylock' ? facts.parts : [];
      const lock =
        apart === null || facts.apart === null
          ? lockfile.lockPlans(plans, facts.digest, parts)
          : lockfile.lockPlansApart(
              apart.map((each) => each.plans),
              facts.apart,
              facts.digest,
            );
      return formatLockedSet(context, format, lock, facts);
    }
  }
}

/** A universal lock, or those of all selections of a project's parts, in the format asked for. @throws LockWriteError */
export function formatUniverse(
  context: Context,
  format: OutputFormat,
  locks: readonly UniversalLock[],
  facts: LockFacts,
): string | Promise<string> {
  const [lock] = locks;
  if (lock === undefined) throw new Error('invariant: no lock to write');
  switch (format) {
    case 'json':
      return lockfile.writeUniversalJson({ status: 'resolved', lock, notes: [] });
    case 'report':
      throw new UsageError('--format report is of one target');
    case 'pylock':
    case 'requirements':
    case 'cyclonedx':
      return formatLockedSet(
        context,
        format,
        facts.apart === null
          ? lockfile.lockUniversal(lock, facts.digest, format === 'pylock' ? facts.parts : [])
          : lockfile.lockUniversalApart(locks, facts.apart, facts.digest),
        facts,
      );
  }
}

/**
 * A lock as a `pylock.toml`, a requirements.txt or CycloneDX. Of a requirements.txt that is replaced, the comments
 * that people wrote stay.
 *
 * @throws LockWriteError where the format can't hold the lock.
 */
export function formatLockedSet(
  context: Context,
  format: Extract<OutputFormat, 'pylock' | 'requirements' | 'cyclonedx'>,
  lock: lockfile.LockedSet,
  { assumed, directory }: Pick<LockFacts, 'assumed' | 'directory'>,
): string | Promise<string> {
  switch (format) {
    case 'pylock': {
      const place = directory === null ? {} : { directory };
      return lockfile.formatPylock(lockfile.toPylock({ ...lock, assumed }, place));
    }
    case 'requirements': {
      const { hashes, annotate, emitIndexUrl } = context.settings;
      return withOldComments(context, lockfile.formatRequirements(lock, { hashes, annotate, emitIndexUrl }));
    }
    case 'cyclonedx':
      return lockfile.writeCyclonedx(lock, { toolVersion: version() });
  }
}

/** A file that can't be read is refused when it is written. */
function withOldComments({ path, settings: { output } }: Context, text: string): string {
  if (output === null || output === '-' || !existsSync(path(output))) return text;
  let old: string;
  try {
    old = readFileSync(path(output), 'utf8');
  } catch {
    return text;
  }
  return lockfile.keepComments(old, text);
}
