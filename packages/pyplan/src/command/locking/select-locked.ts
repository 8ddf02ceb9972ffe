import { dirname } from 'node:path';
import {
  fromPylock,
  LockFormatError,
  LockSelectError,
  type Pylock,
  parsePylock,
  pylockWarnings,
} from '@pyplan/lockfile';
import type { Plan, Refusal } from '@pyplan/resolver';
import { InputError } from '../../input/input-error.ts';
import { type LockedPlanOptions, planLocked } from '../../verbs/plan-locked.ts';
import type { Context } from '../context.ts';
import { tellNotes } from '../output/tell-notes.ts';
import { diskFiles } from '../process/disk-files.ts';
import { chooseTargets, targetsOfLock } from '../resolving/choose-targets.ts';
import { selectionOf } from '../resolving/resolve-options.ts';
import { directoryUrl } from './lock-facts.ts';

/** What an installer takes from a lock, target by target. */
export interface LockSelection {
  readonly plans: readonly Plan[];
  /** Why it can't be installed on the others. */
  readonly refusals: readonly Refusal[];
}

/**
 * Selects from a `pylock.toml` for the targets of the command line, else for those that the lock was made for, else
 * for an assumed one.
 *
 * @throws InputError where it is no lock, and for an extra or a group that it does not have.
 */
export function selectLocked(context: Context, path: string): LockSelection {
  const { settings } = context;
  const files = diskFiles(context);
  const lock = parsed(new TextDecoder().decode(files.read(path)), path);
  for (const warning of pylockWarnings(lock)) context.warn(`${path}: ${warning}`);
  const options: LockedPlanOptions = {
    file: path,
    directory: directoryUrl(dirname(context.path(path))),
    extras: settings.allExtras ? lock.extras : settings.extras,
    ...(settings.groups.length === 0 ? {} : { dependencyGroups: settings.groups }),
    onlyBinary: selectionOf(settings.onlyBinary),
    noBinary: selectionOf(settings.noBinary),
  };
  const plans: Plan[] = [];
  const refusals: Refusal[] = [];
  for (const target of targetsFor(lock, path, context)) {
    try {
      plans.push(planLocked(lock, target, options));
    } catch (error) {
      if (!(error instanceof LockSelectError)) throw error;
      const isOfInput = ['unknown-extra', 'unknown-group', 'conflicting-parts'].includes(error.kind);
      if (isOfInput) {
        throw new InputError(error.message, { place: { source: path }, cause: error });
      }
      refusals.push({ target, explanation: `${path}: ${error.message}`, conflicting: [] });
    }
  }
  return { plans, refusals };
}

function parsed(text: string, path: string): Pylock {
  try {
    return parsePylock(text, path);
  } catch (error) {
    if (!(error instanceof LockFormatError)) throw error;
    throw new InputError(error.message, { cause: error });
  }
}

function targetsFor(lock: Pylock, path: string, context: Context): readonly Plan['target'][] {
  const { pythons, platforms } = context.settings;
  if (pythons.length === 0 && platforms.length === 0) {
    const own = targetsOfLock(context, fromPylock(lock, path));
    if (own.length > 0) return own;
  }
  const requiresPython = lock.requiresPython === null ? null : { text: lock.requiresPython, source: path };
  const hints = { requiresPython, directory: dirname(path) };
  const { targets, assumed } = chooseTargets(context, hints, diskFiles(context));
  tellNotes(context, assumed);
  return targets;
}
